"""The browser of the tests is a visitor in Denmark who may ask our own server only."""


def test_the_visitor_is_danish_and_in_copenhagen(page):
    page.goto("/healthz")

    said = page.evaluate("[navigator.language, Intl.DateTimeFormat().resolvedOptions().timeZone]")

    assert said == ["da-DK", "Europe/Copenhagen"]


def test_a_request_to_somebody_else_is_stopped_and_seen(page, strangers):
    page.evaluate("fetch('https://sporing.example/pixel').catch(() => null)")

    assert strangers == ["https://sporing.example/pixel"]
    strangers.clear()
