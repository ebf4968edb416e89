"""Two editors of two venues, and everybody else: who sees and does what in the page admin."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageLogEntry
from wagtail.permissions import policy_registry

from activities.models import ActivityHost, ActivityPage, Occurrence
from activities.permissions import MembershipPagePolicy
from activities.taxonomy import HostRole, HostStatus
from directory.models import Membership, VenuePage
from directory.permissions import ACCESS_GROUP, COMMUNICATION_GROUP, rights_of
from directory.taxonomy import Role
from tests.factories.activities import make_activity, make_host, make_schedule, make_shared_event
from tests.factories.core import make_user
from tests.factories.directory import make_venue
from tests.factories.pages import make_standard_page

pytestmark = pytest.mark.sqlite_is_enough

SECRET = "Hemmelig plan om Ankeret"


@pytest.fixture
def two(home):
    """Perlen with its editor, and Ankeret with a draft that only Ankeret may know of."""

    class Two:
        shared = home.shared
        home_page = home.home
        perlen = make_venue("Perlen")
        ankeret = make_venue("Ankeret")
        own = make_activity(perlen, "Banko", refresh=False)
        draft = make_activity(ankeret, SECRET, slug="plan", live=False, refresh=False)
        theirs = make_activity(ankeret, "Yoga", refresh=False)
        editor = make_user("perlen@eksempelby.example", role=Role.EDITOR, venue=perlen)
        other = make_user("ankeret@eksempelby.example", role=Role.EDITOR, venue=ankeret)

    for page in (Two.own, Two.draft, Two.theirs):
        page.save_revision()
    return Two


def someone(role, venue=None):
    return make_user(f"{role}@eksempelby.example", role=role, venue=venue)


def can(user, page):
    """The letters of what a person may do with a page."""
    tester = Page.objects.get(pk=page.pk).permissions_for_user(type(user).objects.get(pk=user.pk))
    asked = {
        "a": tester.can_add_subpage,
        "e": tester.can_edit,
        "p": tester.can_publish,
        "d": tester.can_delete,
        "m": tester.can_move,
        "u": tester.can_unpublish,
        "r": tester.can_set_view_restrictions,
    }
    return "".join(letter for letter, ask in asked.items() if ask())


@pytest.mark.parametrize(
    ("role", "venue", "activity", "theirs", "text", "front"),
    [
        (Role.VOLUNTEER, "a", "e", "", "", ""),
        (Role.STAFF, "a", "e", "", "", ""),
        (Role.EDITOR, "aep", "epdmu", "", "", ""),
        (Role.VENUE_LEADER, "aep", "epdmu", "", "", ""),
        (Role.COMMUNICATION, "aep", "epdmu", "epdmu", "aepdmu", "aep"),
        (Role.AREA_HEAD, "", "", "", "", ""),
    ],
)
def test_what_each_role_may_do(two, role, venue, activity, theirs, text, front):
    everywhere = role in (Role.COMMUNICATION, Role.AREA_HEAD)
    user = someone(role, None if everywhere else two.perlen)
    standard = make_standard_page(two.home_page)

    assert can(user, two.perlen) == venue
    assert can(user, two.own) == activity
    assert can(user, two.theirs) == theirs
    assert can(user, standard) == text
    assert can(user, two.home_page) == front


def test_an_administrator_may_do_everything_and_a_deactivated_one_nothing(two):
    admin = make_user("admin@eksempelby.example", admin=True)
    gone = make_user("gone@eksempelby.example", admin=True, is_active=False)

    assert can(admin, two.perlen) == "aepdmu"
    assert can(gone, two.perlen) == ""


def test_a_deactivated_editor_may_do_nothing(two):
    two.editor.is_active = False
    two.editor.save()
    policy = policy_registry.get_by_type(Page)

    assert can(two.editor, two.own) == ""
    assert list(policy.explorable_instances(two.editor)) == []
    assert policy.user_has_permission(two.editor, "change") is False
    assert rights_of(two.editor).works_here is False


def test_a_right_that_is_taken_away_is_gone_at_the_next_request(two, client):
    client.force_login(two.editor)
    before = client.get(reverse("wagtailadmin_pages:edit", args=[two.own.pk])).status_code

    Membership.objects.filter(user=two.editor).delete()
    after = client.get(reverse("wagtailadmin_pages:edit", args=[two.own.pk]))

    assert (before, after.status_code) == (200, 302)
    assert after.url.startswith("/admin/login/") or after.url == "/admin/"


def test_the_lead_hosts_editor_manages_a_shared_event_and_an_accepted_hosts_edits_it(two):
    event = make_shared_event(two.shared, two.perlen, two.ankeret, refresh=False)

    assert can(two.editor, event) == "epdmu"
    assert can(two.other, event) == "ep"


def test_an_invited_host_may_not_edit_before_it_says_yes(two):
    event = make_shared_event(two.shared, two.perlen, two.ankeret, accepted=False, refresh=False)

    assert can(two.other, event) == ""


def test_an_accepted_host_edits_an_activity_below_the_other_venue(two):
    make_host(two.own, two.perlen, role=HostRole.LEAD)
    make_host(two.own, two.ankeret, status=HostStatus.ACCEPTED)

    assert can(two.other, two.own) == "ep"
    assert can(two.other, two.perlen) == ""


def test_editors_add_shared_events_but_do_not_edit_their_list(two):
    volunteer = someone(Role.VOLUNTEER, two.perlen)

    assert can(two.editor, two.shared) == "a"
    assert two.shared.permissions_for_user(two.editor).can_publish_subpage() is True
    assert can(volunteer, two.shared) == ""


@pytest.mark.parametrize(
    "name",
    [
        "wagtailadmin_pages:edit",
        "wagtailadmin_pages:delete",
        "wagtailadmin_pages:unpublish",
        "wagtailadmin_pages:move",
        "wagtailadmin_pages:copy",
        "wagtailadmin_pages:history",
        "wagtailadmin_pages:usage",
        "wagtailadmin_pages:view_draft",
        "wagtailadmin_pages:set_privacy",
        "wagtailadmin_pages:workflow_history",
    ],
)
def test_another_venues_pages_are_closed(two, client, name):
    client.force_login(two.editor)

    answers = [client.get(reverse(name, args=[page.pk])) for page in (two.draft, two.ankeret)]

    assert {answer.status_code for answer in answers} <= {302, 403, 404}
    assert not any(SECRET in answer.content.decode() for answer in answers)


def test_another_venues_revisions_are_closed(two, client):
    client.force_login(two.editor)
    revision = two.draft.latest_revision.pk
    pages = [
        reverse("wagtailadmin_pages:revisions_revert", args=[two.draft.pk, revision]),
        reverse("wagtailadmin_pages:revisions_view", args=[two.draft.pk, revision]),
        reverse("wagtailadmin_pages:revisions_compare", args=[two.draft.pk, revision, "live"]),
    ]

    answers = [client.get(address) for address in pages]

    assert {answer.status_code for answer in answers} <= {302, 403, 404}


def test_nothing_can_be_added_below_another_venue(two, client):
    client.force_login(two.editor)
    address = reverse("wagtailadmin_pages:add", args=["activities", "activitypage", two.ankeret.pk])

    assert client.get(address).status_code in {302, 403}
    assert client.post(address, {"title": "Kapret", "slug": "kapret"}).status_code in {302, 403}
    assert ActivityPage.objects.filter(title="Kapret").exists() is False


@pytest.mark.parametrize(
    "address",
    [
        "/admin/",
        "/admin/pages/",
        "/admin/pages/search/?q=plan",
        "/admin/pages/search/results/?q=plan",
        "/admin/choose-page/",
        "/admin/choose-page/search/?q=plan",
        "/admin/api/main/pages/",
        "/admin/reports/aging-pages/",
        "/admin/reports/site-history/",
        "/admin/reports/page-types-usage/",
    ],
)
def test_lists_do_not_show_another_venues_drafts(two, client, address):
    client.force_login(two.editor)
    two.draft.save_revision()  # what was edited last of all

    answer = client.get(address, follow=True)

    assert SECRET not in answer.content.decode()


@pytest.mark.parametrize("page", ["ankeret", "index"])
def test_browsing_another_venue_shows_nothing_of_it(two, client, page):
    client.force_login(two.editor)
    parent = two.ankeret if page == "ankeret" else two.ankeret.get_parent()
    addresses = [
        reverse("wagtailadmin_explore", args=[parent.pk]),
        reverse("wagtailadmin_choose_page_child", args=[parent.pk]),
        reverse("wagtailadmin_choose_page_child", args=[two.draft.pk]),
        reverse("wagtailadmin_choose_page_chosen_multiple") + f"?id={two.draft.pk}",
        f"/admin/api/main/pages/?child_of={parent.pk}",
        f"/admin/api/main/pages/{two.draft.pk}/",
    ]

    answers = [client.get(address, follow=True) for address in addresses]

    assert not any(SECRET in answer.content.decode() for answer in answers)


def test_a_move_that_is_not_ones_own_to_make_names_no_draft(two, client):
    client.force_login(two.editor)
    targets = [two.ankeret, two.perlen]

    answers = [
        client.get(reverse("wagtailadmin_pages:move_confirm", args=[two.draft.pk, target.pk]))
        for target in targets
    ]

    assert {answer.status_code for answer in answers} == {302}
    assert SECRET not in client.get("/admin/").content.decode()


def test_the_chooser_still_shows_what_may_be_linked_to(two, client):
    client.force_login(two.editor)
    parents = [two.ankeret.get_parent(), two.perlen, two.ankeret]

    lists = [
        client.get(reverse("wagtailadmin_choose_page_child", args=[parent.pk])).content.decode()
        for parent in parents
    ]

    assert ["Ankeret" in lists[0], "Banko" in lists[1], "Yoga" in lists[2]] == [True, True, True]
    assert client.get(reverse("wagtailadmin_choose_page")).status_code == 200


def test_the_explorer_opens_at_what_is_ones_own(two, client):
    client.force_login(two.editor)
    policy = policy_registry.get_by_type(Page)

    titles = {page.title for page in policy.explorable_instances(two.editor)}

    assert titles == {"Eksempelby", "Væresteder", "Fælles arrangementer", "Perlen", "Banko"}
    assert policy.explorable_root_instance(two.editor).title == "Eksempelby"
    assert client.get(reverse("wagtailadmin_explore", args=[two.perlen.pk])).status_code == 200


def test_a_volunteer_sees_their_venue_only(two):
    volunteer = someone(Role.VOLUNTEER, two.perlen)
    policy = policy_registry.get_by_type(Page)

    assert policy.explorable_root_instance(volunteer).title == "Perlen"
    assert {page.title for page in policy.explorable_instances(volunteer)} == {"Perlen", "Banko"}


def test_the_area_head_sees_everything_and_changes_nothing(two, client):
    head = someone(Role.AREA_HEAD)
    client.force_login(head)

    listing = client.get(reverse("wagtailadmin_explore", args=[two.ankeret.pk]))

    assert SECRET in listing.content.decode()
    assert client.get(reverse("wagtailadmin_pages:edit", args=[two.own.pk])).status_code == 302


def test_bulk_actions_leave_another_venues_pages_alone(two, client):
    client.force_login(two.editor)

    for action in ("unpublish", "delete", "publish"):
        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
        client.post(f"{address}?id={two.theirs.pk}&id={two.ankeret.pk}&id={two.perlen.pk}&next=/")

    assert set(VenuePage.objects.live()) == {two.perlen, two.ankeret}
    assert ActivityPage.objects.get(pk=two.theirs.pk).live is True
    assert ActivityPage.objects.get(pk=two.draft.pk).live is False


def awaited(two):
    """Banko at Perlen takes place tomorrow."""
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    plan = [make_schedule(tomorrow, frequency="once", weekdays=[])]
    return make_activity(two.perlen, "Udflugt", schedules=plan)


def test_an_activity_with_dates_to_come_is_not_deleted(two, client):
    activity = awaited(two)
    client.force_login(two.editor)

    answer = client.post(reverse("wagtailadmin_pages:delete", args=[activity.pk]), follow=True)

    told = [str(message) for message in answer.context["messages"]]
    assert len(told) == 1
    assert "Udflugt" in told[0]
    assert ActivityPage.objects.filter(pk=activity.pk).exists() is True


@pytest.mark.parametrize("action", ["delete", "unpublish", "publish", "copy"])
def test_the_programs_way_round_the_forms_is_closed(two, client, action):
    client.force_login(two.editor)

    answer = client.post(f"/admin/api/main/pages/{two.own.pk}/action/{action}/", {})

    assert answer.status_code == 404
    assert ActivityPage.objects.get(pk=two.own.pk).live


def test_one_awaited_page_stops_a_bulk_deletion(two, client):
    activity = awaited(two)
    client.force_login(two.editor)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])

    client.post(f"{address}?id={activity.pk}&id={two.own.pk}&next=/admin/")

    assert {activity, two.own} <= set(ActivityPage.objects.all())


def test_a_venue_with_dates_to_come_is_not_deleted_by_an_administrator_either(two, client):
    awaited(two)
    client.force_login(make_user("admin@eksempelby.example", admin=True))

    client.post(reverse("wagtailadmin_pages:delete", args=[two.perlen.pk]))

    assert VenuePage.objects.filter(pk=two.perlen.pk).exists() is True


def test_an_activity_nobody_waits_for_is_deleted_by_its_editor(two, client):
    client.force_login(two.editor)

    client.post(reverse("wagtailadmin_pages:delete", args=[two.own.pk]))

    assert ActivityPage.objects.filter(pk=two.own.pk).exists() is False
    assert PageLogEntry.objects.filter(page_id=two.own.pk, action="wagtail.delete").count() == 1


def test_bulk_unpublishing_hides_dates(two, client):
    activity = awaited(two)
    client.force_login(two.editor)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"])

    client.post(f"{address}?id={activity.pk}&next=/admin/")

    assert Occurrence.objects.filter(activity=activity, public=True).count() == 0


def test_the_form_for_copies_offers_neither_alias_nor_publishing(two, client):
    client.force_login(two.editor)

    answer = client.get(reverse("wagtailadmin_pages:copy", args=[two.own.pk]))

    assert set(answer.context["form"].fields) == {"new_title", "new_slug", "new_parent_page"}


def test_who_may_publish_is_found_from_the_page_too(two):
    policy = MembershipPagePolicy()
    event = make_shared_event(two.shared, two.perlen, two.ankeret, refresh=False)
    press = someone(Role.COMMUNICATION)
    someone(Role.VOLUNTEER, two.perlen)

    def publishers(page):
        found = policy.users_with_permission_for_instance("publish", page, False)
        return set(found)

    assert publishers(two.own) == {two.editor, press}
    assert publishers(event) == {two.editor, two.other, press}
    assert set(policy.users_with_permission("publish", False)) == {two.editor, two.other, press}


def test_a_membership_opens_the_admin_and_its_end_closes_it(two):
    user = make_user("ny@eksempelby.example")
    membership = Membership.objects.create(user=user, role=Role.COMMUNICATION)
    groups = set(user.groups.values_list("name", flat=True))
    permissions = type(user).objects.get(pk=user.pk).get_all_permissions()

    membership.delete()

    assert groups == {ACCESS_GROUP, COMMUNICATION_GROUP}
    assert {"wagtailadmin.access_admin", "core.change_sitesettings"} <= permissions
    assert list(user.groups.all()) == []


def test_rights_are_read_from_memberships(two):
    user = make_user("to@eksempelby.example", role=Role.EDITOR, venue=two.perlen)
    Membership.objects.create(user=user, venue=two.ankeret, role=Role.STAFF)

    rights = rights_of(user)

    assert (rights.publishes, rights.operates) == (
        {two.perlen.pk},
        {two.perlen.pk, two.ankeret.pk},
    )
    assert (rights.edits_site, rights.sees_everything, rights.leads) == (False, False, frozenset())
    assert (rights.may_publish(two.ankeret.pk), rights.may_operate(two.ankeret.pk)) == (False, True)


@pytest.mark.postgresql_too
def test_hundreds_of_shared_events_do_not_break_the_explorer(two, client):
    for number in range(400):
        two.shared.add_child(
            instance=ActivityPage(title=f"Fest {number}", slug=f"fest-{number}", summary="Fest.")
        )
    events = ActivityPage.objects.child_of(two.shared)
    ActivityHost.objects.bulk_create(
        ActivityHost(activity=event, venue=two.perlen, role=HostRole.LEAD) for event in events
    )
    client.force_login(two.editor)

    explorer = client.get(reverse("wagtailadmin_explore", args=[two.shared.pk]))
    search = client.get("/admin/pages/search/?q=fest")
    strangers = client.get("/admin/api/main/pages/?limit=1")

    assert (explorer.status_code, search.status_code) == (200, 200)
    assert explorer.context["page_obj"].paginator.count == 400
    assert strangers.json()["meta"]["total_count"] == 405
