"""Chromium for the browser tests: the machine's, else Debian's package, else the npm build."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

VAR = Path(__file__).resolve().parents[2] / "var"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NPM_PACKAGE = "@sparticuz/chromium@147"
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
UNPACK = 'import c from "@sparticuz/chromium"; console.log(await c.executablePath())'


@dataclass(frozen=True)
class Chromium:
    """A browser that starts here, and what it must be told."""

    path: str
    arguments: tuple[str, ...] = QUIET


def get_chromium() -> Chromium:
    """Return a Chromium, fetching one if need be; raise RuntimeError when there is no way."""
    path = os.environ.get("CHROMIUM") or installed()
    if path:
        return Chromium(path)
    if may_install():
        install_debian()
        path = installed()
        if path:
            return Chromium(path)
    path = from_npm()
    if path:
        return Chromium(path, (*QUIET, "--no-zygote"))
    raise RuntimeError(
        "No Chromium for the browser tests. Install it (Debian: apt-get install chromium), or "
        "name it: CHROMIUM=/path/to/chromium make test."
    )


def installed() -> str | None:
    """Return the machine's own Chromium, if there is one."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def may_install() -> bool:
    """Return whether this process may install Debian packages."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def install_debian() -> None:
    """Install Debian's Chromium; a failure leaves the next way to be tried."""
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    packages = ["chromium", "fonts-dejavu-core"]
    for command in (
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages],
    ):
        done = subprocess.run(
            command, env=environment, capture_output=True, text=True, timeout=600, check=False
        )
        if done.returncode:
            sys.stderr.write(f"{' '.join(command)}: {done.stderr.strip()[-300:]}\n")


def from_npm() -> str | None:
    """Return the Chromium that npm ships, unpacked below var/; None without npm."""
    npm, node = shutil.which("npm"), shutil.which("node")
    if not npm or not node:
        return None
    folder = VAR / "chromium"
    unpacked = folder / "unpacked"
    unpacked.mkdir(parents=True, exist_ok=True)
    if not (folder / "node_modules" / "@sparticuz" / "chromium").exists():
        install = [npm, "install", "--prefix", str(folder), "--no-audit", "--no-fund", NPM_PACKAGE]
        subprocess.run(install, check=True, capture_output=True, timeout=600)
    shown = subprocess.run(
        [node, "--input-type=module", "--eval", UNPACK],
        cwd=folder,
        env=os.environ | {"TMPDIR": str(unpacked)},
        check=True,
        capture_output=True,
        text=True,
        timeout=120,
    )
    return shown.stdout.strip()
