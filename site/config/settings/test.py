"""Fast and closed: eager tasks, quick password hashes, files as they are."""

from config import env
from config.settings.base import *  # noqa: F403  (settings modules build on each other)

SECRET_KEY = "only for tests"  # noqa: S105  (opens nothing)
BASE_URL = WAGTAILADMIN_BASE_URL = "https://fristed.example"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1", "fristed.example"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CELERY_TASK_ALWAYS_EAGER = env.flag("CELERY_EAGER", default=True)
CELERY_TASK_EAGER_PROPAGATES = True
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Files are found where they lie; nothing is collected.
WHITENOISE_AUTOREFRESH = True
