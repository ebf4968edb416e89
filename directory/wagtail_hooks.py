"""What directory adds to the admin: its menu, its rights, and a secret that stays one."""

from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.models import Page
from wagtail.permissions import register_permission_policy

from directory import log_actions  # noqa: F401  (registers itself)
from directory.actions import make_address_secret
from directory.models import (
    Amenity,
    CooperationAgreement,
    District,
    Membership,
    Notice,
    OpeningException,
    Organisation,
    SecretAddress,
    TargetGroup,
    VenueMove,
    VenuePage,
)
from directory.row_rights import MovePolicy, SitePolicy, VenueRowPolicy
from directory.viewsets import DirectoryGroup

for model in (OpeningException, Notice):
    register_permission_policy(
        model, VenueRowPolicy(model, lambda r: r.operates, lambda r: r.edits_site)
    )
register_permission_policy(
    VenueMove, MovePolicy(VenueMove, lambda r: r.leads, lambda r: r.edits_site)
)
# Where somebody hides is for the venue's own editors, not for the municipality's.
register_permission_policy(
    SecretAddress,
    VenueRowPolicy(SecretAddress, lambda r: r.publishes, lambda r: r.administrator),
)
for term in (Organisation, District, TargetGroup, Amenity):
    register_permission_policy(term, SitePolicy(term, lambda r: r.edits_site))
register_permission_policy(
    CooperationAgreement,
    SitePolicy(CooperationAgreement, lambda r: r.edits_site or r.heads_area),
)
register_permission_policy(Membership, SitePolicy(Membership, lambda r: r.administrator))


@hooks.register("register_admin_viewset")
def register_directory() -> ViewSetGroup:
    return DirectoryGroup()


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def keep_address_secret(request: HttpRequest, page: Page) -> None:
    """As soon as an editor says that an address is secret it leaves the page and its history."""
    if isinstance(page, VenuePage) and not page.address_public:
        withheld = getattr(page, "withheld_address", None)
        make_address_secret(page, address=withheld, by=request.user)
