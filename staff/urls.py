from django.urls import path

from staff import views

urlpatterns = [path("", views.my_venues, name="my_venues")]
