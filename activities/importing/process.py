"""Reads a calendar in a process of its own, which may be killed without harm to this one."""

import datetime as dt
import logging
import os
import signal
import subprocess
import sys

from activities.domain.imports.values import Imported, ImportProblem, Limits, Problem
from activities.importing.reading import refusal_of
from activities.importing.transfer import OUT_OF_MEMORY, from_bytes, order_text

logger = logging.getLogger(__name__)

# Rust aborts where Python raises MemoryError.
_KILLED = (-signal.SIGXCPU, -signal.SIGKILL, -signal.SIGABRT, OUT_OF_MEMORY)


def read_calendar(
    body: bytes, *, first: dt.date, last: dt.date, limits: Limits | None = None
) -> Imported:
    """All that the calendar in `body` gives between two Danish days, both included.

    Never raises for what is in `body`: a calendar that cannot be read is `refused`, an entry that
    cannot be used is among the `problems`. Takes at most `limits.wall` seconds.
    """
    limits = limits or Limits()
    if code := refusal_of(body, limits):
        return _refused(code)
    order = order_text(first, last, limits)
    command = [sys.executable, "-P", "-m", "activities.importing.child", order]
    try:
        done = subprocess.run(  # noqa: S603 our own interpreter and module; the body is its input
            command,
            input=body,
            capture_output=True,
            timeout=limits.wall,
            check=False,
            env=_environment(),
        )
    except subprocess.TimeoutExpired:
        return _refused(Problem.TOO_SLOW)
    if done.returncode in _KILLED:
        return _refused(Problem.TOO_SLOW)
    if done.returncode == 0:
        try:
            return from_bytes(done.stdout)
        except (ValueError, LookupError, TypeError):
            logger.warning("The calendar reader gave an answer that cannot be read")
            return _refused(Problem.UNREADABLE)
    # The last line of a traceback begins with the error's class; what follows may quote the body.
    last_line = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
    error = last_line.partition(":")[0][:60]
    logger.warning("The calendar reader ended with status %s: %s", done.returncode, error)
    return _refused(Problem.UNREADABLE)


def _refused(code: Problem) -> Imported:
    return Imported(refused=ImportProblem(code), complete=False)


def _environment() -> dict[str, str]:
    """Only where our code lies: the process needs no secret, so it gets none."""
    return {
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        "PYTHONUTF8": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
