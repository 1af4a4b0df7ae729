#!/usr/bin/env python3
"""Creates a Python environment with the real TextBlob at the versions of the reference, once.

    python3.11 environment.py [more-package==version …]

Prints one line of JSON: {"python": …, "nltk_data": …}. The environment lies in the cache outside of the clone,
in a folder named after everything that is installed in it.
"""

import hashlib
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import venv
import zipfile

sys.dont_write_bytecode = True
import wheels  # noqa: E402

INSTALLED = ("textblob", "nltk", "regex")


def make(folder, more):
    """Build the environment beside its final place and move it there, so an incomplete one is never visible."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = pathlib.Path(tempfile.mkdtemp(prefix=".draft-", dir=folder.parent))
    try:
        venv.create(draft / "venv", with_pip=True)
        files = [str(wheels.wheel(package)) for package in INSTALLED]
        python = str(draft / "venv" / "bin" / "python")
        subprocess.run([python, "-m", "pip", "install", "--quiet", *files, *more], check=True, stdout=sys.stderr)
        english = draft / "nltk_data" / "tokenizers" / "punkt_tab" / "english"
        english.mkdir(parents=True)
        with zipfile.ZipFile(wheels.wheel("llama-index-core")) as archive:
            for name in wheels.PUNKT_FILES:
                (english / name).write_bytes(archive.read(wheels.PUNKT_IN_WHEEL + name))
        os.chmod(draft, 0o755)
        try:
            draft.rename(folder)
        except OSError:
            if not folder.exists():  # Otherwise another process was faster, and its environment is equivalent.
                raise
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def main():
    wheels.require_python()
    more = sys.argv[1:]
    key = json.dumps([wheels.VERSIONS, sorted(more), 1], sort_keys=True)
    folder = wheels.cache_dir() / "python" / f"textblob-{hashlib.sha256(key.encode()).hexdigest()[:16]}"
    if not folder.exists():
        make(folder, more)
    print(json.dumps({"python": str(folder / "venv" / "bin" / "python"), "nltk_data": str(folder / "nltk_data")}))


main()
