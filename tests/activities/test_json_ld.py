import datetime as dt
import json

import pytest
from django.test import RequestFactory

from activities.actions import refresh_activity
from activities.detail import activity_context
from activities.models import Occurrence
from activities.taxonomy import ChangeKind
from tests.factories.activities import make_activity, make_change, make_schedule
from tests.factories.directory import make_venue

pytestmark = pytest.mark.sqlite_is_enough

# Monday at 13.40 in Denmark.
NOW = dt.datetime(2026, 11, 23, 12, 40, tzinfo=dt.UTC)
SCHEMA = "https://schema.org"


def soup(venue, **fields):
    plan = [make_schedule(dt.date(2026, 11, 5), "11.00", "13.30")]
    return make_activity(venue, "Suppe", **({"schedules": plan, "refresh": False} | fields))


def block(activity) -> str:
    refresh_activity(activity.pk, now=NOW)
    request = RequestFactory().get("/")
    found = activity_context(request, activity, Occurrence.objects.public(), NOW)
    return found["json_ld"]


def events(activity) -> list[dict]:
    return json.loads(block(activity))["@graph"]


def test_a_date_is_an_event(home):
    first, *others = events(soup(make_venue(), price_type="fixed", price=2500))

    assert first == {
        "@type": "Event",
        "@id": "http://testserver/steder/perlen/suppe/#2026-11-26",
        "name": "Suppe",
        "description": "Vi spiser sammen.",
        "url": "http://testserver/steder/perlen/suppe/#2026-11-26",
        "startDate": "2026-11-26T11:00+01:00",
        "endDate": "2026-11-26T13:30+01:00",
        "eventAttendanceMode": f"{SCHEMA}/OfflineEventAttendanceMode",
        "inLanguage": "da",
        "eventStatus": f"{SCHEMA}/EventScheduled",
        "location": {
            "@type": "Place",
            "name": "Perlen",
            "address": {
                "@type": "PostalAddress",
                "streetAddress": "Ågade 4",
                "postalCode": "9999",
                "addressLocality": "Eksempelby",
                "addressCountry": "DK",
            },
        },
        "organizer": [
            {
                "@type": "Organization",
                "name": "Perlen",
                "url": "http://testserver/steder/perlen/",
            }
        ],
        "isAccessibleForFree": False,
        "offers": {
            "@type": "Offer",
            "priceCurrency": "DKK",
            "url": "http://testserver/steder/perlen/suppe/",
            "price": "25.00",
        },
    }
    assert len(others) == 11


def test_the_status_is_true(home):
    activity = soup(make_venue())
    make_change(activity, dt.datetime(2026, 11, 26, 11), refresh=False)
    make_change(
        activity,
        dt.datetime(2026, 12, 3, 11),
        ChangeKind.MOVED,
        starts_on=dt.date(2026, 12, 4),
        starts_at=dt.time(12),
        ends_at=dt.time(14),
        refresh=False,
    )

    cancelled, moved, *_ = events(activity)

    assert cancelled["eventStatus"] == f"{SCHEMA}/EventCancelled"
    assert (moved["eventStatus"], moved["startDate"], moved["previousStartDate"]) == (
        f"{SCHEMA}/EventRescheduled",
        "2026-12-04T12:00+01:00",
        "2026-12-03T11:00+01:00",
    )


def test_a_secret_address_is_left_out(home):
    first, *_ = events(soup(make_venue("Kvindehuset", address_public=False)))

    assert first["location"] == {"@type": "Place", "name": "Kvindehuset"}


def test_no_text_can_end_the_script(home):
    text = block(soup(make_venue(), summary="</script><script>alert(1)</script> & mere"))

    assert "<" not in text
    assert json.loads(text)["@graph"][0]["description"].startswith("</script>")
