"""The editor's form for an activity: what it reads, what it refuses and in which words."""

import datetime as dt

import pytest
from django.http import QueryDict
from django.utils import translation

from activities.models import ActivityPage, Schedule
from core.models import User
from directory.taxonomy import Role
from tests.factories.core import make_user
from tests.factories.directory import make_venue

pytestmark = pytest.mark.sqlite_is_enough


def row(**fields):
    """Return one posted row: every Tuesday 17.30 to 19.30 from 3 March 2026, unless told else."""
    values = {
        "id": "",
        "key": "",
        "frequency": "weekly",
        "weekdays": ["1"],
        "starts": "17.30",
        "ends": "19.30",
        "first_on": "3.3.2026",
        "until_on": "",
        "weeks": "every",
        "interval": "2",
        "nth": "",
        "ORDER": "1",
    }
    return values | fields


def posted(*rows, breaks=(), **fields):
    """Return what the browser sends for a new activity."""
    data = {
        "title": "Fællesspisning på Ærø",
        "slug": "",
        "summary": "Vi laver mad sammen.",
        "kind": "fixed",
        "activity_type": "meal",
        "place_kind": "own",
        "price_type": "free",
        "sign_up": "none",
        "gender_policy": "all",
        "body": "null",
    } | fields
    for name, items in (("schedules", rows), ("breaks", breaks)):
        data |= {
            f"{name}-TOTAL_FORMS": str(len(items)),
            f"{name}-INITIAL_FORMS": "0",
            f"{name}-MIN_NUM_FORMS": "0",
            f"{name}-MAX_NUM_FORMS": "1000",
        }
        for number, item in enumerate(items):
            data |= {f"{name}-{number}-{field}": value for field, value in item.items()}
    return data


@pytest.fixture
def venue(home):
    make_user("form@eksempelby.example", admin=True)
    return make_venue()


def filled(venue, data, *, draft=False, page=None):
    """Return the form with `data` in it, checked as for publishing or as a draft."""
    query = QueryDict(mutable=True)
    for name, value in data.items():
        query.setlist(name, value if isinstance(value, list) else [value])
    form = ActivityPage.get_edit_handler().get_form_class()(
        query,
        instance=page or ActivityPage(),
        parent_page=venue,
        for_user=User.objects.get(is_superuser=True),
    )
    if draft:
        form.defer_required_fields()
    form.is_valid()
    return form


def errors_of_row(form, number=0):
    return {
        name: [error["code"] or error["message"] for error in errors]
        for name, errors in form.formsets["schedules"].forms[number].errors.get_json_data().items()
    }


def messages_of_row(form, number=0):
    return form.formsets["schedules"].forms[number].errors


def test_a_weekly_activity_is_read(venue):
    form = filled(venue, posted(row()))

    assert (form.errors, errors_of_row(form)) == ({}, {})
    page = form.save(commit=False)
    (schedule,) = page.schedules.all()
    assert page.slug == "faellesspisning-paa-aeroe"
    assert (schedule.weekdays, schedule.starts, schedule.ends, schedule.first_on) == (
        [1],
        dt.time(17, 30),
        dt.time(19, 30),
        dt.date(2026, 3, 3),
    )
    assert len(schedule.key) == 8


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"weekdays": []}, "weekdays", "Choose at least one day of the week."),
        (
            {"ends": "16.30"},
            "ends",
            "It ends before it begins. Does it end after midnight? Then tick the box.",
        ),
        (
            {"ends": "17.30"},
            "ends",
            "It ends before it begins. Does it end after midnight? Then tick the box.",
        ),
        ({"starts": ""}, "starts", "Write the time, for example 17.30."),
        ({"starts": "aften"}, "starts", "Write the time as hours and minutes, for example 17.30."),
        ({"first_on": ""}, "first_on", "Write the day, for example 3.3.2026."),
        ({"until_on": "2.3.2026"}, "until_on", "The last day lies before the first."),
        (
            {"until_on": "4.3.2026", "weekdays": ["0"]},
            "until_on",
            "There is no such day between the first and the last day.",
        ),
        (
            {"until_on": "1.1.2099", "weekdays": list("0123456")},
            "until_on",
            "That makes more than 2,000 dates. Choose an earlier last day, or leave it empty.",
        ),
        ({"first_on": "3.3.1900"}, "first_on", "Choose a year between 1970 and 2199."),
        (
            {"weeks": "interval", "interval": "53"},
            "interval",
            "Write a number of weeks from 1 to 52.",
        ),
        (
            {"frequency": "monthly", "nth": ""},
            "nth",
            "Choose which one of the month, for example the second.",
        ),
    ],
)
def test_what_cannot_be_is_refused_beside_the_field(venue, changes, field, message):
    with translation.override("en"):
        form = filled(venue, posted(row(**changes)))

        assert messages_of_row(form) == {field: [message]}


def test_what_was_typed_stays(venue):
    form = filled(venue, posted(row(ends="16.30", weekdays=["1", "3"])))

    bound = form.formsets["schedules"].forms[0]
    assert (bound["ends"].value(), bound["weekdays"].value()) == ("16.30", ["1", "3"])


def test_an_activity_may_end_after_midnight_when_somebody_says_so(venue):
    form = filled(venue, posted(row(starts="20", ends="2", overnight="on")))

    assert errors_of_row(form) == {}


def test_midnight_itself_needs_no_tick(venue):
    form = filled(venue, posted(row(starts="20", ends="24")))

    assert errors_of_row(form) == {}
    assert form.formsets["schedules"].forms[0].instance.ends == dt.time(0)


def test_one_date_needs_no_weekday(venue):
    form = filled(venue, posted(row(frequency="once", weekdays=["1"], until_on="sludder")))

    assert errors_of_row(form) == {}
    assert form.formsets["schedules"].forms[0].instance.weekdays == []


def test_an_activity_without_a_time_is_a_draft_only(venue):
    untouched = row(weekdays=[], starts="", ends="", first_on=f"{dt.date.today():%d.%m.%Y}")

    draft = filled(venue, posted(untouched), draft=True)
    assert (draft.is_valid(), list(draft.save(commit=False).schedules.all())) == (True, [])

    finished = filled(venue, posted(untouched, title="Kor"))
    assert set(errors_of_row(finished)) == {"starts", "ends"}
    with translation.override("en"):
        without = filled(venue, posted(title="Kor"))
        assert without.formsets["schedules"].non_form_errors() == ["Say when it happens."]


def test_a_draft_may_miss_weekday_place_and_price(venue):
    data = posted(
        row(weekdays=[]), summary="", place_kind="other_venue", price_type="fixed", price=""
    )

    draft = filled(venue, data, draft=True)
    finished = filled(venue, data | {"title": "Kor"})

    assert draft.is_valid()
    assert set(finished.errors) == {"summary", "place_venue", "price"}


def test_a_half_written_row_is_refused_in_a_draft_and_kept_on_the_screen(venue):
    form = filled(venue, posted(row(starts="")), draft=True)

    assert errors_of_row(form) == {"starts": ["required"]}
    assert form.formsets["schedules"].forms[0]["ends"].value() == "19.30"


def test_kroner_are_stored_as_oere_and_shown_as_kroner(venue):
    form = filled(venue, posted(row(), price_type="range", price="25,50", price_max="40"))
    page = form.save(commit=False)

    assert (page.price, page.price_max) == (2550, 4000)
    shown = ActivityPage.get_edit_handler().get_form_class()(instance=page, parent_page=venue)
    assert shown["price"].value() == "25,50"


def test_a_taken_address_gets_a_number(venue):
    first = filled(venue, posted(row())).save(commit=False)
    venue.add_child(instance=first)

    second = filled(venue, posted(row()))

    assert second.cleaned_data["slug"] == "faellesspisning-paa-aeroe-2"


def test_rows_keep_their_key_and_never_share_one(venue):
    form = filled(venue, posted(row(key="plan1"), row(key="plan1", starts="10", ends="11")))
    keys = [schedule.key for schedule in form.save(commit=False).schedules.all()]

    assert keys[0] == "plan1"
    assert keys[1] != "plan1"


@pytest.mark.parametrize("key", ["'><script>", "x" * 13, "æ"])
def test_a_strange_key_is_replaced(venue, key):
    form = filled(venue, posted(row(key=key)))

    assert form.formsets["schedules"].forms[0].instance.key != key


def test_a_stored_row_keeps_its_key_whatever_is_posted(venue):
    page = filled(venue, posted(row(key="plan1"))).save(commit=False)
    venue.add_child(instance=page)
    stored = Schedule.objects.get(activity=page)

    data = posted(row(id=str(stored.pk), key="andet"), slug=page.slug)
    form = filled(venue, data | {"schedules-INITIAL_FORMS": "1"}, page=page)

    assert [each.key for each in form.save(commit=False).schedules.all()] == ["plan1"]


def test_a_break_that_ends_before_it_begins_is_refused(venue):
    backwards = {"id": "", "first_on": "31.7.2026", "until_on": "1.7.2026", "reason": ""}

    with translation.override("en"):
        form = filled(venue, posted(row(), breaks=[backwards]))

        assert form.formsets["breaks"].forms[0].errors == {
            "until_on": ["The last day lies before the first."]
        }


def test_hosts_are_asked_for_under_shared_events_only(home, venue):
    other = make_venue("Klub Vera")
    editor = make_user("vera@eksempelby.example", role=Role.EDITOR, venue=venue)
    form_class = ActivityPage.get_edit_handler().get_form_class()

    own = form_class(instance=ActivityPage(), parent_page=venue, for_user=editor)
    shared = form_class(instance=ActivityPage(), parent_page=home.shared, for_user=editor)

    assert {"lead_venue", "co_hosts"} & set(own.fields) == set()
    assert {"lead_venue", "co_hosts"} & set(shared.fields) == {"co_hosts"}
    assert list(shared.fields["co_hosts"].queryset) == [other, venue]


def test_a_title_that_is_an_address_of_the_venue_gets_a_number(venue):
    form = filled(venue, posted(row(), title="Program"))

    assert form.cleaned_data["slug"] == "program-2"


def test_an_address_that_something_else_has_is_refused_beside_its_field(home, venue):
    with translation.override("en"):
        form = filled(venue, posted(row(), slug="program"))
        shared = filled(home.shared, posted(row(), slug="program"))

        assert form.errors == {
            "slug": ["Something else on the site has the address “program”. Choose another one."]
        }
        assert "slug" not in shared.errors
