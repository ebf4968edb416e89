"""Addresses of calendars and feeds."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
