from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from initiatives import views
from initiatives.permissions import may_see_initiatives


class InitiativesMenuItem(MenuItem):
    """The way in for those who lead; nobody else sees it."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_see_initiatives(request.user)


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern]:
    return [
        path("initiativer/", views.catalogue, name="initiatives"),
        path("initiativer/<str:number>/", views.initiative, name="initiative"),
    ]


@hooks.register("register_admin_menu_item")
def register_menu_item() -> MenuItem:
    return InitiativesMenuItem(
        _("Initiatives"),
        reverse("initiatives"),
        name="initiatives",
        icon_name="list-ul",
        order=300,
    )
