import pytest
from django.urls import reverse

from directory.taxonomy import Role
from staff.models import VenueInternal
from tests.factories.core import make_user
from tests.factories.directory import make_venue

pytestmark = pytest.mark.django_db


@pytest.fixture
def perlen(home):
    return make_venue("Perlen", hours=[(day, "0.00", "0.00") for day in range(7)])


@pytest.fixture
def colleague(client, perlen):
    other = make_venue("Kahytten")
    client.force_login(make_user(role=Role.STAFF, venue=other))
    return client


@pytest.fixture
def own(client, perlen):
    client.force_login(make_user(role=Role.STAFF, venue=perlen))
    return client


NOTE = {
    "contact": "Mette, dagvagten",
    "phone": "87 65 43 21",
    "email": "vagt@perlen.example",
    "deputy": "Ole",
    "referral_note": "Ring først om eftermiddagen.",
}


def test_what_a_venue_writes_is_read_by_colleagues(own, perlen):
    answer = own.post(reverse("staff_internal", args=[perlen.pk]), NOTE)

    shown = own.get(answer.url).content.decode()
    for words in NOTE.values():
        assert words in shown


def test_note_is_nowhere_in_public(client, perlen):
    VenueInternal.objects.create(venue=perlen, **NOTE)

    for address in (perlen.url, "/steder/", "/find/?behov=mad", f"/find/liste/{perlen.pk}/"):
        shown = client.get(address).content.decode()
        assert not [words for words in NOTE.values() if words in shown]


def test_colleague_reads_but_does_not_write(colleague, perlen):
    VenueInternal.objects.create(venue=perlen, **NOTE)

    assert "Mette, dagvagten" in colleague.get(reverse("staff_others")).content.decode()
    assert colleague.get(reverse("staff_internal", args=[perlen.pk])).status_code == 403
    assert colleague.post(reverse("staff_internal", args=[perlen.pk]), {}).status_code == 403
    assert VenueInternal.objects.get().contact == "Mette, dagvagten"


def test_broken_number_is_told_beside_the_field(own, perlen):
    answer = own.post(reverse("staff_internal", args=[perlen.pk]), NOTE | {"phone": "ring bare"})

    assert "Skriv nummeret med" in answer.content.decode()
    assert not VenueInternal.objects.exists()


def test_visitor_and_stranger_stay_outside(client, home):
    addresses = [reverse(name) for name in ("staff_others", "staff_finder", "staff_hand_over")]

    assert [client.get(address).status_code for address in addresses] == [302, 302, 302]
    client.force_login(make_user())
    assert [client.get(address).status_code for address in addresses] == [403, 403, 403]


def test_list_to_take_along_has_an_address_that_says_nothing_but_places(colleague, perlen):
    query = f"?sted={perlen.pk}&sted=ukendt&sted=99999999"

    shown = colleague.get(reverse("staff_hand_over") + query).content.decode()

    assert f"https://fristed.example/find/liste/{perlen.pk}/" in shown
    assert "mailto:?subject=Steder%20til%20dig&amp;body=" in shown


def test_nothing_ticked_leads_back_with_a_word(colleague):
    answer = colleague.get(reverse("staff_hand_over"), follow=True)

    assert "Sæt kryds ved mindst ét sted først." in answer.content.decode()


def test_public_list_shows_the_places_in_order(client, home):
    one, two = make_venue("Perlen"), make_venue("Kahytten")

    shown = client.get(f"/find/liste/{two.pk}-{one.pk}-{two.pk}/").content.decode()

    assert shown.index("Kahytten</a>") < shown.index("Perlen</a>")
    assert "noindex" in shown


def test_list_of_places_that_are_gone_is_not_found(client, perlen):
    perlen.unpublish()

    assert client.get(f"/find/liste/{perlen.pk}/").status_code == 404


def test_public_finder_needs_no_login_and_sets_no_cookie(client, perlen):
    answer = client.get("/find/?behov=anonym")

    assert answer.status_code == 200
    assert not answer.cookies
    assert "Perlen" in answer.content.decode()


def test_finder_names_what_it_does_not_know(client, home):
    shown = client.get("/find/?behov=<script>").content.decode()

    assert "“&lt;script&gt;”" in shown
    assert "<script>" not in shown.split("<main")[1].split("</main")[0]
