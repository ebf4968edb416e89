"""Cooperation agreements: which initiatives they support, and mail before they end."""

import datetime as dt

import pytest
from django.test import Client

from core.models import OutgoingMail, User
from directory.models import CooperationAgreement
from initiatives.actions import link_agreement, remind_ending_agreements
from initiatives.models import AgreementChange, Initiative
from tests.factories.core import make_user
from tests.factories.directory import make_organisation, make_venue
from tests.factories.initiatives import NOW, make_catalogue

DAY = dt.timedelta(days=1)
TODAY = NOW.date()


@pytest.fixture
def agreement(home) -> CooperationAgreement:
    make_catalogue()
    organisation = make_organisation("Foreningen Lygten")
    make_venue(organisation=organisation)
    return CooperationAgreement.objects.create(
        organisation=organisation,
        title="Aftale om åbne nætter",
        starts_on=TODAY - 300 * DAY,
        ends_on=TODAY + 89 * DAY,
    )


def test_agreement_supports_exactly_what_is_said_and_the_log_tells_who(agreement) -> None:
    one, two, three = Initiative.objects.all()[:3]
    link_agreement(agreement, {one: "", two: "Lokaler"}, now=NOW)

    changed = link_agreement(agreement, {two: "Lokaler og varme", three: ""}, now=NOW + DAY)
    again = link_agreement(agreement, {two: "Lokaler og varme", three: ""}, now=NOW + DAY)

    links = {link.initiative.number: link.note for link in agreement.initiative_links.all()}
    newest = AgreementChange.objects.newest_first().first()
    assert (changed, again) == (True, False)
    assert links == {"1b": "Lokaler og varme", "1c": ""}
    assert (newest.before, newest.after) == (
        {"1a": "", "1b": "Lokaler"},
        {"1b": "Lokaler og varme", "1c": ""},
    )


def test_those_concerned_are_written_to_twice_at_most(agreement) -> None:
    make_user("leder@eksempelby.example", role="venue_leader", venue=make_venue("Stuen"))
    venue = agreement.organisation.venues.get()
    make_user("hanne@eksempelby.example", role="venue_leader", venue=venue)
    make_user("chef@eksempelby.example", role="area_head")
    make_user("vagt@eksempelby.example", role="staff", venue=venue)

    for ahead in range(-2, 95):
        remind_ending_agreements(NOW + ahead * DAY)

    sent = sorted(OutgoingMail.objects.values_list("to", flat=True))
    assert sent == ["chef@eksempelby.example"] * 2 + ["hanne@eksempelby.example"] * 2


def test_mail_says_what_ends_and_when_and_where_to_go(agreement) -> None:
    make_user("chef@eksempelby.example", role="area_head", first_name="Jørgen")
    link_agreement(agreement, {Initiative.objects.get(number="1a"): ""}, now=NOW)

    remind_ending_agreements(NOW)

    mail = OutgoingMail.objects.get()
    assert mail.purpose == "agreement_ends"
    assert "Aftale om åbne nætter" in mail.subject
    assert "1a Kerneopgave og målgruppe for hvert værested" in mail.text
    assert f"/admin/initiativer/aftaler/{agreement.pk}/" in mail.text


def test_agreement_that_another_follows_is_not_written_about(agreement) -> None:
    make_user("chef@eksempelby.example", role="area_head")
    CooperationAgreement.objects.create(
        organisation=agreement.organisation,
        title="Ny aftale",
        starts_on=agreement.ends_on + DAY,
    )

    assert remind_ending_agreements(NOW) == 0
    assert not OutgoingMail.objects.exists()


def test_somebody_who_has_left_is_not_written_to(agreement) -> None:
    make_user("chef@eksempelby.example", role="area_head", is_active=False)

    assert remind_ending_agreements(NOW) == 0


def test_address_that_cannot_be_written_to_keeps_the_mail_from_nobody_else(agreement) -> None:
    venue = agreement.organisation.venues.get()
    first = make_user("hanne@eksempelby.example", role="venue_leader", venue=venue)
    make_user("chef@eksempelby.example", role="area_head")
    User.objects.filter(pk=first.pk).update(email="")

    written = remind_ending_agreements(NOW)

    assert (written, OutgoingMail.objects.get().to) == (1, "chef@eksempelby.example")


def test_area_head_links_and_leader_of_the_venue_reads(agreement, client: Client) -> None:
    one, two = Initiative.objects.all()[:2]
    url = f"/admin/initiativer/aftaler/{agreement.pk}/"
    client.force_login(make_user("chef@eksempelby.example", role="area_head"))
    refused = client.post(url, {f"note_{two.pk}": "Uden flueben"})
    saved = client.post(url, {f"supports_{one.pk}": "on", f"note_{one.pk}": "Lokaler"})
    venue = agreement.organisation.venues.get()
    client.force_login(make_user("hanne@eksempelby.example", role="venue_leader", venue=venue))
    read, posted = client.get(url), client.post(url, {f"supports_{two.pk}": "on"})
    other = make_user("stuen@eksempelby.example", role="venue_leader", venue=make_venue("Stuen"))
    client.force_login(other)

    statuses = [answer.status_code for answer in (refused, saved, read, posted, client.get(url))]
    assert statuses == [422, 302, 200, 302, 404]
    assert [link.initiative for link in agreement.initiative_links.all()] == [one]
    assert client.get("/admin/initiativer/aftaler/").context["rows"] == []


def test_agreement_that_goes_leaves_its_log(agreement) -> None:
    link_agreement(agreement, {Initiative.objects.get(number="1a"): ""}, now=NOW)

    agreement.delete()

    entry = AgreementChange.objects.get()
    assert (entry.agreement, entry.agreement_title) == (None, "Aftale om åbne nætter")
