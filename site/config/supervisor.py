"""`python -m config.supervisor`: web server and worker together, on one machine.

Starts both in sessions of their own, brings back the one that dies, and on Ctrl-C or TERM
stops them: ten seconds to finish, then the end. If this process itself is killed, the kernel
tells the children (Linux), so nothing is left behind.
"""

import ctypes
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import FrameType

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.embedded")

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from config import env
from config.bootstrap import Trouble, check_folder, check_python
from config.prepare import ACCOUNTS, demo_password, is_ready, say

GRACE = 10.0
TICK = 0.2
STARTS_ALLOWED = 5
WITHIN = 60.0
PATIENCE = 60.0
PR_SET_PDEATHSIG = 1


@dataclass
class Child:
    """One process we keep running, and when it was started."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    starts: list[float] = field(default_factory=list)

    def start(self) -> None:
        now = time.monotonic()
        self.starts = [moment for moment in self.starts if now - moment < WITHIN] + [now]
        self.process = subprocess.Popen(  # noqa: S603  (fixed words)
            self.command,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=die_with_parent(os.getpid()),
        )

    @property
    def running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    @property
    def may_start_again(self) -> bool:
        recent = [moment for moment in self.starts if time.monotonic() - moment < WITHIN]
        return len(recent) < STARTS_ALLOWED

    def tell(self, number: int) -> None:
        """Send a signal to the process, or SIGKILL to its whole session."""
        if self.process is None:
            return
        try:
            if number == signal.SIGKILL:
                os.killpg(self.process.pid, number)
            elif self.running:
                os.kill(self.process.pid, number)
        except ProcessLookupError:
            pass


def die_with_parent(parent: int) -> Callable[[], None] | None:
    """Return what a child runs before its program: TERM it when its parent is gone."""
    if sys.platform != "linux":
        return None
    prctl = ctypes.CDLL(None, use_errno=True).prctl

    def ask_kernel() -> None:
        prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)

    return ask_kernel


class Supervisor:
    """Keeps the web server and the worker running until told to stop."""

    def __init__(self) -> None:
        python = [sys.executable, "-W", "ignore:You're running the worker with superuser", "-m"]
        pool = "prefork" if settings.REDIS_URL else "solo"
        worker = ["celery", "--quiet", "--app", "config", "worker", "--beat", "--pool", pool]
        worker += ["--concurrency", "2", "--loglevel", "WARNING", "--without-gossip"]
        self.web = Child("web", [*python, "gunicorn", "-c", "python:config.gunicorn_conf"])
        self.worker = Child("worker", [*python, *worker, "--without-mingle"])
        self.told = 0

    @property
    def children(self) -> list[Child]:
        return [self.web, self.worker]

    def listen(self) -> None:
        """Stop on Ctrl-C, TERM or a closed terminal."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._note)

    def _note(self, number: int, frame: FrameType | None) -> None:
        self.told += 1

    def prepare(self) -> None:
        """Bring database and static files up to date; raise Trouble when that fails."""
        if is_ready():
            return
        first = Child("prepare", [sys.executable, "-m", "config.prepare"])
        first.start()
        while first.running and not self.told:
            time.sleep(TICK / 4)
        if self.told:
            first.tell(signal.SIGKILL)
        elif first.process and first.process.returncode:
            raise Trouble("The database could not be prepared. The reason stands above.")

    def run(self) -> int:
        """Start both, watch them, and return 0 when told to stop, 1 when one will not live."""
        self.prepare()
        if self.told:
            return 0
        self.web.start()
        if not self.wait_for_page():
            self.stop()
            return 0 if self.told else 1
        self.worker.start()
        say(welcome())
        code = self.watch()
        self.stop()
        return code

    def wait_for_page(self) -> bool:
        """Wait until the web server answers."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and not self.told:
            if not self.web.running:
                say("The web server ended while starting. Its reason stands above.")
                return False
            status = answer(host(), port())
            if status >= 500:
                say("The web server answers with an error. Its reason stands above.")
                return False
            if status:
                return True
            time.sleep(TICK / 2)
        if not self.told:
            say(f"The web server gave no answer within {PATIENCE:.0f} seconds.")
        return False

    def watch(self) -> int:
        while not self.told:
            for child in self.children:
                if child.running:
                    continue
                if not child.may_start_again:
                    say(f"The {child.name} process keeps ending. Stopping.")
                    return 1
                say(f"The {child.name} process ended. Starting it again.")
                child.start()
            time.sleep(TICK)
        return 0

    def stop(self) -> None:
        """End all children: TERM, up to ten seconds or a second Ctrl-C, then KILL."""
        before = self.told
        for child in self.children:
            child.tell(signal.SIGTERM)
        end = time.monotonic() + GRACE
        while time.monotonic() < end and self.told <= before:
            if not any(child.running for child in self.children):
                break
            time.sleep(TICK / 4)
        for child in self.children:
            child.tell(signal.SIGKILL)
            if child.process is not None:
                child.process.wait()


def host() -> str:
    return env.text("HOST", "127.0.0.1")


def port() -> int:
    return env.number("PORT", 8000)


def check_port(address: str, number: int) -> None:
    """Raise Trouble when something else listens on the port."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, number))
        except OSError as error:
            raise Trouble(
                f"Port {number} on {address} cannot be used ({error.strerror}). "
                f"Choose another: make run PORT={number + 1}"
            ) from None


def answer(address: str, number: int) -> int:
    """Return the status of a request to the web server, 0 when there is no answer yet."""
    target = "127.0.0.1" if address in {"0.0.0.0", ""} else address  # noqa: S104  (only compared)
    connection = http.client.HTTPConnection(target, number, timeout=20)
    try:
        connection.request("GET", "/healthz", headers={"Host": "localhost"})
        return connection.getresponse().status
    except OSError:
        return 0
    finally:
        connection.close()


def welcome() -> str:
    """Return what the person who started us wants to know, in Danish and English."""
    lines = [
        "",
        f"Fristed kører på / is running at   http://{host()}:{port()}/",
        f"Log ind / sign in                  http://{host()}:{port()}/konto/log-ind/",
        f"Redaktion / editing                http://{host()}:{port()}/admin/",
        "",
        "Konti i demoen / demo accounts:",
        *(f"  {email:<34} {role}" for email, role in ACCOUNTS.items()),
        f"Adgangskode / password:   {demo_password(settings.VAR)}",
        "",
        "Stop med Ctrl-C / stop with Ctrl-C",
        "",
    ]
    return "\n".join(lines)


def main() -> int:
    """Run until told to stop; return the exit code."""
    try:
        check_python(sys.version_info[:2])
        check_folder(settings.VAR)
        check_port(host(), port())
        supervisor = Supervisor()
        supervisor.listen()
        return supervisor.run()
    except (Trouble, ImproperlyConfigured) as trouble:
        sys.stderr.write(f"\n{trouble}\n")
        return 1


if __name__ == "__main__":
    sys.exit(main())
