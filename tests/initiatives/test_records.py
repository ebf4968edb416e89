"""Facts by the catalogue's keys: written in a form, shown where they are public, never copied."""

import datetime as dt

import pytest
from django.test import Client
from django.utils.translation import override

from core import figures
from core.figures import EXCHANGES, offer_figure
from core.models import ContentVersion
from core.wording import date_text
from initiatives.actions import Refused, save_record
from initiatives.elsewhere import kept_facts
from initiatives.models import Initiative, Progress, Record
from initiatives.public_records import Part, Row, Section, public_sections
from initiatives.reading import local_day
from initiatives.record_reading import fields_for
from newsletter.models import Dispatch, Mention
from newsletter.sending_taxonomy import DispatchKind
from tests.factories.activities import make_activity
from tests.factories.core import make_user
from tests.factories.directory import make_venue
from tests.factories.initiatives import NOW, make_catalogue, make_progress
from tests.factories.newsletter import topic

DAY = dt.timedelta(days=1)
INVOLVED = {
    "how_involved": "Husmøde hver måned.",
    "how_selected": "Ingen bliver valgt.",
    "topics": [{"topic": "Maden"}, {"topic": "Ture"}],
    "forum_type": "house_meeting",
    "meeting_rhythm": "Hver måned",
}


def test_record_keeps_what_the_catalogue_asks_for_and_leaves_other_keys_alone(home) -> None:
    make_catalogue()
    progress = make_progress("1b", make_venue())
    save_record(progress, {**INVOLVED, "core_task": "x", "unknown": 3}, now=NOW)

    entry = save_record(progress, {"meeting_rhythm": "Hver uge"}, now=NOW + DAY)

    assert Record.objects.get().values == {**INVOLVED, "meeting_rhythm": "Hver uge"}
    assert (entry.kind, entry.before, entry.after) == (
        "record",
        {"meeting_rhythm": "Hver måned"},
        {"meeting_rhythm": "Hver uge"},
    )


def test_saving_the_same_facts_adds_nothing(home) -> None:
    make_catalogue()
    progress = make_progress("1b", make_venue())
    save_record(progress, INVOLVED, now=NOW)

    assert save_record(progress, INVOLVED, now=NOW + DAY) is None


def test_cpr_number_is_refused_also_inside_a_list(home) -> None:
    make_catalogue()
    progress = make_progress("1b", make_venue())

    with override("en"), pytest.raises(Refused) as refused:
        save_record(progress, {"topics": [{"topic": "Hans, 010190-1234"}]}, now=NOW)

    assert list(refused.value.problems) == ["topics"]
    assert not Record.objects.exists()


def test_public_fields_and_only_they_stand_on_the_venues_page(home, client: Client) -> None:
    make_catalogue()
    venue = make_venue()
    save_record(make_progress("1b", venue), INVOLVED, now=NOW)

    page = client.get(venue.url).content.decode()

    assert public_sections(venue, NOW) == [
        Section(
            "initiativ-1b",
            "Du kan være med til at bestemme",
            (
                Part("Sådan er du med", ("Husmøde hver måned.",)),
                Part("Det kan vi tale om", rows=(Row("Maden", ()), Row("Ture", ()))),
                Part("Sådan mødes vi", ("Husmøde",)),
                Part("Hvor tit", ("Hver måned",)),
            ),
        )
    ]
    assert "Husmøde hver måned." in page
    assert "Ingen bliver valgt." not in page


def test_what_is_switched_off_is_not_shown_and_the_page_hears_of_it(home) -> None:
    make_catalogue()
    venue = make_venue()
    progress = make_progress("1b", venue)
    save_record(progress, INVOLVED, now=NOW)
    before = ContentVersion.current()[0]

    save_record(progress, {}, shown=False, now=NOW + DAY)

    assert public_sections(venue, NOW) == []
    assert ContentVersion.current()[0] == before + 1


def test_tasks_are_shown_as_tasks_and_only_when_the_venue_wants(home) -> None:
    make_catalogue()
    venue = make_venue()
    progress = make_progress("3b", venue)
    task = {"title": "Tænd kaffen", "support": "Morgenværten", "state": "free"}
    values = {"task_overview": [task], "user_volunteer_count": 7}
    save_record(progress, {**values, "tasks_published": False}, now=NOW)
    hidden = public_sections(venue, NOW)

    save_record(progress, {"tasks_published": True}, now=NOW)

    assert hidden == []
    more = (("Du får hjælp af", "Morgenværten"), ("", "Ledig"))
    assert public_sections(venue, NOW)[0].parts == (
        Part("Opgaver, du kan tage", rows=(Row("Tænd kaffen", more),)),
    )


def test_text_of_a_record_is_never_markup_on_the_page(home, client: Client) -> None:
    make_catalogue()
    venue = make_venue()
    save_record(make_progress("1b", venue), {"how_involved": "<script>1</script>"}, now=NOW)

    page = client.get(venue.url).content.decode()

    assert "&lt;script&gt;1&lt;/script&gt;" in page


def rows(key: str, *texts: str, column: str, initial: int = 0) -> dict[str, str]:
    """Return the data of a list's rows as a browser sends them."""
    data = {f"{key}-TOTAL_FORMS": str(len(texts)), f"{key}-INITIAL_FORMS": str(initial)}
    return data | {f"{key}-{place}-{column}": text for place, text in enumerate(texts)}


def test_leader_fills_in_a_record_with_a_list(home, client: Client) -> None:
    make_catalogue()
    venue = make_venue()
    client.force_login(make_user(role="venue_leader", venue=venue))
    url = f"/admin/initiativer/steder/{venue.pk}/1b/oplysninger/"
    data = {"how_involved": "Vi spørger.", "adopted_on": "2026-11-02", "shown": "on"}
    data |= rows("topics", "Maden", "", "Ture", column="topic") | rows("input_log", column="said")

    answer = client.post(url, data)

    assert answer.status_code == 302
    assert Record.objects.get().values == {
        "how_involved": "Vi spørger.",
        "how_selected": "",
        "topics": [{"topic": "Maden"}, {"topic": "Ture"}],
        "forum_type": "",
        "meeting_rhythm": "",
        "adopted_on": "2026-11-02",
        "input_log": [],
        "review_due": None,
    }


def test_more_rows_come_without_saving_and_without_losing_words(home, client: Client) -> None:
    make_catalogue()
    venue = make_venue()
    client.force_login(make_user(role="venue_leader", venue=venue))
    url = f"/admin/initiativer/steder/{venue.pk}/1b/oplysninger/"
    data = {"how_involved": "Vi spørger.", "more_topics": ""}
    data |= rows("topics", "Maden", column="topic") | rows("input_log", column="said")

    answer = client.post(url, data)

    form = answer.context["form"]
    assert len(form.lists["topics"].forms) == 4
    assert form["how_involved"].value() == "Vi spørger."
    assert not Record.objects.exists()


def test_broken_rows_are_answered_with_a_message_and_never_an_error(home, client: Client) -> None:
    make_catalogue()
    venue = make_venue()
    client.force_login(make_user(role="venue_leader", venue=venue))
    url = f"/admin/initiativer/steder/{venue.pk}/1b/oplysninger/"
    bodies = [
        {"how_involved": "x"},
        {"topics-TOTAL_FORMS": "abc", "more_topics": ""},
        {"adopted_on": "31.2.2026", **rows("topics", column="topic")},
        {"forum_type": "parade", **rows("topics", column="topic")},
    ]

    statuses = [client.post(url, body).status_code for body in bodies]

    assert statuses == [422, 200, 422, 422]
    assert not Record.objects.exists()


def test_venues_own_facts_are_referred_to_and_not_in_the_form(home, client: Client) -> None:
    make_catalogue()
    venue = make_venue(core_task="<p>Varme og ro.</p>", not_for="Børn")
    client.force_login(make_user(role="venue_leader", venue=venue))

    shown = client.get(f"/admin/initiativer/steder/{venue.pk}/1a/").context
    form = client.get(f"/admin/initiativer/steder/{venue.pk}/1a/oplysninger/").context["form"]

    kept = {key: fact.lines for fact in shown["kept"] for key in fact.keys}
    assert kept["core_task"] == ("Varme og ro.",)
    assert kept["not_for"] == ("Børn",)
    assert {*form.fields, *form.lists}.isdisjoint(kept)


def test_initiative_kept_elsewhere_has_no_form(home, client: Client) -> None:
    make_catalogue()
    client.force_login(make_user(role="area_head"))

    assert client.get("/admin/initiativer/faelles/4a/oplysninger/").status_code == 404


def test_two_who_fill_in_a_record_at_once_do_not_overwrite_each_other(home, client: Client) -> None:
    make_catalogue()
    venue = make_venue()
    progress = make_progress("1c", venue)
    client.force_login(make_user(role="venue_leader", venue=venue))
    seen = progress.changed_at.isoformat()
    save_record(progress, {"host_role_staff": "Ved døren"}, now=NOW + DAY)
    data = {"seen_at": seen, "host_role_staff": "Et andet sted"}
    data |= rows("improvements", column="what")

    answer = client.post(f"/admin/initiativer/steder/{venue.pk}/1c/oplysninger/", data)

    assert answer.status_code == 422
    assert answer.context["form"]["host_role_staff"].value() == "Et andet sted"
    assert Record.objects.get().values["host_role_staff"] == "Ved døren"
    assert Progress.objects.count() == 1


def test_newest_letter_that_told_of_a_venue_is_shown_in_its_record(home) -> None:
    make_catalogue()
    venue, other = make_venue(), make_venue("Kahytten")
    activity = make_activity(venue)
    for days, told in ((9, activity), (2, activity), (1, make_activity(other))):
        dispatch = Dispatch.objects.create(
            kind=DispatchKind.WEEKLY,
            topic=topic(),
            key=f"uge-{days}",
            due_at=NOW,
            created_at=NOW,
            frozen_at=NOW - days * DAY,
        )
        Mention.objects.create(dispatch=dispatch, activity=told, dates=1)
    fields = fields_for(Initiative.objects.get(number="2b"), joint=False)

    kept = {key: fact.lines for fact in kept_facts(fields, venue, NOW) for key in fact.keys}

    assert kept["newsletter_last_sent"] == (date_text((NOW - 2 * DAY).date()),)


def test_visits_and_courses_are_counted_and_not_written(home, monkeypatch) -> None:
    make_catalogue()
    venue, asked = make_venue(), []
    monkeypatch.setattr(figures, "_offered", {})
    fields = fields_for(Initiative.objects.get(number="4b"), joint=False)

    offer_figure(EXCHANGES, lambda *days: asked.append(days) or {venue.pk: 3})
    (kept,) = (fact for fact in kept_facts(fields, venue, NOW) if "held_on" in fact.keys)

    today = local_day(NOW)
    assert asked == [(today - 365 * DAY, today)]
    assert (kept.place, kept.url, kept.lines) == (
        "Kendskab",
        "/intern/kendskab/",
        ("3 i det seneste år",),
    )
