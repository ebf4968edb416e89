"""Public addresses of the leaders' tracker: the files of published reports."""

from django.urls import path

from initiatives import report_public

urlpatterns = [
    path("rapporter/<int:pk>/<str:name>", report_public.published_file, name="report_file"),
]
