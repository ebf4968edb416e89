"""Readers in the admin: numbers for those who write, and signing a person up who has asked."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from core.domain.dates import local_day
from core.domain.text import slugify_da
from core.queue import enqueue
from directory.permissions import rights_of
from newsletter import reader_counts
from newsletter.actions import readers
from newsletter.models import Topic
from newsletter.reader_forms import StaffSignUpForm
from newsletter.tasks import answer_asks
from newsletter.taxonomy import How


class ReadersView(WagtailAdminTemplateMixin, TemplateView):  # type: ignore[misc]  # untyped
    """Everybody who works here may sign a person up; the numbers are for those who write."""

    template_name = "newsletter/admin/readers.html"
    page_title: Any = gettext_lazy("Readers")
    header_icon = "user"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.now = timezone.now()
        self.rights = rights_of(request.user)
        if not self.rights.works_here:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = StaffSignUpForm(request.POST, today=local_day(self.now))
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        email = form.cleaned_data["email"]
        readers.ask(email, form.choices(), how=How.STAFF, now=self.now)
        enqueue(answer_asks)
        said = _(
            "We send a mail to %(email)s. Nothing more happens until the person says yes. An "
            "address gets one such mail a day at most."
        )
        messages.success(request, said % {"email": email})
        return redirect("readers:index")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", StaffSignUpForm(today=local_day(self.now)))
        context = super().get_context_data(**kwargs)
        if self.rights.edits_site:
            context |= {
                "topics": reader_counts.topic_counts(self.now),
                "places": reader_counts.place_counts(),
                "everything": reader_counts.follow_everything(),
            }
        return context


class TopicForm(WagtailAdminModelForm):  # type: ignore[misc]  # Wagtail is untyped
    """A topic as an editor writes it. Its address is made once: mail programs file by it."""

    class Meta:
        model = Topic
        fields = ["title", "description", "audience", "order", "active"]
        widgets = {"description": forms.Textarea(attrs={"rows": 2})}

    def save(self, commit: bool = True) -> Any:
        if not self.instance.slug:
            self.instance.slug = free_slug(self.cleaned_data["title"])
        return super().save(commit)


def free_slug(title: str) -> str:
    """Return an address for a new topic that no other one has."""
    plain = slugify_da(title)[:36] or "emne"
    taken = set(Topic.objects.filter(slug__startswith=plain).values_list("slug", flat=True))
    if plain not in taken:
        return plain
    return next(f"{plain}-{n}" for n in range(2, 1000) if f"{plain}-{n}" not in taken)
