"""The addresses of what one can do with dates, below the internal section and below the admin."""

from django.urls import URLPattern, path

from activities import change_buttons as buttons
from activities import change_views as views
from activities.change_views import Surface


def act_urls(surface: Surface, below: str = "") -> list[URLPattern]:
    """Return the addresses of every act, named `<prefix>_cancel` and so on, all `below` one."""
    acts = [
        ("dato/<int:pk>/aflys/", "cancel", views.CancelView),
        ("dato/<int:pk>/flyt/", "move", views.MoveView),
        ("dato/<int:pk>/bemaerkning/", "note", views.NoteView),
        ("dato/<int:pk>/pladser/", "places", buttons.PlacesView),
        ("aktivitet/<int:pk>/ekstra/", "extra", views.ExtraView),
        ("aktivitet/<int:pk>/stop/", "stop", views.StopView),
        ("sted/<int:pk>/luk/", "close", views.ClosureView),
        ("fortryd/<str:kind>/<int:pk>/", "undo", buttons.UndoView),
    ]
    return [
        path(f"{below}{address}", view.as_view(surface=surface), name=f"{surface.prefix}_{name}")
        for address, name, view in acts
    ]
