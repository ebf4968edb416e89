"""What Wagtail keeps in English beside its catalogue, and what we put in its place."""

import hashlib
from pathlib import Path

import pytest
import wagtail
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.template.loader import get_template
from wagtail.admin.forms.choosers import EmailLinkChooserForm
from wagtail.admin.forms.workflows import WorkflowPageForm
from wagtail.sites.views import IndexView

from core.templatetags.admin_words import permission_words

pytestmark = pytest.mark.sqlite_is_enough

# Our copies of these say in Danish what they say in English. When Wagtail changes one, look at
# what is new, take it over in ours, and put its new sum here.
COPIED = {
    "wagtailadmin/home.html": "7eb3ee7b5a9d",
    "wagtailadmin/permissions/includes/collection_member_permissions_form.html": "af7200b2b1d6",
    "wagtailadmin/shared/header.html": "37d78005e661",
    "wagtailadmin/shared/headers/_actions.html": "facea723b6b9",
    "wagtailadmin/shared/user_avatar.html": "10cbd09a2e94",
    "wagtailadmin/tables/boolean_cell.html": "f52d1f7945b2",
    "wagtailusers/groups/includes/formatted_permissions.html": "2ab61ce5aa2b",
    "wagtailusers/groups/includes/page_permissions_form.html": "619c727f58d9",
}


@pytest.mark.parametrize("name", COPIED)
def test_template_that_ours_is_a_copy_of_has_not_changed(name):
    (original,) = Path(wagtail.__file__).parent.glob(f"*/templates/{name}")

    assert hashlib.sha256(original.read_bytes()).hexdigest()[:12] == COPIED[name]


@pytest.mark.parametrize("name", COPIED)
def test_ours_takes_the_place_of_wagtails(name, root):
    assert Path(get_template(name).origin.name) == root / "templates" / name


@pytest.mark.parametrize(
    ("codename", "words"),
    [
        ("add_site", "Tilføj: websted"),
        ("change_site", "Rediger: websted"),
        ("delete_site", "Slet: websted"),
    ],
)
def test_right_is_told_in_danish(codename, words):
    kind = ContentType(app_label="wagtailcore", model="site")

    assert permission_words(Permission(codename=codename, name="", content_type=kind)) == words


def test_right_of_its_own_kind_keeps_its_name():
    kind = ContentType(app_label="wagtailcore", model="site")
    permission = Permission(codename="inspect_all", name="se alt", content_type=kind)

    assert permission_words(permission) == "Se alt"


def test_fields_and_columns_without_a_name_have_one():
    labels = [str(field.label) for field in EmailLinkChooserForm.base_fields.values()]

    assert labels == ["Mailadresse", "Linkets tekst", "Emne", "Mailens tekst"]
    assert str(WorkflowPageForm.base_fields["page"].label) == "Side"
    assert [str(column.label) for column in IndexView.columns][2:4] == [
        "Webstedets navn",
        "Øverste side",
    ]
