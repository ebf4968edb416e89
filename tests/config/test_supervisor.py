"""The whole of `make run`, started as a person starts it, and ended in every way it may end."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest

from config.bootstrap import Trouble
from config.supervisor import check_port
from tests.harness.database import TEMPLATES, template_name
from tests.harness.servers import free_port

pytestmark = pytest.mark.slow
STAMP = """
from config import prepare
prepare.stamp("database", prepare.database_state())
prepare.stamp("static", prepare.static_state())
"""


class Run:
    """A supervisor in a folder of its own, with a migrated database and no demo."""

    def __init__(self, root: Path, var: Path) -> None:
        self.port = free_port()
        self.log = var / "log"
        (var / "static").mkdir(parents=True)
        shutil.copy(TEMPLATES / f"{template_name()}.sqlite3", var / "fristed.sqlite3")
        wanted = {"FRISTED_VAR": str(var), "PORT": str(self.port)}
        gone = {"DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE"}
        self.environment = {k: v for k, v in os.environ.items() if k not in gone} | wanted
        self.root = root
        subprocess.run([sys.executable, "-c", STAMP], env=self.environment, cwd=root, check=True)

    def start(self) -> subprocess.Popen[bytes]:
        with self.log.open("wb") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "config.supervisor"],
                env=self.environment,
                cwd=self.root,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def read(self, path: str) -> str:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=5) as answer:
                return answer.read().decode()
        except (OSError, urllib.error.URLError):
            return ""

    def worker_is_alive(self) -> bool:
        said = self.read("/readyz")
        return bool(said) and json.loads(said).get("worker") is True


def wait(condition: Callable[[], object], seconds: float, log: Path) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, log.read_text()[-2000:]
        time.sleep(0.1)


def children(parent: int) -> list[int]:
    """Return the processes below `parent`, grandchildren too."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            above = int(path.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        if above == parent:
            found += [int(path.parent.name), *children(int(path.parent.name))]
    return found


def alive(processes: list[int]) -> list[int]:
    return [number for number in processes if Path(f"/proc/{number}").exists()]


@pytest.fixture
def run(django_db_setup, root, tmp_path):
    return Run(root, tmp_path / "var")


def test_it_serves_brings_back_what_dies_and_ends_with_one_signal(run):
    supervisor = run.start()
    try:
        wait(run.worker_is_alive, 60, run.log)
        worker = next(
            number
            for number in children(supervisor.pid)
            if b"celery" in Path(f"/proc/{number}/cmdline").read_bytes()
        )
        os.killpg(worker, signal.SIGKILL)
        wait(lambda: "worker process ended" in run.log.read_text(), 20, run.log)
        wait(lambda: len(children(supervisor.pid)) >= 4, 20, run.log)
        everything = children(supervisor.pid)
    finally:
        supervisor.terminate()
        started = time.monotonic()
        code = supervisor.wait(20)

    assert (code, alive(everything)) == (0, [])
    assert time.monotonic() - started < 12
    assert f"http://127.0.0.1:{run.port}/" in run.log.read_text()


def test_nothing_is_left_when_the_supervisor_is_killed(run):
    supervisor = run.start()
    wait(run.worker_is_alive, 60, run.log)
    everything = children(supervisor.pid)

    supervisor.kill()
    supervisor.wait()

    wait(lambda: alive(everything) == [], 15, run.log)
    assert run.read("/healthz") == ""


def test_a_port_in_use_is_said_in_one_line():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        number = other.getsockname()[1]

        with pytest.raises(Trouble) as trouble:
            check_port("127.0.0.1", number)

    assert str(trouble.value) == (
        f"Port {number} on 127.0.0.1 cannot be used (Address already in use). "
        f"Choose another: make run PORT={number + 1}"
    )
