"""The demo municipality with something of everything, and a walker who notes down English."""

import datetime as dt
import io
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.db import connection
from django.test import Client
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Browser, BrowserContext
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, Page

from activities.models import ActivityPage
from core.models import User
from pages.demo import load_demo
from tests.browser.danish.walker import Walker
from tests.harness.browser import is_stranger
from tests.harness.database import copy_file

PASSWORD = "Regn og kaffe 12"
# Wagtail's screens scroll inside; a picture shows as much as the screen is high.
SCREEN = {
    "width": int(os.environ.get("BROWSER_WIDTH", "1280")),
    "height": int(os.environ.get("BROWSER_HEIGHT", "900")),
}


@pytest.fixture(scope="session")
def kept_demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the loaded demo is kept, so that it is loaded once."""

    return tmp_path_factory.mktemp("danish") / "demo.sqlite3"


@pytest.fixture
def eksempelby(transactional_db: None, kept_demo: Path) -> None:
    """The demo municipality as it is today, and a picture, a document and what else it lacks."""
    name = str(connection.settings_dict["NAME"])
    if kept_demo.exists():
        connection.close()
        copy_file(kept_demo, Path(name))
    else:
        load_demo(timezone.localdate(), PASSWORD, replace=True)
        connection.close()
        copy_file(Path(name), kept_demo)
    add_the_rest()


def add_the_rest() -> None:
    """Add what no demo has: files, a collection, a redirect and a locked page."""
    get_image_model().objects.create(title="Haven", file=ImageFile(picture(), name="haven.png"))
    get_document_model().objects.create(
        title="Husorden", file=ContentFile(b"%PDF-1.4", name="husorden.pdf")
    )
    Collection.get_first_root_node().add_child(name="Sommerfesten")
    Redirect.objects.create(old_path="/gammel", redirect_link="/steder/")
    locked = Page.objects.get(pk=ActivityPage.objects.live().order_by("pk").first().pk)
    locked.locked, locked.locked_by = True, User.objects.get(email="admin@eksempelby.example")
    locked.locked_at = timezone.now() - dt.timedelta(hours=1)
    locked.save()


def picture() -> io.BytesIO:
    kept = io.BytesIO()
    Image.new("RGB", (640, 480), "teal").save(kept, "PNG")
    kept.seek(0)
    return kept


@pytest.fixture
def walk_as(
    eksempelby: None, browser: Browser, live_server: object
) -> Iterator[Callable[[str], Walker]]:
    """Return a walker who is signed in as the named account of the demo."""
    contexts: list[BrowserContext] = []

    def walk(name: str) -> Walker:
        context = browser.new_context(
            viewport=SCREEN,
            locale="da-DK",
            timezone_id="Europe/Copenhagen",
            base_url=str(live_server),
        )
        contexts.append(context)
        context.route(is_stranger, lambda route: route.abort())
        client = Client()
        client.force_login(User.objects.get(email=f"{name}@eksempelby.example"))
        key = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": str(live_server)}]
        )
        context.set_default_timeout(10_000)
        return Walker(context.new_page())

    yield walk
    for context in contexts:
        context.close()
