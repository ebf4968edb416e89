"""All addresses: operations and feeds first, Wagtail's pages last."""

from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from accounts.urls import admin_login
from core.media import media
from newsletter.feeds import archive_feed
from pages.views import approval_step, closed
from staff.urls import public_urlpatterns

handler400 = "pages.views.bad_request"
handler403 = "pages.views.permission_denied"
handler404 = "pages.views.page_not_found"

# Wagtail's own, unused here. The reports and the chooser name any page, drafts too, to whoever
# has a login; the last acts on pages without asking our guards, which speak up in the forms.
CLOSED = (
    r"^admin/(?:reports/(?:page-types-usage|workflow|workflow_tasks)|choose-page/chosen-multiple"
    r"|api/main/pages/\d+/action)/"
)

# Steps of an approval that Wagtail asks too late about.
STEPS = (
    r"^admin/pages/workflow/(?:action|collect_action_data|confirm_cancellation|preview)"
    r"/(?P<page_id>\d{1,18})/"
)

urlpatterns = [
    re_path(CLOSED, closed),
    re_path(STEPS, approval_step),
    path("admin/login/", admin_login, name="admin_login"),
    path("admin/", include(wagtailadmin_urls)),
    path("konto/", include("accounts.urls")),
    path("dokumenter/", include(wagtaildocs_urls)),
    path("media/<path:path>", media, name="media"),
    path("", include("initiatives.urls")),
    path("", include("activities.urls")),
    path("nyhedsbrev/nyheder.atom", archive_feed, name="newsletter_feed"),
    path("intern/", include("staff.urls")),
    path("nyhedsbrev/", include("newsletter.urls")),
    path("", include(public_urlpatterns)),
    path("", include("pages.urls")),
    path("", include(wagtail_urls)),
]
