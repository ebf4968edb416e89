"""Rights are asked for once a request, and anew when a membership changes."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directory.models import Membership
from directory.permissions import rights_of, rights_remembered
from directory.taxonomy import Role
from tests.factories.core import make_user
from tests.factories.directory import make_venue

pytestmark = pytest.mark.django_db


@pytest.fixture
def venue(home):
    return make_venue()


def test_one_query_for_each_person_while_remembered(venue, django_assert_num_queries):
    editor, other = make_user(role=Role.EDITOR, venue=venue), make_user("bo@fristed.example")

    with rights_remembered(), django_assert_num_queries(2):
        found = [rights_of(editor), rights_of(editor), rights_of(other), rights_of(other)]

    assert [rights.works_here for rights in found] == [True, True, False, False]


def test_outside_a_request_nothing_is_remembered(venue, django_assert_num_queries):
    editor = make_user(role=Role.EDITOR, venue=venue)

    with django_assert_num_queries(2):
        assert rights_of(editor) == rights_of(editor)


def test_membership_that_changes_meanwhile_counts_at_once(venue):
    user = make_user()

    with rights_remembered():
        before = rights_of(user).works_here
        row = Membership.objects.create(user=user, venue=venue, role=Role.STAFF)
        during = rights_of(user).works_here
        row.delete()
        after = rights_of(user).works_here

    assert (before, during, after) == (False, True, False)


def test_deactivated_person_has_no_rights_though_remembered(venue):
    user = make_user(role=Role.STAFF, venue=venue)

    with rights_remembered():
        rights_of(user)
        user.is_active = False

        assert not rights_of(user).active


def test_admin_page_asks_once(client, venue):
    client.force_login(make_user(role=Role.EDITOR, venue=venue))
    client.get("/admin/")

    with CaptureQueriesContext(connection) as queries:
        client.get("/admin/")

    asked = [q["sql"] for q in queries if '"directory_membership"."role"' in q["sql"]]
    assert len([sql for sql in asked if sql.startswith("SELECT")]) <= 3
