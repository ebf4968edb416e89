"""Addresses of leaders' meetings below `/admin/initiativer/`, and their menu entry."""

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from initiatives import meeting_edit_views as edit
from initiatives import meeting_plan_view, meeting_views
from initiatives.menu import TrackerMenuItem

ONE = "moeder/<int:pk>"
DEEDS = {
    "take": "forslag",
    "cancel": "aflys",
    "restore": "gennemfoer",
    "send": "send-dagsorden",
    "up": "punkt/<int:row>/op",
    "down": "punkt/<int:row>/ned",
    "remove_item": "punkt/<int:row>/fjern",
    "remove_decision": "beslutning/<int:row>/fjern",
    "remove_action": "opgave/<int:row>/fjern",
    "tick": "opgave/<int:row>/udfoert",
}
FORMS = {
    "change": ("ret", edit.ChangeView),
    "item": ("punkt", edit.ItemView),
    "minutes": ("referat", edit.MinutesView),
    "decision": ("beslutning", edit.DecisionView),
    "action": ("opgave", edit.ActionView),
    "settle": ("fastlaeg", edit.SettleView),
    "note": ("bemaerkning", edit.NoteView),
}

URLPATTERNS: list[URLPattern] = [
    path("moeder/", meeting_views.MeetingListView.as_view(), name="initiatives_meetings"),
    path("moeder/nyt/", edit.CallView.as_view(), name="initiatives_meeting_call"),
    path("moeder/opgaver/", meeting_views.TaskListView.as_view(), name="initiatives_tasks"),
    path(f"{ONE}/", meeting_views.MeetingView.as_view(), name="initiatives_meeting"),
    path(
        f"{ONE}/dagsorden.pdf",
        meeting_views.PaperView.as_view(kind="agenda"),
        name="initiatives_meeting_agenda",
    ),
    path(
        f"{ONE}/referat.pdf",
        meeting_views.PaperView.as_view(kind="minutes"),
        name="initiatives_meeting_paper",
    ),
    path(
        f"{ONE}/beslutning/<int:row>/handleplan/",
        meeting_plan_view.DecisionPlanView.as_view(),
        name="initiatives_meeting_plan",
    ),
    *(
        path(f"{ONE}/{step}/", view.as_view(), name=f"initiatives_meeting_{name}")
        for name, (step, view) in FORMS.items()
    ),
    *(
        path(
            f"{ONE}/{step}/",
            edit.DeedView.as_view(deed=name),
            name=f"initiatives_meeting_{name}",
        )
        for name, step in DEEDS.items()
    ),
]


def meetings_item() -> MenuItem:
    return TrackerMenuItem(
        _("Leaders' meetings"),
        reverse("initiatives_meetings"),
        name="initiatives-meetings",
        icon_name="comment",
        order=55,
    )


menu_items = (meetings_item,)
