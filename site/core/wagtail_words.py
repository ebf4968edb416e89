"""Names for the few fields and columns of Wagtail's own screens that it gives none."""

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _


def name_the_nameless() -> None:
    """Name what Wagtail would call by its name in the code, in English in every language."""
    from wagtail.admin.forms.workflows import WorkflowPageForm
    from wagtail.models import Site
    from wagtail.sites.views import IndexView
    from wagtail.users.forms import PagePermissionsForm

    for form in (WorkflowPageForm, PagePermissionsForm):
        form.base_fields["page"].label = _("Page")
    for column in IndexView.columns:
        if column.name in {"site_name", "root_page"}:
            column.label = capfirst(Site._meta.get_field(column.name).verbose_name)
