"""Two tabs: in one a venue's address becomes secret, in the other it still stands."""

import pytest
from django.urls import reverse

from directory.models import SecretAddress, VenuePage
from tests.directory.test_admin import send_venue, venue_form
from tests.factories.core import make_user

OPEN = {"street": "Skjulevej 7", "city": "Gemmeby"}


@pytest.fixture
def admin(home, client):
    client.force_login(make_user("admin@eksempelby.example", admin=True))
    return client


@pytest.fixture
def venue(admin, home):
    send_venue(admin, home, **OPEN)
    return VenuePage.objects.get()


def save(admin, venue, seen, **fields):
    """Publish from a tab that was opened when `seen` was the newest version."""
    loaded = {
        "loaded_revision_id": str(seen.pk),
        "loaded_revision_created_at": seen.created_at.isoformat(),
    }
    address = reverse("wagtailadmin_pages:edit", args=[venue.pk])
    return admin.post(address, venue_form(**OPEN, **loaded, **fields))


def test_an_older_tab_does_not_bring_a_secret_address_back(admin, venue):
    older = venue.latest_revision
    save(admin, venue, older, address_public=None)

    answer = save(admin, venue, older, summary="Kom indenfor.")

    venue.refresh_from_db()
    assert "address_public" in answer.context["form"].errors
    assert (venue.address_public, venue.street) == (False, "")
    assert "Skjulevej" not in str(venue.get_latest_revision().content)
    assert SecretAddress.objects.get().street == "Skjulevej 7"


def test_whoever_has_seen_that_it_is_secret_may_make_it_public(admin, venue):
    save(admin, venue, venue.latest_revision, address_public=None)
    newest = VenuePage.objects.get().latest_revision

    save(admin, venue, newest)

    venue.refresh_from_db()
    assert (venue.address_public, venue.street) == (True, "Skjulevej 7")
