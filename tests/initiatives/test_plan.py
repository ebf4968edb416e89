"""The action plan: versions that stay, what is refused, and what the page tells."""

import datetime as dt
import re

import pytest
from django.test import Client
from django.utils.translation import override

from initiatives.actions import PlannedStart, Refused, proposed_order, revise_plan
from initiatives.models import ActionPlan, Initiative, LeadersMeeting
from tests.factories.core import make_user
from tests.factories.directory import make_venue
from tests.factories.initiatives import NOW, make_catalogue

DAY = dt.timedelta(days=1)
PLAN = "/admin/initiativer/handleplan/"


def decide(order: list[PlannedStart] | None = None, **values) -> ActionPlan:
    given = {
        "decided_on": NOW.date(),
        "decision": "Vi følger kataloget.",
        "reason": "Alle skal i gang.",
        "now": NOW,
    } | values
    with override("en"):
        return revise_plan(order or proposed_order(), **given)


def test_first_plan_begins_with_the_catalogues_years(home) -> None:
    make_catalogue()

    plan = decide()

    assert [str(line) for line in plan.lines.all()][:3] == [
        "1. 1a 2025",
        "2. 1b 2025",
        "3. 1c 2025",
    ]
    assert plan.lines.get(initiative__number="5a").years == "2026–2027"


def test_new_decision_leaves_the_old_version_as_it_was(home) -> None:
    make_catalogue()
    first = decide()
    order = proposed_order()
    order.insert(0, order.pop())

    second = decide(order, decision="Data først.")

    first.refresh_from_db()
    assert [(p.version, p.present) for p in ActionPlan.objects.all()] == [(2, True), (1, False)]
    assert second.lines.first().initiative.number == "5a"
    assert first.lines.first().initiative.number == "1a"


@pytest.mark.parametrize(
    ("values", "problems"),
    [
        ({"decision": " "}, {"decision": "Write what was decided."}),
        (
            {"reason": ""},
            {"reason": "Write why, so that those who come later understand it."},
        ),
        ({"decided_on": NOW.date() + DAY}, {"decided_on": "That day has not been yet."}),
        (
            {"decided_on": dt.date(2026, 1, 5)},
            {"decided_on": "The version in force was decided November 23, 2026, which is later."},
        ),
        (
            {"seen_version": 0},
            {"": "Version 1 has been decided meanwhile. Look at it, and save again."},
        ),
    ],
)
def test_decision_that_does_not_hold_is_refused_beside_its_cause(home, values, problems) -> None:
    make_catalogue()
    decide()

    with pytest.raises(Refused) as refused:
        decide(**values)

    assert refused.value.problems == problems
    assert ActionPlan.objects.count() == 1


def test_every_initiative_stands_in_the_plan_once(home) -> None:
    make_catalogue()

    for order in (proposed_order()[1:], [proposed_order()[0], *proposed_order()]):
        with pytest.raises(Refused, match="Every initiative stands in the plan once"):
            decide(order)


def test_leaders_decide_the_order_but_not_the_area_heads_years(home) -> None:
    make_catalogue()
    order = [
        PlannedStart(one.initiative, 2026, 2026) if one.initiative.number == "5a" else one
        for one in proposed_order()
    ]

    with pytest.raises(Refused) as refused:
        decide(order, decides_all=False)

    assert refused.value.problems == {
        "last_5a": "The head of social services and disability decides these years."
    }
    assert decide(list(reversed(proposed_order())), decides_all=False).version == 1


def test_day_of_a_decision_is_the_day_of_its_meeting(home) -> None:
    make_catalogue()
    meeting = LeadersMeeting.objects.create(on=NOW.date() - 5 * DAY, starts=dt.time(9))

    with pytest.raises(Refused) as refused:
        decide(meeting=meeting)

    assert refused.value.problems == {"decided_on": "The meeting was November 18, 2026."}


def fields_of(page: str) -> dict[str, str]:
    """Return the names and values of a form's inputs."""
    found = dict(re.findall(r'name="((?:rank|first|last)_\w+)"\s+value="(\d+)"', page))
    found["seen_version"] = re.search(r'name="seen_version"\s+value="(\d+)"', page)[1]
    return found


def test_leader_enters_a_decision_through_the_form(home, client: Client) -> None:
    make_catalogue()
    client.force_login(make_user(role="venue_leader", venue=make_venue()))
    data = fields_of(client.get(f"{PLAN}ny/").content.decode())
    data |= {"rank_1a": "2", "rank_1b": "1", "decided_on": "1.11.2026"}
    data |= {"decision": "1b først.", "reason": "Brugerne bad om det."}

    answer = client.post(f"{PLAN}ny/", data)

    assert answer.status_code == 302
    numbers = ActionPlan.objects.get().lines.values_list("initiative__number", flat=True)
    assert list(numbers)[:3] == ["1b", "1a", "1c"]


def test_decision_beside_a_newer_version_is_saved_when_it_is_sent_again(home, client) -> None:
    make_catalogue()
    client.force_login(make_user(admin=True))
    data = fields_of(client.get(f"{PLAN}ny/").content.decode())
    data |= {"decided_on": "23.11.2026", "decision": "x", "reason": "y"}
    decide()

    refused = client.post(f"{PLAN}ny/", data)
    again = client.post(f"{PLAN}ny/", data | fields_of(refused.content.decode()))

    assert (refused.status_code, again.status_code) == (422, 302)
    assert ActionPlan.objects.count() == 2


def test_two_initiatives_at_one_place_are_marked_and_nothing_is_saved(home, client: Client) -> None:
    make_catalogue()
    client.force_login(make_user(admin=True))
    data = fields_of(client.get(f"{PLAN}ny/").content.decode())
    data |= {"rank_1b": "1", "decided_on": "1.11.2026", "decision": "x", "reason": "y"}

    answer = client.post(f"{PLAN}ny/", data)

    assert answer.status_code == 422
    assert answer.content.decode().count('class="has-error"') == 2
    assert not ActionPlan.objects.exists()


def test_leaders_form_cannot_change_the_area_heads_years_through_the_address_bar(
    home, client: Client
) -> None:
    make_catalogue()
    client.force_login(make_user(role="venue_leader", venue=make_venue()))
    data = fields_of(client.get(f"{PLAN}ny/").content.decode())
    data |= {"first_5a": "2031", "last_5a": "2031", "decided_on": "1.11.2026"}
    data |= {"decision": "x", "reason": "y"}

    client.post(f"{PLAN}ny/", data)

    assert ActionPlan.objects.get().lines.get(initiative__number="5a").years == "2026–2027"


def test_pages_of_the_plan_show_any_version_and_two_side_by_side(home, client: Client) -> None:
    make_catalogue()
    decide()
    decide(list(reversed(proposed_order())), decision="Bagfra.")
    client.force_login(make_user(role="area_head"))

    answers = {
        path: client.get(f"{PLAN}{path}")
        for path in ("", "1/", "sammenlign/", "sammenlign/?fra=x&til=9", "3/", "?export=csv")
    }

    assert {path: answer.status_code for path, answer in answers.items()} == {
        "": 200,
        "1/": 200,
        "sammenlign/": 200,
        "sammenlign/?fra=x&til=9": 200,
        "3/": 404,
        "?export=csv": 200,
    }
    compared = answers["sammenlign/"].context
    assert (compared["before"].version, compared["after"].version) == (1, 2)
    assert compared["changed"] == Initiative.objects.count()
