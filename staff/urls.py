from django.urls import path

from activities.change_urls import act_urls
from staff import views

urlpatterns = [
    path("", views.my_venues, name="my_venues"),
    *act_urls(views.INTERN),
]
