from django.urls import path

from activities.change_urls import act_urls
from activities.invitation_views import AnswerView
from activities.planning_urls import sheet_urls
from staff import (
    calendar_views,
    count_views,
    exchange_views,
    freshness_views,
    log_views,
    new_activity_views,
    other_places,
    repeat_views,
    report_views,
    telling_views,
    views,
)
from staff.device_urls import intern_urlpatterns as device_urls
from staff.device_urls import urlpatterns as on_device_urls

urlpatterns = [
    path("", views.my_venues, name="my_venues"),
    path("mit/", views.my_places, name="staff_my_places"),
    path("mit/<int:pk>/", views.my_place, name="staff_place"),
    path("sted/<int:pk>/ny/", new_activity_views.NewActivityView.as_view(), name="staff_new"),
    path("sted/<int:pk>/igen/", new_activity_views.EarlierView.as_view(), name="staff_earlier"),
    path(
        "sted/<int:pk>/igen/<int:activity>/",
        new_activity_views.AgainView.as_view(),
        name="staff_again",
    ),
    path("sted/<int:pk>/sidste-uge/", repeat_views.RepeatView.as_view(), name="staff_repeat"),
    path(
        "sted/<int:pk>/aabningstid/",
        telling_views.OtherHoursView.as_view(surface=views.INTERN),
        name="staff_other_hours",
    ),
    path("sted/<int:pk>/besked/", telling_views.NoticeView.as_view(), name="staff_notice"),
    path(
        "sted/<int:pk>/besked/<int:notice>/vaek/",
        telling_views.NoticeAwayView.as_view(),
        name="staff_notice_away",
    ),
    path(
        "sted/<int:pk>/del/<int:activity>/",
        telling_views.ShareView.as_view(),
        name="staff_share",
    ),
    path("sted/<int:pk>/log/", log_views.LogView.as_view(), name="staff_log"),
    path(
        "sted/<int:pk>/log/<int:entry>/fortryd/",
        log_views.LogUndoView.as_view(),
        name="staff_log_undo",
    ),
    path("tael/", count_views.CountsView.as_view(), name="staff_counts"),
    path("tael/<int:pk>/", count_views.CountView.as_view(), name="staff_count"),
    path("tael/<int:pk>/fortryd/", count_views.CountUndoView.as_view(), name="staff_count_undo"),
    *act_urls(views.INTERN),
    path("fejl/", report_views.reports, name="staff_reports"),
    path("fejl/<int:pk>/", report_views.settle, name="staff_report_settle"),
    path("friskhed/", freshness_views.stale, name="staff_stale"),
    path("friskhed/<int:pk>/", freshness_views.confirm_own, name="staff_confirm"),
    path("kalender/", calendar_views.my_calendar, name="staff_calendar"),
    path("kalender/<str:token>.ics", calendar_views.calendar_file, name="staff_calendar_file"),
    path("kendskab/", exchange_views.index, name="exchange"),
    path("kendskab/ny/", exchange_views.edit, name="exchange_new"),
    path("kendskab/runde/", exchange_views.plan_round, name="exchange_round"),
    path("kendskab/oenske/", exchange_views.wish, name="exchange_wish"),
    path("kendskab/oenske/<int:pk>/", exchange_views.settle_wish, name="exchange_wish_settle"),
    path("kendskab/hvem-har-moedt-hvem/", exchange_views.who_met, name="exchange_matrix"),
    path("kendskab/<int:pk>/", exchange_views.event, name="exchange_event"),
    path("kendskab/<int:pk>/ret/", exchange_views.edit, name="exchange_edit"),
    path("kendskab/<int:pk>/plads/", exchange_views.seat, name="exchange_seat"),
    path("kendskab/<int:pk>/aflys/", exchange_views.call_off, name="exchange_call_off"),
    path("kendskab/<int:pk>/laert/", exchange_views.lesson, name="exchange_lesson"),
    path("steder/", other_places.places, name="staff_others"),
    path("steder/<int:pk>/", other_places.edit_internal, name="staff_internal"),
    path("find/", other_places.finder, name="staff_finder"),
    path("overlevering/", other_places.hand_over, name="staff_hand_over"),
    *device_urls,
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

# Open to everybody: these stand outside /intern/.
public_urlpatterns = [
    *on_device_urls,
    path("fejl/", report_views.report, name="report_page"),
    path("fejl/tak/", report_views.thanks, name="report_thanks"),
    path("stadig-rigtigt/<str:signed>/", freshness_views.still_right, name="still_right"),
]
