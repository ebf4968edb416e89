"""Addresses of readers' own pages, below /nyhedsbrev/. They stand in mails: they are promises."""

from django.urls import URLPattern, path
from django.views.generic import RedirectView

from newsletter import reader_views as views

urlpatterns: list[URLPattern] = [
    path("tilmeld/", views.sign_up, name="newsletter_signup"),
    path("tilmeld/sendt/", views.sent, {"template": "sent"}, name="newsletter_sent"),
    path("bekraeft/<str:key>/", views.confirm, name="newsletter_confirm"),
    path("mine-valg/", views.ask_for_link, name="newsletter_manage_ask"),
    path("mine-valg/sendt/", views.sent, {"template": "link_sent"}, name="newsletter_link_sent"),
    path("mine-valg/slettet/", views.sent, {"template": "erased"}, name="newsletter_erased"),
    path("mine-valg/<str:key>/", views.manage, name="newsletter_manage"),
    path("mine-valg/<str:key>/slet/", views.erase_all, name="newsletter_erase"),
    path("mine-valg/<str:key>/oplysninger.json", views.export, name="newsletter_export"),
    path("afmeld/", RedirectView.as_view(pattern_name="newsletter_manage_ask")),
    path("afmeld/<str:key>/", views.unsubscribe, name="newsletter_unsubscribe"),
]
