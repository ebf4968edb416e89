import os

from core.models import Heartbeat
from core.tasks import note_heartbeat, prune


def test_the_heartbeat_is_one_row(db):
    note_heartbeat.delay()
    note_heartbeat.delay()

    assert Heartbeat.objects.filter(name="worker").count() == 1


def test_old_messages_are_pruned_and_new_ones_kept(tmp_path):
    for name, age in (("old.msg", 100), ("new.msg", 200)):
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (age, age))

    assert prune(tmp_path, older_than=150) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["new.msg"]
