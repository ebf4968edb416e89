"""Foreign texts: plain, visible, short, and with harmless links."""

import pytest

from activities.domain.imports.values import Limits
from tests.activities.importing.calendars import calendar, event, problems, read


def first(*lines: str, limits: Limits | None = None):
    return read(calendar(event(*lines)), limits).events[0]


@pytest.mark.parametrize(
    "summary",
    [
        "Aflyst: Yoga",
        "AFLYST - Yoga",
        "AFLYST! Yoga",
        "AFLYST Yoga",
        "Annulleret: Yoga",
        "Canceled: Yoga",
        "Cancelled – Yoga",
        "[AFLYST] Yoga",
        "(Aflyst) Yoga",
        "*** AFLYST *** Yoga",
        "Yoga (aflyst)",
        "Yoga - AFLYST!",
        "Yoga: aflyst",
    ],
)
def test_a_title_that_says_cancelled_cancels_the_date(summary):
    found = first(f"SUMMARY:{summary}")

    assert (found.title, found.cancelled) == ("Yoga", True)


def test_a_title_that_says_nothing_else_is_kept():
    found = first("SUMMARY:Aflyst!")

    assert (found.title, found.cancelled) == ("Aflyst!", True)


@pytest.mark.parametrize("summary", ["Når noget bliver aflyst", "Aflyste drømme", "Yoga"])
def test_a_title_that_only_speaks_of_it_does_not(summary):
    found = first(f"SUMMARY:{summary}")

    assert (found.title, found.cancelled) == (summary, False)


@pytest.mark.parametrize("summary", ["Optaget", "optaget.", "Busy", "Ledig", "Privat aftale"])
def test_a_title_that_only_says_busy_is_held_back(summary):
    found = read(calendar(event(f"SUMMARY:{summary}")))

    assert (found.events, problems(found)) == ((), [("busy", summary)])


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        (r"En linje\nog en til\, med komma", "En linje\nog en til, med komma"),
        (r"Stien er C:\\kaffe", "Stien er C:\\kaffe"),
        ("<b>Alle</b> er<br>velkomne", "Alle er\nvelkomne"),
        (r"<b>Første</b>\nAnden", "Første\nAnden"),
        ("<div>Først</div><div>Så</div>", "Først\n\nSå"),
        ("3 < 4 og 5 > 2", "3 < 4 og 5 > 2"),
        ("<style>p{color:red}</style><p>Tekst", "Tekst"),
        ("<img src=x onerror=alert(1)>Hej", "Hej"),
        ('<a href="https://example.org/">Læs</a>', "Læs (https://example.org/)"),
        ('<a href="data:text/html,x">Læs</a>', "Læs"),
        ("Skjult\u202e\u2066 tekst\x07", "Skjult tekst"),
    ],
)
def test_descriptions_become_plain_text(written, plain):
    assert first(f"DESCRIPTION:{written}").description == plain


def test_a_description_in_html_alone_is_used():
    found = first("X-ALT-DESC;FMTTYPE=text/html:<html><body><p>Kom og vær med</p></body></html>")

    assert found.description == "Kom og vær med"


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "https://",
        "https://bo@example.org/",
        "https://example.org/\\x",
        "kalender",
    ],
)
def test_links_that_lead_astray_are_dropped_and_reported(url):
    found = read(calendar(event(f"URL:{url}")))

    assert (found.events[0].url, problems(found)) == ("", [("link_dropped", "Yoga")])


def test_a_link_to_the_web_stays():
    assert first("URL:https://example.org/yoga?dag=2").url == "https://example.org/yoga?dag=2"


def test_long_texts_are_cut_and_reported():
    limits = Limits(title=20, description=30, location=12)
    lines = [f"{name}:{'lang ' * 5000}" for name in ("SUMMARY", "DESCRIPTION", "LOCATION")]

    found = read(calendar(event(*lines)), limits)

    [date] = found.events
    assert date.title == "lang lang lang lang…"
    assert date.description == "lang lang lang lang lang lang…"
    assert date.location == "lang lang…"
    assert problems(found) == [("text_cut", "lang lang lang lang…")]


def test_categories_come_once_each_from_all_lines():
    found = first(r"CATEGORIES:Mad,Café\, te", "CATEGORIES:Mad,,Fællesskab")

    assert found.categories == ("Mad", "Café, te", "Fællesskab")


@pytest.mark.parametrize(
    ("line", "geo"),
    [
        ("GEO:55.6419;12.0803", (55.6419, 12.0803)),
        ("GEO:0;0", None),
        ("GEO:95.0;12.0", None),
        ("GEO:her", None),
    ],
)
def test_the_place_on_the_map_is_taken_if_there_is_one(line, geo):
    assert first(line).geo == geo
