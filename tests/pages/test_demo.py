"""The demo municipality: the same every time, complete, and written in plain Danish."""

import datetime as dt
import json
import re
import statistics
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection
from wagtail.models import Page, Revision, Site
from wagtail.search.models import IndexEntry

from activities.models import (
    ActivityHost,
    ActivityPage,
    CalendarEntry,
    HandOver,
    Occurrence,
    OccurrenceChange,
    Schedule,
)
from activities.outlets.plan import State, kompas_figure, plans
from activities.taxonomy import ActivityKind, HostStatus, OccurrenceStatus
from core.domain.text import lix, slugify_da, stems
from core.models import SiteSettings, User
from directory.models import (
    CooperationAgreement,
    Membership,
    OpeningException,
    OpeningHours,
    Organisation,
    SecretAddress,
    VenueMove,
    VenuePage,
)
from directory.taxonomy import OperatorType, Role, VenueType
from initiatives.domain.periods import read_period
from initiatives.domain.status import may_follow
from initiatives.indicators.people import release
from initiatives.indicators.shared import results
from initiatives.models import (
    AnnualReport,
    FollowUpRound,
    LeadersMeeting,
    Progress,
    SharedIndicator,
)
from initiatives.public_records import public_sections
from initiatives.taxonomy import Status
from newsletter.content import archived_content
from newsletter.models import Dispatch, IssuePage, Mention, Subscriber
from pages.demo import AlreadyLoaded, days, load_demo
from pages.demo.content import DATA, read, read_venues
from pages.demo.tracker import LETTERS
from pages.models import StandardPage
from tests.harness.database import new_copy, use

MONDAY = dt.date(2026, 11, 23)
PASSWORD = "en-lang-adgangskode"
NOT_PROSE = {"search_words", "outline", "languages_spoken", "amenities", "target_groups"}
MARKS = re.compile(r"^(## |[?!] |- |\d+\. )", re.MULTILINE)


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A database of its own with the demo in it: loading takes seconds, once is enough."""
    with django_db_blocker.unblock():
        usual = connection.settings_dict["NAME"]
        copy = new_copy("demo")
        try:
            copy.set_up()
            load_demo(MONDAY, PASSWORD)
            with django_db_blocker.block():
                yield
        finally:
            copy.tear_down()
            use(usual)


@pytest.fixture
def eksempelby(loaded: None, db: None) -> None:
    """The demo of a Monday in November; what a test changes is rolled back."""


def snapshot() -> dict[str, list[Any]]:
    """Everything of a demo that could differ from one load to the next, without row numbers."""
    dates = Occurrence.objects.order_by("activity__url_path", "recurrence_id")
    return {
        "pages": list(Page.objects.order_by("path").values_list("url_path", "title", "live")),
        "venues": list(VenuePage.objects.order_by("slug").values_list("uid", "slug", "summary")),
        "activities": list(ActivityPage.objects.order_by("uid").values_list("uid", "url_path")),
        "schedules": list(
            Schedule.objects.order_by("key").values_list("key", "first_on", "until_on", "starts")
        ),
        "dates": list(
            dates.values_list("recurrence_id", "starts_at", "ends_at", "status", "free_seats")
        ),
        "changes": list(
            OccurrenceChange.objects.order_by("created_at", "reason", "note").values_list(
                "kind", "original_on", "starts_on", "reason", "created_at"
            )
        ),
        "exceptions": list(
            OpeningException.objects.order_by("first_on", "venue__slug", "opens").values_list(
                "venue__slug", "first_on", "until_on", "closed", "created_at"
            )
        ),
        "calendars": list(
            CalendarEntry.objects.order_by("activity__url_path").values_list("ical", "changed_at")
        ),
    }


def prose() -> list[tuple[str, str]]:
    """Every Danish text of the data files, with where it stands."""
    found: list[tuple[str, str]] = []

    def collect(value: Any, place: str) -> None:
        if isinstance(value, dict):
            for name, inner in value.items():
                if name not in NOT_PROSE | {"short_infos"}:
                    collect(inner, f"{place}/{name}")
        elif isinstance(value, list):
            for number, inner in enumerate(value):
                collect(inner, f"{place}/{number}")
        elif isinstance(value, str):
            found.append((place, MARKS.sub("", value).strip()))

    for path in sorted(DATA.rglob("*.toml")):
        collect(read(str(path.relative_to(DATA))), path.stem)
    return found


def test_replacing_gives_the_same_demo_with_the_password_of_the_environment(
    eksempelby: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    first = snapshot()
    monkeypatch.setenv("DEMO_PASSWORD", "en-helt-ny-adgangskode")

    call_command("demo", "--date", "2026-11-23", "--replace")

    assert snapshot() == first
    leader = User.objects.get(email="leder@eksempelby.example")
    assert leader.check_password("en-helt-ny-adgangskode")
    assert "Password: en-helt-ny-adgangskode" in capsys.readouterr().out


def test_demo_has_what_it_promises(eksempelby: None) -> None:
    fixed = ActivityPage.objects.filter(kind=ActivityKind.FIXED).count()
    shared = ActivityPage.objects.filter(url_path__contains="/faelles/").count()
    varying = ActivityPage.objects.filter(kind=ActivityKind.VARYING).count() - shared

    assert VenuePage.objects.public().count() == 16
    assert fixed >= 60
    assert varying >= 40
    assert shared == 6
    assert CooperationAgreement.objects.count() == 2
    assert set(Organisation.objects.values_list("operator_type", flat=True)) == set(
        OperatorType.values
    )
    assert set(VenuePage.objects.values_list("venue_type", flat=True)) == set(VenueType.values)


def test_front_page_is_the_root_of_the_site(eksempelby: None) -> None:
    site = Site.objects.get(is_default_site=True)

    children = site.root_page.get_children().values_list("slug", flat=True)

    assert list(children) == [
        "steder",
        "aktiviteter",
        "faelles",
        "foerste-gang",
        "privatliv",
        "tilgaengelighed",
        "nyhedsbrev",
        "afrapportering-2025",
    ]


def test_leaders_have_two_years_of_rounds_a_meeting_ahead_and_a_frozen_report(
    eksempelby: None,
) -> None:
    rounds = FollowUpRound.objects.values_list("year", "half", "running")
    meetings = [(one.on.year, one.settled_at is None) for one in LeadersMeeting.objects.all()]
    reports = [(one.year, one.approved_at is None) for one in AnnualReport.objects.all()]

    assert list(rounds) == [
        (2026, 2, True),
        (2026, 1, False),
        (2025, 2, False),
        (2024, 2, False),
    ]
    assert meetings == [(2026, True), (2026, False), (2025, False)]
    assert reports == [(2026, True), (2025, False)]
    begun = set(Status.values) - {Status.NOT_STARTED}
    assert set(Progress.objects.values_list("status", flat=True)) == begun


def test_statuses_of_the_demo_may_follow_each_other() -> None:
    board = read("tracker.toml")["board"]
    endless = {"2a", "2c"}

    wrong = [
        (slug, number, letters)
        for slug, stages in board["rows"].items()
        for number, letters in zip(board["initiatives"], zip(*stages, strict=True), strict=True)
        for before, after in pairwise(LETTERS[letter] for letter in letters)
        if after not in reachable(before, endless=number in endless)
    ]

    assert wrong == []


def reachable(status: str, *, endless: bool) -> set[str]:
    """Return what a status may become in two steps: half a year holds more than one."""
    once = set(may_follow(status, endless=endless))
    return once | {code for step in once for code in may_follow(step, endless=endless)}


@pytest.mark.sqlite_is_enough
@pytest.mark.parametrize("day", [dt.date(2027, 1, 1), dt.date(2027, 7, 22)])
def test_demo_is_alive_on_any_day_of_the_year(eksempelby: None, day: dt.date) -> None:
    load_demo(day, PASSWORD, replace=True)

    without = ActivityPage.objects.filter(occurrences__isnull=True)
    cancelled = Occurrence.objects.filter(public=True, status=OccurrenceStatus.CANCELLED)
    cancelled_on = set(cancelled.values_list("local_date", flat=True))
    assert list(without.values_list("title", flat=True)) == []
    assert {day, day + dt.timedelta(days=1)} <= cancelled_on


def test_something_can_be_cancelled_today_and_tomorrow_whatever_the_weekday() -> None:
    held = {
        f"{slug}/{activity.get('slug') or slugify_da(activity['title'])}": {
            weekday
            for line in activity["times"]
            if set(line) == {"days", "from", "until"}
            for weekday in days.weekdays(line["days"])
        }
        for slug, venue in read_venues().items()
        for activity in venue.get("activities", [])
    }
    lists = [row["one_of"] for row in read("changes.toml")["changes"] if "one_of" in row]

    weekdays = [set().union(*(held[choice["activity"]] for choice in row)) for row in lists[:3]]

    assert weekdays == [set(range(7))] * 3


def test_demo_shows_every_kind_of_change(eksempelby: None) -> None:
    kinds = Counter(OccurrenceChange.objects.values_list("kind", flat=True))

    assert kinds["cancelled"] >= 12
    assert kinds["moved"] >= 6
    assert kinds["extra"] == 3
    assert kinds["note"] >= 3


def test_changes_all_name_a_date_the_schedule_gives(eksempelby: None) -> None:
    named = OccurrenceChange.objects.exclude(kind="extra").values_list(
        "activity_id", "original_on", "original_at"
    )
    stored = {
        (row.activity_id, row.original.date(), row.original.time())
        for row in Occurrence.objects.all()
    }

    assert [name for name in named if name not in stored] == []


def test_kompas_is_mostly_right_and_some_of_it_is_missing_old_or_changed(
    eksempelby: None,
) -> None:
    now = days.moment(MONDAY, dt.time(12))

    found = plans(VenuePage.objects.public(), now)

    states = Counter(row.state for plan in found for row in plan.rows)
    assert set(states) == set(State)
    assert states[State.FRESH] > sum(states.values()) / 2
    assert HandOver.objects.elsewhere().count() >= 3
    assert 50 < kompas_figure(now).percent < 100


def test_hosts_have_accepted_been_asked_and_declined(eksempelby: None) -> None:
    answers = Counter(ActivityHost.objects.values_list("status", flat=True))

    assert answers[HostStatus.ACCEPTED] >= 12
    assert answers[HostStatus.INVITED] >= 1
    assert answers[HostStatus.DECLINED] >= 1


def test_secret_address_stands_in_no_page_or_revision(eksempelby: None) -> None:
    secret = SecretAddress.objects.get(venue__slug="lyngen")
    venue = VenuePage.objects.get(slug="lyngen")
    words = [secret.street.split()[0], secret.directions.split()[0] + " låge"]

    everything = json.dumps(
        [page.serializable_data() for page in Page.objects.specific()]
        + list(Revision.objects.values_list("content", flat=True)),
        default=str,
        ensure_ascii=False,
    )

    assert [word for word in words if word in everything] == []
    assert [name for name in VenuePage.ADDRESS_FIELDS if getattr(venue, name)] == []
    assert venue.needs_quick_exit


def test_secret_address_stands_once_in_the_data_files() -> None:
    texts = [text for _, text in prose()]

    assert sum("Brombærkrogen" in text for text in texts) == 1


def test_pages_keep_the_models_rules(eksempelby: None) -> None:
    pages = list(Page.objects.exclude(depth=1).specific())
    models = (OpeningHours, OpeningException, VenueMove, OccurrenceChange)
    rows = [row for model in models for row in model.objects.all()]

    assert [page.title for page in pages if faults_of(page)] == []
    assert [row for row in rows if faults_of(row, exclude=["created_by", "undone_by"])] == []


def faults_of(row: Any, exclude: list[str] | None = None) -> list[str]:
    try:
        row.full_clean(exclude=exclude)
    except ValidationError as error:
        return error.messages
    return []


def test_every_page_can_be_edited_from_its_first_revision(eksempelby: None) -> None:
    pages = Page.objects.filter(depth__gt=1)

    assert not pages.filter(latest_revision__isnull=True).exists()
    venue = VenuePage.objects.get(slug="perlen").get_latest_revision_as_object()
    assert venue.opening_hours.count() == 6
    assert venue.target_groups.count() == 4


def test_what_leaders_have_recorded_stands_on_their_venues_pages(eksempelby: None) -> None:
    perlen = VenuePage.objects.get(slug="perlen")

    sections = public_sections(perlen, days.moment(MONDAY, dt.time(9)))

    assert [section.heading for section in sections] == [
        "Du kan være med til at bestemme",
        "Ud i byen sammen",
        "Vil du give en hånd med?",
        "Hjælp, der kommer her på stedet",
    ]


def test_merged_venue_is_off_the_site_and_the_other_will_move(eksempelby: None) -> None:
    merged = VenueMove.objects.get(kind=VenueMove.Kind.MERGED)
    coming = VenueMove.objects.get(kind=VenueMove.Kind.MOVED)

    assert (merged.venue.slug, merged.successor.slug) == ("varmestuen-anker", "kahytten")
    assert (merged.venue.live, merged.done_at is not None) == (False, True)
    assert (coming.venue.slug, coming.on > MONDAY, coming.done_at) == ("stuen", True, None)


def test_some_venues_have_a_plan_for_christmas_eve_and_some_have_none(eksempelby: None) -> None:
    eve = dt.date(2026, 12, 24)

    planned = OpeningException.objects.between(eve, eve).values("venue").distinct().count()

    assert planned == 10


def test_accounts_have_the_rights_of_their_memberships(eksempelby: None) -> None:
    roles = {
        user.email.partition("@")[0]: sorted(user.memberships.values_list("role", flat=True))
        for user in User.objects.all()
    }

    assert roles == {
        "admin": [],
        "redaktoer": [Role.EDITOR, Role.EDITOR],
        "redaktoer2": [Role.EDITOR, Role.EDITOR],
        "kommunikation": [Role.COMMUNICATION],
        "medarbejder": [Role.STAFF],
        "frivillig": [Role.VOLUNTEER],
        "leder": [Role.VENUE_LEADER, Role.VENUE_LEADER],
        "omraadechef": [Role.AREA_HEAD],
    }
    assert all(user.check_password(PASSWORD) for user in User.objects.all())
    assert all(user.has_perm("wagtailadmin.access_admin") for user in User.objects.all())
    assert list(User.objects.filter(is_staff=True).values_list("email", flat=True)) == [
        "admin@eksempelby.example"
    ]
    assert Membership.objects.filter(venue__slug="perlen").count() == 4


def test_acute_numbers_and_outline_are_in_the_settings(eksempelby: None) -> None:
    settings = SiteSettings.for_site(Site.objects.get(is_default_site=True))
    ring = json.loads(settings.outline)["coordinates"][0]

    numbers = list(settings.acute_numbers.values_list("number", flat=True))

    assert numbers == ["112", "70 201 201", "1888", "00 00 12 40"]
    assert ring[0] == ring[-1]
    assert all(9 < longitude < 11 and 55 < latitude < 57 for longitude, latitude in ring)


def test_words_of_target_groups_find_a_venue(eksempelby: None) -> None:
    venue = VenuePage.objects.get(slug="huset-frekvens")

    kind = ContentType.objects.get_for_model(VenuePage)

    entry = IndexEntry.objects.get(content_type=kind, object_id=str(venue.pk))

    assert stems("udviklingsforstyrrelse") in entry.body


def test_second_load_is_refused_and_changes_nothing(eksempelby: None) -> None:
    before = snapshot()

    with pytest.raises(AlreadyLoaded):
        load_demo(MONDAY, PASSWORD)

    assert snapshot() == before


def test_command_refuses_content_but_may_skip_it(
    eksempelby: None, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(CommandError, match="There is content already"):
        call_command("demo", "--date", "2026-11-23")

    call_command("demo", "--date", "2026-11-23", "--if-empty")

    assert capsys.readouterr().out == "There is content already; nothing was loaded.\n"


def test_texts_are_easy_to_read() -> None:
    long_texts = [(place, lix(text)) for place, text in prose() if len(text.split()) >= 12]

    assert [item for item in long_texts if item[1] > 45] == []
    assert statistics.median(value for _, value in long_texts) <= 35


def test_each_venue_as_a_whole_is_very_easy_to_read() -> None:
    hard = {}
    for slug in read_venues():
        texts = [text for place, text in prose() if place.startswith(f"{slug}/")]
        sentences = "\n".join(text for text in texts if len(text.split()) >= 4)
        if sentences and lix(sentences) > 35:
            hard[slug] = lix(sentences)

    assert hard == {}


def test_contacts_are_fictional() -> None:
    everything = "\n".join(path.read_text() for path in DATA.rglob("*.toml"))
    real = {"70 201 201"}

    numbers = set(re.findall(r"\b\d{2} \d{2} \d{2} \d{2}\b|\b\d{2} \d{3} \d{3}\b", everything))
    mails = set(re.findall(r"[\w.+-]+@([\w.-]+\w)", everything))
    sites = set(re.findall(r"https?://([^/\"]+)", everything))

    assert {number for number in numbers - real if not number.startswith("00 00 12 ")} == set()
    assert mails == {"eksempelby.example"}
    assert all(site.endswith("eksempelby.example") for site in sites)


def test_drawings_exist(root: Path) -> None:
    drawn = {path.stem for path in (root / "templates" / "illustrations").glob("*.svg")}
    tables = [*read_venues().values(), *read("shared.toml")["events"]]
    tables += [row for venue in read_venues().values() for row in venue.get("activities", [])]

    named = {table["illustration"] for table in tables if "illustration" in table}

    assert named - drawn == set()


def test_bad_news_has_no_exclamation_mark_and_times_are_written_in_danish() -> None:
    shouting = [text for place, text in prose() if "!" in text]
    colons = [text for _, text in prose() if re.search(r"kl\. \d+:\d", text)]

    assert shouting == []
    assert colons == []


def test_no_text_names_a_date_that_may_be_another_weekday() -> None:
    months = "januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december"

    dated = [text for _, text in prose() if re.search(rf"\d\. ({months})", text)]

    assert dated == []


def test_standard_pages_have_bodies(eksempelby: None) -> None:
    blocks = {page.slug: [block.block_type for block in page.body] for page in _standard_pages()}

    assert blocks["foerste-gang"] == [
        "text",
        "heading",
        "text",
        "heading",
        "text",
        "fact_box",
        "question",
        "question",
        "question",
        "question",
        "question",
    ]
    assert set(blocks) == {"foerste-gang", "privatliv", "tilgaengelighed"}


def _standard_pages() -> list[StandardPage]:
    return list(StandardPage.objects.all())


def test_the_newsletter_has_letters_readers_and_a_draft_to_go_on_with(eksempelby: None) -> None:
    archive = IssuePage.objects.in_archive()
    now = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
    dates = {page.slug: len(archived_content(page, now=now).entries) for page in archive}
    sent = [dispatch.totals["states"]["sent"] for dispatch in Dispatch.objects.all()]

    assert list(dates) == ["det-sker-de-naeste-to-uger", "varmen-er-taendt"]
    assert dates["det-sker-de-naeste-to-uger"] >= 10
    assert all(number > 5 for number in sent)
    assert len(sent) == 2
    assert Subscriber.objects.filter(email__endswith="@post.example").count() == 78
    assert [str(draft) for draft in IssuePage.objects.unsent()] == ["Nyt fra værestederne, uge 48"]
    assert Mention.objects.exists()


def test_people_are_counted_and_a_quiet_place_is_told_of_in_blocks_only(eksempelby: None) -> None:
    told = release(MONDAY)
    quiet = VenuePage.objects.get(slug="illu").pk
    perlen = VenuePage.objects.get(slug="perlen").pk
    year = read_period("2026").months

    by_month = [told.told([quiet], [month]) for month in year[:10]]

    assert any(month.people is None and not month.exact for month in by_month)
    assert told.told([quiet], year).people >= settings.FRISTED_SMALL_CELL
    assert all(told.told([perlen], [month]).exact for month in year[:10])
    assert not told.told([perlen], year[10:]).counted


def test_one_shared_question_has_been_asked_and_talked_about(eksempelby: None) -> None:
    indicator = SharedIndicator.objects.get()

    found = results(indicator, read_period("2026-H1"), VenuePage.objects.public(), MONDAY)

    values = {row.venue.slug: row.value for row in found.rows}
    assert (found.final, len(found.conclusions)) == (True, 1)
    assert values["illu"] == "for få til at fortælle"
    assert "ikke indberettet" in values.values()
