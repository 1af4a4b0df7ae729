#!/bin/sh
# Copies the notebooks into the home, and installs their packages into its own kernel, so that the image's packages stay unchanged.
# Runs at each start of a user's server, and keeps existing files.
set -eu

notebooks=${NOTEBOOKS:-/srv/notebooks}
python=$HOME/.local/share/notebooks-python

mkdir -p "$HOME/notebooks"
for notebook in "$notebooks"/*.ipynb; do
  copy=$HOME/notebooks/${notebook##*/}
  [ -e "$copy" ] || cp "$notebook" "$copy"
done

# A new image may have another Python.
wanted=$(python3 --version && cat "$notebooks/requirements.txt")
if [ "$(cat "$python/made-for" 2>/dev/null || :)" != "$wanted" ]; then
  rm -rf "$python"
  python3 -m venv "$python"
  "$python/bin/python" -m pip install --quiet --no-cache-dir --disable-pip-version-check -r "$notebooks/requirements.txt"
  "$python/bin/python" -m ipykernel install --user --name python3 --display-name "Python 3"
  echo "$wanted" >"$python/made-for"
fi
