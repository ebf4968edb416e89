"""Addresses below /nyhedsbrev/ that are no pages of Wagtail's."""

from django.urls import URLPattern

from newsletter import reader_urls

urlpatterns: list[URLPattern] = [
    *reader_urls.urlpatterns,
]
