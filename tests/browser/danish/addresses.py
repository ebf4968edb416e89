"""Every address an administrator may open: ours from the table of rights, and Wagtail's own."""

import re
from pathlib import Path
from typing import Any

from django.contrib.auth.models import Group
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, Page, Site, Task, Workflow

from activities.models import ActivityPage
from core.models import User
from tests.accounts.rights import ROLES, examples, own_and_other, read_table

LIST = Path(__file__).parents[2] / "data" / "admin_addresses.txt"
# No pages to look at: files, parts of lists that the lists hold too, what signs out.
NOT_READ = re.compile(
    r"\.(ics|pdf|xlsx|csv|eml|rss|atom|json|png|webp)$|results|/log-ud/|/liste/|/mail/$|/html/$"
)
INSIDE = re.compile(r"/(admin|intern|konto)/")


def all_rows(role: str) -> list[str]:
    """Return the addresses of ours that `role` gets a page from, with their examples filled in."""
    place = ROLES.index(role)
    values = example_values()
    return [
        path
        for row in read_table()
        if row.method == "GET" and row.answers[place] == "200" and INSIDE.match(row.example)
        if not NOT_READ.search(path := row.example.format_map(values))
    ]


def all_of_wagtail() -> list[tuple[str, int]]:
    """Return Wagtail's own addresses, and the status each must answer with."""
    values = example_values()
    rows = []
    for line in LIST.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            path, _, status = line.partition(" ")
            rows.append((path.format_map(values), int(status or 200)))
    return rows


def example_values() -> dict[str, Any]:
    """What stands for the words in braces."""
    own, _other = own_and_other()
    values = examples(own, timezone.now())
    activity = ActivityPage.objects.get(pk=values["activity"])
    first = activity.revisions.order_by("pk").first()
    return values | {
        "home": Site.objects.get(is_default_site=True).root_page_id,
        "locked": Page.objects.filter(locked=True).first().pk,
        "revision": first.pk if first else 0,
        "image": get_image_model().objects.first().pk,
        "document": get_document_model().objects.first().pk,
        "collection": Collection.objects.get(name="Sommerfesten").pk,
        "redirect": Redirect.objects.first().pk,
        "site": Site.objects.first().pk,
        "group": Group.objects.order_by("pk").last().pk,
        "user": User.objects.order_by("pk").last().pk,
        "workflow": Workflow.objects.filter(active=True).first().pk,
        "task": Task.objects.filter(active=True).first().pk,
    }
