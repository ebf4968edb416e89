from django.urls import path

from activities.change_urls import act_urls
from activities.invitation_views import AnswerView
from activities.planning_urls import sheet_urls
from staff import views

urlpatterns = [
    path("", views.my_venues, name="my_venues"),
    *act_urls(views.INTERN),
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
