"""The addresses of shared devices: below /enhed/, where their cookies go, and below /intern/."""

from django.urls import path

from staff import device_list_views as leaders
from staff import device_views as views
from staff.device_views import SURFACE

urlpatterns = [
    path("enhed/", views.home, name="device_home"),
    path("enhed/ind/", views.let_in, name="device_let_in"),
    path("enhed/ind/<str:code>/", views.let_in, name="device_code"),
    path("enhed/laas-op/", views.open_up, name="device_unlock"),
    path("enhed/laas/", views.lock_up, name="device_lock"),
    path("enhed/puls/", views.pulse, name="device_pulse"),
    path("enhed/skaerm/", views.screen, name="device_screen"),
    path("enhed/besked/", views.NoticeView.as_view(), name="device_notice"),
    path("enhed/tael/<int:pk>/", views.DeviceCountView.as_view(), name="device_count"),
    path("enhed/fortryd/<int:pk>/", views.DeviceUndoView.as_view(), name="device_undo"),
    path(
        "enhed/dato/<int:pk>/aflys/",
        views.DeviceCancelView.as_view(surface=SURFACE),
        name="device_cancel",
    ),
    path(
        "enhed/dato/<int:pk>/flyt/",
        views.DeviceMoveView.as_view(surface=SURFACE),
        name="device_move",
    ),
]

intern_urlpatterns = [
    path("enheder/", leaders.devices, name="staff_devices"),
    path("enheder/ny/", leaders.new_device, name="staff_device_new"),
    path("enheder/<int:pk>/", leaders.device, name="staff_device"),
]
