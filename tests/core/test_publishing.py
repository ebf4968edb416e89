"""Scheduled publishing: on time, and one page that fails never stops the others."""

import datetime as dt
import threading

import pytest
from django.db import connection
from wagtail.models import PageLogEntry
from wagtail.signals import page_published

from core.actions import PUBLISH_FAILED, publish_due
from pages.models import StandardPage
from tests.factories.pages import make_standard_page

NOON = dt.datetime(2026, 3, 3, 12, 0, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)


def schedule(page, go_live_at, **changes):
    """Plan that the page is published at `go_live_at` with `changes`."""
    page.go_live_at = go_live_at
    for name, value in changes.items():
        setattr(page, name, value)
    page.save_revision(approved_go_live_at=go_live_at)
    return page


@pytest.fixture
def draft(home):
    return make_standard_page(home.home, "Om os", slug="om-os", live=False)


def test_a_page_is_published_when_its_time_has_come(draft):
    schedule(draft, NOON)

    before, after = publish_due(NOON - MINUTE), publish_due(NOON + MINUTE)

    assert (before.published, after.published) == ([], [f"page {draft.pk}"])
    draft.refresh_from_db()
    assert draft.live


def test_a_page_is_published_once(draft):
    schedule(draft, NOON)
    publish_due(NOON + MINUTE)

    assert publish_due(NOON + 2 * MINUTE).published == []


def test_an_expired_page_is_taken_down(home):
    page = make_standard_page(home.home, expire_at=NOON)

    done = publish_due(NOON + MINUTE)

    assert done.expired == [f"page {page.pk}"]
    page.refresh_from_db()
    assert (page.live, page.expired) == (False, True)


def test_a_version_that_expired_before_it_was_published_is_left_out(draft):
    schedule(draft, NOON, expire_at=NOON + MINUTE)

    done = publish_due(NOON + 2 * MINUTE)

    draft.refresh_from_db()
    assert (done.published, draft.live) == ([], False)


def test_one_page_that_fails_never_stops_the_rest(draft, home):
    other = make_standard_page(home.home, "Åbent hus", slug="aabent-hus", live=False)
    schedule(draft, NOON - MINUTE)
    schedule(other, NOON)

    def stumble(instance, **_):
        if instance.pk == draft.pk:
            raise RuntimeError("a receiver of somebody else")

    page_published.connect(stumble, sender=StandardPage)
    try:
        publish_due(NOON + MINUTE)
        done = publish_due(NOON + 2 * MINUTE)
    finally:
        page_published.disconnect(stumble, sender=StandardPage)

    assert done.failed == [f"page {draft.pk}"]
    draft.refresh_from_db()
    other.refresh_from_db()
    assert (draft.live, other.live) == (False, True)
    assert list(
        PageLogEntry.objects.filter(action=PUBLISH_FAILED).values_list("page_id", flat=True)
    ) == [draft.pk]
    assert publish_due(NOON + 3 * MINUTE).published == [f"page {draft.pk}"]


def test_two_workers_publish_a_page_once(transactional_db, home):
    page = make_standard_page(home.home, "Om os", slug="om-os", live=False)
    schedule(page, NOON)
    start = threading.Barrier(2)
    done = []

    def work():
        start.wait()
        done.append(publish_due(NOON + MINUTE))
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(len(one.published) for one in done) == [0, 1]
    assert PageLogEntry.objects.filter(action="wagtail.publish.scheduled").count() == 1
