"""Documents that pages of text link to: anybody reads them, under an address of their own."""

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.documents import get_document_model
from wagtail.rich_text import RichText

from core.blocks import BODY_BLOCKS
from tests.factories.pages import make_standard_page

RULES = b"%PDF-1.4 house rules"


@pytest.fixture
def files(settings, tmp_path) -> None:
    """Uploads on the disk, as a server keeps them."""
    on_disk = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    settings.STORAGES = settings.STORAGES | {"default": on_disk}
    settings.MEDIA_ROOT = tmp_path


def test_page_links_to_a_document_that_can_be_read(home, files, client: Client) -> None:
    document = get_document_model().objects.create(
        title="Husorden", file=ContentFile(RULES, name="husorden.pdf")
    )
    text = RichText(f'<p>Læs <a linktype="document" id="{document.pk}">husordenen</a>.</p>')
    page = make_standard_page(home.home, body=[("text", text)])

    shown = client.get(page.url).text
    read = client.get(document.url)

    assert f'<a href="{document.url}">husordenen</a>' in shown
    assert (read.status_code, read.getvalue()) == (200, RULES)


def test_every_text_of_a_page_may_link_to_documents() -> None:
    blocks = dict(BODY_BLOCKS)
    texts = [
        blocks["text"],
        blocks["fact_box"].child_blocks["text"],
        blocks["question"].child_blocks["answer"],
    ]

    assert all("document-link" in text.features for text in texts)
