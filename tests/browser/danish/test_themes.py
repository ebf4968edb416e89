"""The admin by day and by night: every text can be read in the light and in the dark theme."""

import pytest

from directory.models import VenuePage
from newsletter.models import IssuePage
from tests.harness.contrast import faint_texts

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_can_be_read(walk_as, scheme):
    page = walk_as("admin").page
    page.emulate_media(color_scheme=scheme)
    venue, issue = VenuePage.objects.live().first(), IssuePage.objects.first()

    faint = {}
    for path in (
        "/admin/",
        "/admin/nyhedsbreve/",
        f"/admin/nyhedsbreve/{issue.pk}/",
        "/admin/initiativer/tavle/",
        "/admin/aktiviteter/",
        f"/admin/pages/{venue.pk}/",
        f"/admin/pages/{venue.pk}/edit/",
    ):
        page.goto(path)
        faint[path] = faint_texts(page)

    assert {path: texts for path, texts in faint.items() if texts} == {}


def test_faint_text_is_found(page):
    page.set_content(
        "<body style='background: #262626'><p style='color: #23897c'>Gem</p>"
        "<p style='color: #7fcabf'>Fortryd</p><p style='color: #23897c' hidden>Slet</p>"
    )

    assert faint_texts(page) == ["Gem (3.6)"]
