"""PostgreSQL itself crashes while a newsletter goes out: its last commits are lost."""

import json
import os
import subprocess
import sys

from tests.harness.servers import free_port, own_postgresql


def test_a_crash_of_the_database_makes_no_double_that_is_not_listed_and_no_gap(db):
    with own_postgresql() as address:
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
            "DATABASE_URL": address,
            "NEWSLETTER_RELAY": "smtp",
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": str(free_port()),
            "EMAIL_USE_TLS": "0",
            "NEWSLETTER_PER_MINUTE": "0",
        }
        done = subprocess.run(
            [sys.executable, "-m", "tests.harness.newsletter_crash"],
            env=environment,
            stdout=subprocess.PIPE,
            timeout=600,
            check=True,
        )
    said = json.loads(done.stdout)

    assert said["before"] >= 60
    assert (said["readers"], said["unlisted"]) == (400, [])
    assert said["most"] <= 2
    assert 1 <= said["doubts"] <= 200
