"""A Celery worker for tests that knows the tests' kind of dispatch, and can die at a chosen place.

python -m tests.harness.newsletter_worker solo              an ordinary worker
python -m tests.harness.newsletter_worker solo claimed 2    SIGKILL when the place is passed
                                                            the second time
"""

import os
import signal
import sys
import time
from collections.abc import Callable
from importlib import import_module
from typing import Any

import django

PLACES = (
    "before_freeze", "in_freeze", "claimed", "connected", "body_sent", "gate_passed", "dot_sent",
    "answered", "noted", "between_lots", "finishing",
)  # fmt: skip


def die() -> None:
    """End as if the machine had been switched off."""
    os.kill(os.getpid(), signal.SIGKILL)


def die_around(owner: Any, name: str, *, after: bool, passes: int) -> None:
    """Die before or after the `passes`th call of a function."""
    real: Callable[..., Any] = getattr(owner, name)
    calls = iter(range(1, sys.maxsize))

    def dying(*args: Any, **kwargs: Any) -> Any:
        last = next(calls) == passes
        if last and not after:
            die()
        answer = real(*args, **kwargs)
        if last:
            die()
        return answer

    setattr(owner, name, dying)


def arm(place: str, passes: int) -> None:
    """Have this process killed at one of PLACES."""
    from newsletter import tasks

    folder = "newsletter.actions.sending"
    freeze, gate, pump, sweep = (
        import_module(f"{folder}.{name}") for name in ("freeze", "gate", "pump", "sweep")
    )
    from newsletter.transport.smtp import DOT, SmtpLine

    def send_dot_and_die(line: Any) -> None:
        line._socket.sendall(DOT)
        time.sleep(0.2)  # the other side has it, and its answer is on the way
        die()

    spots: dict[str, tuple[Any, str, bool]] = {
        "before_freeze": (freeze, "freeze_audience", False),
        "in_freeze": (freeze, "write_deliveries", True),
        "claimed": (pump, "lease_lot", True),
        "connected": (tasks, "open_line", True),
        "body_sent": (gate.Gate, "open", False),
        "gate_passed": (SmtpLine, "commit", False),
        "answered": (gate.Gate, "note_sent", False),
        "noted": (gate.Gate, "note_sent", True),
        "between_lots": (pump.Pump, "_send_lot", True),
        "finishing": (sweep, "totals", True),
    }
    if place == "dot_sent":
        real, calls = SmtpLine.commit, iter(range(1, sys.maxsize))

        def commit(line: Any) -> Any:
            return send_dot_and_die(line) if next(calls) == passes else real(line)

        SmtpLine.commit = commit  # type: ignore[method-assign]
        return
    owner, name, after = spots[place]
    die_around(owner, name, after=after, passes=passes)


def main(pool: str, place: str = "", passes: str = "1") -> None:
    django.setup()
    import tests.factories.sending  # noqa: F401  (it registers its kind)
    from config import celery_app

    celery_app.loader.import_default_modules()
    import_module("newsletter.actions.sending.pump").LOT = 25  # a few lots for a few readers
    if place:
        arm(place, int(passes))
    quiet = ["--loglevel", "ERROR", "--without-mingle", "--without-gossip", "--concurrency", "2"]
    celery_app.worker_main(["--quiet", "worker", "--pool", pool, *quiet])


if __name__ == "__main__":
    main(*sys.argv[1:])
