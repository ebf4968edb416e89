"""The page editor in a browser: how hard a text is while one types, and what is asked."""

import json
from pathlib import Path

import pytest

from activities.models import ActivityPage
from core.content_checks.words import panel_settings
from core.domain import phrases
from directory.permissions import sync_groups
from directory.taxonomy import Role
from pages.models import HomePage
from tests.browser.test_editor import picture, sign_in
from tests.factories.core import make_user
from tests.factories.directory import make_venue
from tests.factories.pages import make_standard_page

pytestmark = pytest.mark.django_db(transaction=True)
CASES = json.loads(
    (Path(__file__).parents[1] / "data" / "content_checks.json").read_text(encoding="utf-8")
)
HARD = (
    "Tilbuddet henvender sig til socialt udsatte borgere med komplekse problemstillinger, som har "
    "behov for en helhedsorienteret indsats i overgangen mellem myndighedsområder."
)
COUNT = """async ([address, cases, abbreviations]) => {
    const checks = await import(address);
    return cases.map(({texts}) => checks.readability(texts, abbreviations));
}"""
JUDGE = """async ([address, links, alts, patterns]) => {
    const checks = await import(address);
    return [
        links.map(([text]) => checks.linkProblem(text, patterns)),
        alts.map(([text]) => checks.altProblem(text, patterns)),
    ];
}"""

# The number on the panel's button is Wagtail's findings and ours.
COUNTED = """() => {
  const read = selector => Number(document.querySelector(selector).textContent);
  const ours = document.querySelectorAll("[data-misunderstood] li").length;
  return ours > 0 && read("[data-side-panel-toggle='checks'] [data-side-panel-toggle-counter]")
    === read("[data-content-checker-count]") + ours;
}"""


@pytest.fixture
def venue(transactional_db):
    venue = make_venue(hours=[(1, "10.00", "16.00")])
    sync_groups(make_user("rikke@eksempelby.example", role=Role.EDITOR, venue=venue))
    return venue


def test_the_browser_counts_and_judges_as_the_server_does(page, venue):
    page.goto("/admin/login/")
    script = "/static/js/content_checks.js"
    patterns = {
        "vague": phrases.VAGUE_LINKS,
        "ends": phrases.ENDS,
        "address": phrases.ADDRESS,
        "useless": phrases.USELESS_ALT,
    }

    counted = page.evaluate(COUNT, [script, CASES["texts"], panel_settings()["abbreviations"]])
    judged = page.evaluate(JUDGE, [script, CASES["links"], CASES["alts"], patterns])

    assert counted == [case["expected"] for case in CASES["texts"]]
    assert judged == [[v for _, v in CASES["links"]], [v for _, v in CASES["alts"]]]


def test_the_panel_tells_while_one_types_and_the_question_comes_once(page, venue, strangers):
    page.set_viewport_size({"width": 1440, "height": 1400})
    sign_in(page)
    page.goto(f"/admin/pages/add/activities/activitypage/{venue.pk}/")
    page.locator("[data-side-panel-toggle='checks']").click()
    reading = page.locator("[data-reading]")

    page.locator("#id_title").fill("Fællesspisning")
    page.locator("#id_summary").press_sequentially(HARD)
    reading.locator("[data-reading-number]", has_text="LIX 73").wait_for()
    assert reading.get_attribute("data-level") == "hard"
    assert HARD in reading.locator("[data-reading-longest]").inner_text()
    assert "helhedsorienteret" in reading.locator("[data-reading-words]").inner_text()
    picture(page, "checks-hard")

    page.locator("#id_summary").fill(
        "Vi laver mad sammen og spiser klokken halv syv. Kom, som du er."
    )
    page.locator("[data-reading][data-level='easy']").wait_for()
    page.locator("#id_schedules-0-weekdays_1").check()
    page.locator("#id_schedules-0-starts").fill("1730")
    page.locator("#id_schedules-0-ends").fill("19.30")
    page.locator("#id_schedules-0-first_on").fill("5.1.2027")
    page.locator("[data-misunderstood] li", has_text="Perlen har åbent kl. 10–16").wait_for()
    page.wait_for_function(COUNTED)
    picture(page, "checks-asked")

    page.locator("button[name='action-publish']").evaluate("button => button.click()")
    page.wait_for_url("**/admin/udgiv/*/")
    assert not ActivityPage.objects.get().live
    picture(page, "before-publishing-1440")
    page.set_viewport_size({"width": 390, "height": 1000})
    picture(page, "before-publishing-390")
    page.locator(".before-publishing button[type='submit']").click()
    page.wait_for_url("**/admin/pages/*/")
    activity = ActivityPage.objects.get()
    assert (activity.live, activity.summary.startswith("Vi laver mad")) == (True, True)
    assert strangers == []


def test_a_link_that_says_nothing_is_found_in_the_preview(page, venue):
    sync_groups(make_user("admin@eksempelby.example", admin=True))
    text = '<p>Vil du vide mere om os? <a href="/steder/">Klik her</a></p>'
    written = make_standard_page(HomePage.objects.get(), body=[("text", text)])
    page.set_viewport_size({"width": 1440, "height": 1400})
    sign_in(page, "admin@eksempelby.example")

    page.goto(f"/admin/pages/{written.pk}/edit/")
    page.locator("[data-side-panel-toggle='checks']").click()
    row = page.locator("[data-checks-panel] [data-content-checker-row]")
    row.first.wait_for()

    assert row.locator("[data-content-checker-name]").all_inner_texts() == [
        "Linket siger ikke, hvor det fører hen"
    ]
    picture(page, "checks-link")
