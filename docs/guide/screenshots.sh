#!/usr/bin/env bash
# Makes the pictures of this guide from the sample: screenshots.sh [PROGRAM]. Needs Chromium, Debian's package `chromium`.
set -euo pipefail
here=$(dirname "$(realpath "$0")")
program=$(realpath "${1:-$here/../../target/release/onrecord}")
work=$(mktemp -d)
trap 'kill "$server" 2>/dev/null || true; rm -rf "$work"' EXIT

cd "$here/../.."
"$program" build testdata/sample --record "$work/sample.onrecord" >/dev/null 2>&1
"$program" serve "$work/sample.onrecord" --listen 127.0.0.1:0 >"$work/address" 2>&1 &
server=$!
until address=$(grep -so 'http://[0-9.:]*' "$work/address"); do sleep 0.1; done

# shot NAME HEIGHT ADDRESS
shot() {
  chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --user-data-dir="$work/chromium" \
    --window-size="1100,$2" --screenshot="$here/$1.png" "$3" >/dev/null 2>&1
}
# A statement in which one outlet cut off a condition that the speech has.
statement=$(curl -s "$address/api/v1/statements?kind=truncation" | grep -o '"statement":"[0-9a-f]*"' | head -1 | grep -o '[0-9a-f]\{16\}')
story=$(curl -s "$address/api/v1/statements/$statement" | grep -o '"story":"[0-9a-f]*"' | head -1 | grep -o '[0-9a-f]\{16\}')
# Of the brief the part that tells its story: a browser without a window does not scroll.
"$program" brief --record "$work/sample.onrecord" --format html --out - 2>/dev/null |
  sed "/<main>/,/id=\"story-$story\"/{/<main>\|id=\"story-$story\"/!d}" >"$work/brief.html"
shot overview 900 "$address/"
shot statement 1000 "$address/statement/$statement"
shot brief 900 "file://$work/brief.html"
