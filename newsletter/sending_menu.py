"""Where sendings stand in the admin: below the newsletter desk, without an entry of their own."""

from django.urls import URLPattern, path
from wagtail.admin.viewsets.base import ViewSet

from newsletter import sending_views as views


class SendingViewSet(ViewSet):  # type: ignore[misc]  # Wagtail is untyped
    """Udsendelser: progress, pause, stop, results and doubts."""

    name = "newsletter_sending"
    url_prefix = "nyhedsbreve/udsendelser"

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", views.SendingsView.as_view(), name="index"),
            path("<uuid:pk>/", views.SendingView.as_view(), name="sending"),
            path("<uuid:pk>/pause/", views.pause, name="pause"),
            path("<uuid:pk>/fortsaet/", views.resume, name="resume"),
            path("<uuid:pk>/stop/", views.CancelView.as_view(), name="cancel"),
            path("<uuid:pk>/tvivl/", views.DoubtsView.as_view(), name="doubts"),
            path("<uuid:pk>/tvivl/valg/", views.choose_policy, name="policy"),
            path("<uuid:pk>/tvivl/send/", views.resend, name="resend"),
        ]
