"""`make run`: one machine, no services, everything it writes in var/.

With DATABASE_URL and REDIS_URL set the same command runs on PostgreSQL and Redis.
"""

from django.core.management.utils import get_random_secret_key

from config import env
from config.settings.base import *  # noqa: F403  (settings modules build on each other)
from config.settings.base import ALLOWED_HOSTS, QUEUE, VAR


def own_secret() -> str:
    """Return this copy's secret key, made at its first start and kept in var/."""
    path = VAR / "secret_key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(get_random_secret_key(), encoding="utf-8")
        path.chmod(0o600)
    return path.read_text(encoding="utf-8").strip()


SECRET_KEY = env.text("SECRET_KEY") or own_secret()
ALLOWED_HOSTS = [*ALLOWED_HOSTS, "0.0.0.0"]  # noqa: S104  (a name to answer to, not to bind)

for folder in ("messages", "control", "processed"):  # the file queue wants them to exist
    (QUEUE / folder).mkdir(parents=True, exist_ok=True)
