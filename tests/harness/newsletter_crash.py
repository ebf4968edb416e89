"""The database server crashes while two workers send. Prints what became of it as JSON.

Runs as a program of its own on the empty database in DATABASE_URL, for it ends every session of
that server: `python -m tests.harness.newsletter_crash`.
"""

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter

import django

READERS = 400
ENOUGH = 60


def worker() -> None:
    """Send what is ready, until the server is gone."""
    from django.utils import timezone

    from newsletter.actions.sending import Pump
    from newsletter.transport import open_line

    Pump(clock=timezone.now, open_line=open_line, seconds=60).run()


def crash_server(crew: "list[subprocess.Popen[bytes]]") -> None:
    """Kill one of the server's sessions: it then ends all others, and recovers from its log."""
    from django.db import OperationalError, connection, connections

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        os.kill(cursor.fetchone()[0], signal.SIGKILL)
    connections.close_all()
    for each in crew:
        each.wait()
    for _ in range(120):
        try:
            connection.ensure_connection()
        except OperationalError:
            time.sleep(0.5)
        else:
            return


def drill() -> dict[str, object]:
    """Return who got what, once a worker after the crash has sent the rest."""
    from django.core.management import call_command
    from django.utils import timezone

    import tests.factories.sending as factory
    from newsletter.actions.sending import freeze_due, sweep
    from newsletter.models import Delivery, Dispatch, RelayLine
    from tests.harness.mail_sink import running_sink

    call_command("migrate", verbosity=0)
    with running_sink(delay=0.002, port=int(os.environ["EMAIL_PORT"])) as sink:
        factory.make_readers(READERS)
        factory.make_dispatch(timezone.now())
        freeze_due(now=timezone.now())
        command = [sys.executable, "-m", "tests.harness.newsletter_crash", "worker"]
        crew = [subprocess.Popen(command, stderr=subprocess.DEVNULL) for _ in range(2)]
        end = time.monotonic() + 240
        while sink.count < ENOUGH and time.monotonic() < end:
            time.sleep(0.01)
        crash_server(crew)
        before = sink.count
        long_ago = timezone.now().replace(year=2000)
        Delivery.objects.filter(lease_until__isnull=False).update(lease_until=long_ago)
        RelayLine.objects.update(held_until=long_ago)
        sweep(now=timezone.now())
        while not Dispatch.objects.filter(state="done").exists():
            worker()
            sweep(now=timezone.now())
        got = Counter(sink.receivers())
        rows = Delivery.objects.ever_doubted().select_related("subscriber")
        doubts = {row.subscriber.email for row in rows}
        twice = {receiver for receiver, number in got.items() if number > 1}
        return {
            "before": before,
            "readers": len(got),
            "most": max(got.values()),
            "unlisted": sorted(twice - doubts),
            "doubts": len(doubts),
        }


if __name__ == "__main__":
    django.setup()
    if sys.argv[1:] == ["worker"]:
        worker()
    else:
        print(json.dumps(drill()))  # noqa: T201  (this is its answer)
