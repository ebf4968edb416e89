"""Words of Wagtail's own screens that no catalogue can change: names it gives none, and times."""

import re
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

FIELDS = {
    "body": _("Text of the mail"),
    "email_address": _("E-mail address"),
    "link_text": _("Words of the link"),
    "page": _("Page"),
    "phone_number": _("Phone number"),
    "subject": _("Subject"),
}
CLOCK = re.compile(r"\b(\d\d):(\d\d)\b")
COLUMNS = {"site_name", "root_page"}


def name_the_nameless() -> None:
    """Name what Wagtail would call by its name in the code, in English in every language."""
    from wagtail.admin.forms import choosers
    from wagtail.admin.forms.workflows import TaskChooserSearchForm, WorkflowPageForm
    from wagtail.admin.views.pages.search import SearchView
    from wagtail.models import Page, Site
    from wagtail.sites.views import IndexView
    from wagtail.users.forms import PagePermissionsForm

    for form in (
        choosers.AnchorLinkChooserForm,
        choosers.EmailLinkChooserForm,
        choosers.ExternalLinkChooserForm,
        choosers.PhoneLinkChooserForm,
        PagePermissionsForm,
        WorkflowPageForm,
    ):
        for name, field in form.base_fields.items():
            if field.label is None and name in FIELDS:
                field.label = FIELDS[name]
    for column in IndexView.columns:
        if column.name in COLUMNS:
            column.label = capfirst(Site._meta.get_field(column.name).verbose_name)
    SearchView.verbose_name = Page._meta.verbose_name
    SearchView.verbose_name_plural = Page._meta.verbose_name_plural
    _name_field_made_later(TaskChooserSearchForm, "task_type", _("Kind"))


def _name_field_made_later(form: Any, name: str, label: Any) -> None:
    """Name a field that a form makes for itself whenever it is shown."""
    begin = form.__init__

    def named(self: Any, *args: Any, **kwargs: Any) -> None:
        begin(self, *args, **kwargs)
        if name in self.fields:
            self.fields[name].label = label

    form.__init__ = named


def write_times_as_danes_do() -> None:
    """Let Wagtail's "14:23 by Mette" be "14.23 af Mette" in Danish; it asks no format."""
    from wagtail.admin.templatetags import wagtailadmin_tags

    told = wagtailadmin_tags.timesince_last_update

    def timesince_last_update(*args: Any, **kwargs: Any) -> str:
        text = str(told(*args, **kwargs))
        return CLOCK.sub(r"\1.\2", text, count=1) if get_language() == "da" else text

    wagtailadmin_tags.register.simple_tag(timesince_last_update)
