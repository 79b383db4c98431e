# Sourced by what runs tools of the Python registry.

# python_tools FOLDER REQUIREMENTS: an environment that is kept between runs, in `$FOLDER/bin`. Where this machine has no
# Python or cannot reach the registry, says so in one line and fails; a list that cannot be installed ends the run.
python_tools() {
  local folder="$1" wanted="$2" log="$1.log" python="${PYTHON:-python3}"
  if cmp -s "$wanted" "$folder/installed.txt"; then
    return 0
  fi
  mkdir -p "$(dirname "$folder")"
  rm -rf "$folder"
  if ! "$python" -m venv "$folder" >"$log" 2>&1; then
    echo "left out: this machine has no Python with venv"
    return 1
  fi
  if ! "$folder/bin/pip" install --quiet --disable-pip-version-check --retries 1 -r "$wanted" >"$log" 2>&1; then
    # pip says of every failed connection that it tries again; anything else is a fault of the list.
    if grep -q "Retrying (Retry" "$log"; then
      echo "left out: the package registry cannot be reached"
      return 1
    fi
    cat "$log"
    exit 1
  fi
  cp "$wanted" "$folder/installed.txt"
}
