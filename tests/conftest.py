"""Fixtures used by several apps, no more."""

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import TransactionTestCase

from tests.harness.browser import BROWSER_FIXTURES, browser, page, site_url, strangers
from tests.harness.database import new_copy
from tests.harness.guard import refuse_outside_world

__all__ = ["browser", "page", "site_url", "strangers"]

ON_SERVICES = os.environ.get("DATABASE_URL", "").startswith("postgres")
DATABASE_FIXTURES = {"db", "transactional_db", "live_server", "home"}

collect_ignore = [] if ON_SERVICES else ["services"]


def pytest_configure(config: pytest.Config) -> None:
    refuse_outside_world()
    # Playwright keeps an event loop running in the main thread; our code never is async.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    use_own_redis(getattr(config, "workerinput", {}).get("workerid", ""))


def use_own_redis(worker: str) -> None:
    """Give each of the processes side by side a Redis database: its cache and its queue.

    The workers that a test starts find it in the environment. No test may need another's end:
    pytest-xdist 3.8 keeps no groups together with pytest 9.2.
    """
    if not (worker.startswith("gw") and settings.REDIS_URL):
        return
    own = urlsplit(settings.REDIS_URL)._replace(path=f"/{int(worker[2:]) + 1}").geturl()
    os.environ["REDIS_URL"] = settings.REDIS_URL = settings.CELERY_BROKER_URL = own
    settings.CACHES["default"]["LOCATION"] = own


def pytest_report_header() -> str:
    if ON_SERVICES:
        return "on PostgreSQL and Redis: what uses the database, but for `sqlite_is_enough`"
    return "on SQLite: all tests but tests/services (make test-services runs those)"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL run what the database can change, as CONTRIBUTING.md says."""
    if not ON_SERVICES:
        return
    chosen = [item for item in items if is_for_postgresql(item)]
    config.hook.pytest_deselected(items=[item for item in items if not is_for_postgresql(item)])
    items[:] = chosen


def is_for_postgresql(item: pytest.Item) -> bool:
    marks = {mark.name for mark in item.iter_markers()}
    sqlite_is_enough = "sqlite_is_enough" in marks and "postgresql_too" not in marks
    return uses_database(item) and not uses_browser(item) and not sqlite_is_enough


def uses_database(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    return bool(fixtures & DATABASE_FIXTURES) or item.get_closest_marker("django_db") is not None


def uses_browser(item: pytest.Item) -> bool:
    return bool(set(getattr(item, "fixturenames", ())) & BROWSER_FIXTURES)


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: object, request: pytest.FixtureRequest
) -> Iterator[None]:
    """One copy of the migrated template per process, with the pages every site has.

    They are made once: nearly every test needs them, and to save a page asks much of Wagtail. What
    a test writes is rolled back; after a transactional test the copy is put back.
    """
    from tests.factories.pages import make_site

    worker = getattr(request.config, "workerinput", {}).get("workerid", "main")
    with django_db_blocker.unblock():
        copy = new_copy(worker)
        copy.set_up()
        make_site()
        copy.keep()
    flush = TransactionTestCase._fixture_teardown
    TransactionTestCase._fixture_teardown = lambda _: copy.restore()
    yield
    TransactionTestCase._fixture_teardown = flush
    copy.tear_down()


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    """Content versions repeat after a rollback, and kept pages would be found again."""
    cache.clear()


@pytest.fixture
def references() -> None:
    """Let Wagtail write down what uses which picture and page, as it does outside the tests."""


@pytest.fixture(autouse=True)
def no_unread_references(request: pytest.FixtureRequest) -> Iterator[None]:
    """Nothing but pictures and a browser's screens reads them, and each save pays for them."""
    if "references" in request.fixturenames or uses_browser(request.node):
        yield
        return
    from wagtail.signal_handlers import disable_reference_index_auto_update

    with disable_reference_index_auto_update():
        yield


@pytest.fixture(scope="session")
def root() -> Path:
    """The top folder of the project."""
    return Path(__file__).resolve().parents[1]


@pytest.fixture
def home(db: None):
    """The pages every site has: `home.home`, `.venues`, `.calendar`, `.shared`."""
    from tests.factories.pages import find_site

    return find_site()


@pytest.fixture
def on_postgres() -> bool:
    return connection.vendor == "postgresql"
