"""For developers: tracebacks in the browser and files served as they are."""

from config.settings.embedded import *  # noqa: F403  (settings modules build on each other)

DEBUG = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
