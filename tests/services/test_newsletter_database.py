"""What the sending asks of PostgreSQL: locks passed over, plans kept, a table a crash empties."""

import datetime as dt

from django.db import connection
from django.utils import timezone

from newsletter.actions.sending import freeze_due
from newsletter.actions.sending.durability import new_lease, quickly, to_the_disk
from newsletter.actions.sending.gate import Gate
from newsletter.actions.sending.lease import lease_lot
from newsletter.models import Delivery, Dispatch
from tests.factories.sending import make_dispatch, make_readers


def setting(name):
    with connection.cursor() as cursor:
        cursor.execute(f"SHOW {name}")
        return cursor.fetchone()[0]


def test_the_servers_life_is_in_a_table_that_a_crash_empties(transactional_db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relpersistence FROM pg_class WHERE relname = 'newsletter_serverlife'"
        )
        assert cursor.fetchone() == ("u",)


def test_only_the_lease_waits_for_the_disk(transactional_db):
    before = setting("synchronous_commit")

    with quickly():
        assert setting("synchronous_commit") == "off"
        with to_the_disk():
            assert setting("synchronous_commit") == "on"
        assert setting("synchronous_commit") == "off"

    assert setting("synchronous_commit") == before


def test_the_gate_opens_once_with_a_plan_that_is_kept(transactional_db):
    now = timezone.now()
    make_readers(10)
    made = make_dispatch(now)
    freeze_due(now=now)
    dispatch = Dispatch.objects.get(pk=made.pk)
    rows = lease_lot(dispatch, new_lease(), size=10, now=now)
    gate = Gate(dispatch, version=dispatch.content_version, patience=dt.timedelta(minutes=1))

    opened = [[gate.open(row, now=now) for row in rows] for _ in range(2)]
    for row in rows:
        gate.note_sent(row, now=now)

    assert opened == [[True] * 10, [False] * 10]
    assert Delivery.objects.all().counts() == {"sent": 10}
