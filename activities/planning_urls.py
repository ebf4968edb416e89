"""The addresses of planning sheets, below the internal section and below the admin."""

from typing import Any

from django.urls import URLPattern, path
from django.views.generic import View

from activities import planning_views as views
from activities.models import PlanningTask, SharedCost
from activities.planning_views import SheetSurface


def sheet_urls(surface: SheetSurface) -> list[URLPattern]:
    """Return the addresses of a sheet and all that is done on it, named `<prefix>_sheet` etc."""
    pages: list[tuple[str, str, type[View], dict[str, Any]]] = [
        ("", "sheet", views.SheetPage, {}),
        ("udskriv/", "print", views.SheetPage, {"printed": True}),
        ("opgave/ny/", "task_new", views.TaskView, {}),
        ("opgave/<int:row>/", "task", views.TaskView, {}),
        ("opgave/<int:row>/gjort/", "task_done", views.DoneView, {}),
        ("opgave/<int:row>/fjern/", "task_remove", views.RemoveView, {"model": PlanningTask}),
        ("udgift/ny/", "cost_new", views.CostView, {}),
        ("udgift/<int:row>/", "cost", views.CostView, {}),
        ("udgift/<int:row>/fjern/", "cost_remove", views.RemoveView, {"model": SharedCost}),
        ("pladser/<int:venue>/", "seats", views.SeatsView, {}),
        ("pladser/<int:venue>/tael/", "count", views.CounterView, {}),
        ("fremmoede/<int:venue>/", "came", views.CameView, {}),
        ("koersel/", "transport", views.TransportView, {}),
        ("erfaringer/", "learned", views.LearnedView, {}),
        ("aabent/", "open", views.OpenView, {}),
        ("fortryd/<int:change>/", "undo", views.UndoSheetView, {}),
        ("inviter-igen/<int:host>/", "ask_again", views.AskAgainView, {}),
    ]
    return [
        path(
            f"faelles/<int:pk>/plan/{address}",
            view.as_view(surface=surface, **options),
            name=f"{surface.prefix}_{name}",
        )
        for address, name, view, options in pages
    ]
