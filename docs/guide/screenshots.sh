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
until address=$(grep -o 'http://[0-9.:]*' "$work/address"); do sleep 0.1; done

# shot NAME HEIGHT PATH
shot() {
  chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --user-data-dir="$work/chromium" \
    --window-size="1100,$2" --screenshot="$here/$1.png" "$address/$3" >/dev/null 2>&1
}
# What most outlets tell stands first.
statement=$("$program" brief --record "$work/sample.onrecord" --format html --out - | grep -o 'href="#[a-z]*-*[0-9a-f]\{16\}"' | head -1 | grep -o '[0-9a-f]\{16\}')
shot overview 900 ""
shot statement 1000 "statement/$statement"
