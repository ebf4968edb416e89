"""Addresses of the tracker below `/admin/initiativer/`: catalogue, plan and progress."""

from django.urls import path

from initiatives import views

URLPATTERNS = [
    path("", views.front, name="initiatives"),
    path("katalog/", views.CatalogueView.as_view(), name="initiative_catalogue"),
    path("katalog/<str:number>/", views.InitiativeView.as_view(), name="initiative"),
]
