"""The first step of `make run` and `make test`: an environment in .venv, nothing else needed.

Run as a file by whatever Python there is, before anything is installed: standard library only,
and a syntax that older Pythons can read, so that they can say they are too old.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
VAR = Path(os.environ.get("FRISTED_VAR") or ROOT / "var")
LOCKS = {"run": "requirements.lock", "dev": "requirements-dev.lock"}
OLDEST = (3, 11)
HINTS = (
    (("No matching distribution", "find a version"), "This Python finds no build of a package."),
    (("gcc", "compiler", "cl.exe"), "A compiler is missing: install build-essential."),
    (("Python.h",), "Python's headers are missing: install python3-dev."),
    (("resolve", "connection", "Connection", "timed out", "proxy"), "There is no network."),
    (("No space left",), "The disk is full."),
    (("hash", "HASH"), "A package is not the one that the lock names."),
)


class Trouble(Exception):
    """Something that the person at the keyboard can put right."""


def main(kind):
    """Make or update .venv for `kind`: "run" or "dev"."""
    try:
        check_python(sys.version_info[:2])
        check_folder(VAR)
        make_environment(kind)
    except Trouble as trouble:
        sys.stderr.write(f"\n{trouble}\n")
        return 1
    return 0


def check_python(version):
    """Raise Trouble when this Python is too old."""
    if version < OLDEST:
        oldest, this = (".".join(map(str, numbers)) for numbers in (OLDEST, version))
        raise Trouble(
            f"Python {oldest} or newer is needed, this is {this}. "
            "Name another: make run PYTHON=python3.12"
        )


def check_folder(folder):
    """Raise Trouble unless files can be made in `folder`; make it if it is not there."""
    probe = folder / f".writable-{os.getpid()}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe.write_text("", encoding="utf-8")
        probe.unlink()
    except OSError as error:
        raise Trouble(f"Cannot write in {folder}: {error.strerror}.") from None


def make_environment(kind):
    """Install exactly what the lock names, unless that has been done."""
    stamp = VENV / f".fristed-{kind}.json"
    python = VENV / "bin" / "python"
    if python.exists() and read(stamp) == wanted(kind):
        return
    log = VAR / "install.log"
    with log.open("w", encoding="utf-8") as output:
        if not python.exists():
            say("Making a Python environment in .venv …")
            run([sys.executable, "-m", "venv", "--clear", str(VENV)], output, log)
        say(f"Installing what {LOCKS[kind]} names (once; about a minute) …")
        pip = [str(python), "-m", "pip", "--disable-pip-version-check", "--no-input", "install"]
        run([*pip, "--require-hashes", "-r", str(ROOT / LOCKS[kind])], output, log)
        run([*pip, "--no-deps", "--no-build-isolation", "-e", str(ROOT)], output, log)
    stamp.write_text(json.dumps(wanted(kind)), encoding="utf-8")


def wanted(kind):
    """Return what a stamp says when everything for `kind` is installed."""
    files = {"lock": ROOT / LOCKS[kind], "project": ROOT / "pyproject.toml"}
    return {name: fingerprint(path) for name, path in files.items()}


def run(command, output, log):
    """Run `command`, its words going to the log; raise Trouble with the reason if it fails."""
    done = subprocess.run(  # noqa: S603  (fixed words)
        command, stdout=output, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, check=False
    )
    if done.returncode == 0:
        return
    output.flush()
    said = log.read_text(encoding="utf-8", errors="replace")
    if "venv" in command:
        shutil.rmtree(str(VENV), ignore_errors=True)
        raise Trouble(f"This Python cannot make environments: apt-get install python3-venv ({log})")
    last = " | ".join(line.strip() for line in said.splitlines()[-3:] if line.strip())
    raise Trouble(f"Installing failed. {hint(said)} Last words: {last} (all of it: {log})")


def hint(said):
    """Return the likely reason for what pip said, or nothing."""
    for signs, reason in HINTS:
        if any(sign in said for sign in signs):
            return reason
    return ""


def fingerprint(path):
    """Return a short hash of a file's content."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]


def read(stamp):
    """Return what a stamp says, or nothing when it is missing or broken."""
    try:
        return json.loads(stamp.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def say(text):
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "run"))
