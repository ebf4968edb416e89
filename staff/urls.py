from django.urls import path

from activities.change_urls import act_urls
from activities.invitation_views import AnswerView
from activities.planning_urls import sheet_urls
from staff import other_places, views

urlpatterns = [
    path("", views.my_venues, name="my_venues"),
    *act_urls(views.INTERN),
    path("steder/", other_places.places, name="staff_places"),
    path("steder/<int:pk>/", other_places.edit_internal, name="staff_internal"),
    path("find/", other_places.finder, name="staff_finder"),
    path("overlevering/", other_places.hand_over, name="staff_hand_over"),
    path("faelles/", views.together, name="staff_together"),
    *sheet_urls(views.SHEETS),
    path(
        "invitation/<int:pk>/",
        AnswerView.as_view(
            template="staff/answer.html", home="staff_together", sheet="staff_plan_sheet"
        ),
        name="staff_answer",
    ),
]
