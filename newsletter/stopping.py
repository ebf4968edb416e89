"""A worker that is told to stop finishes the message it is at, and begins no other.

Celery tells the parent process; the children that do the work learn it from one shared byte. One
that gets the signal itself (a service manager may send it to all) is told by it.
"""

import mmap
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

from celery.signals import worker_init, worker_shutting_down

_told = mmap.mmap(-1, 1)  # shared with the processes that are forked from this one


@worker_init.connect
def begin(**kwargs: Any) -> None:
    _told[0] = 0


@worker_shutting_down.connect
def tell(**kwargs: Any) -> None:
    _told[0] = 1


def is_told() -> bool:
    """Whether this worker is being stopped."""
    return _told[0] == 1


@contextmanager
def stopping_softly() -> Iterator[Callable[[], bool]]:
    """Yield what says whether to stop; meanwhile SIGTERM to this process only asks for it."""
    here = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield is_told
        return
    before = signal.getsignal(signal.SIGTERM)

    def ask(number: int, frame: FrameType | None) -> None:
        here.set()
        if callable(before):
            before(number, frame)

    signal.signal(signal.SIGTERM, ask)
    try:
        yield lambda: here.is_set() or is_told()
    finally:
        signal.signal(signal.SIGTERM, before)
