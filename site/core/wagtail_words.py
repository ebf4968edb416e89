"""Names for the few fields and columns of Wagtail's own screens that it gives none."""

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

FIELDS = {
    "body": _("Text of the mail"),
    "email_address": _("E-mail address"),
    "link_text": _("Words of the link"),
    "page": _("Page"),
    "phone_number": _("Phone number"),
    "subject": _("Subject"),
}
COLUMNS = {"site_name", "root_page"}


def name_the_nameless() -> None:
    """Name what Wagtail would call by its name in the code, in English in every language."""
    from wagtail.admin.forms import choosers
    from wagtail.admin.forms.workflows import WorkflowPageForm
    from wagtail.models import Site
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
