"""Mail in the admin: what waits or failed, and, without a relay, what would have been sent."""

from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from csp.decorators import csp
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from core.models import KeptMail, OutgoingMail
from core.post import try_again

ROWS = 50

# What a mail may do when it is looked at: show itself.
MAIL_POLICY = {
    "default-src": ["'none'"],
    "style-src": ["'unsafe-inline'"],
    "img-src": ["'self'", "data:"],
    "sandbox": [""],
    "frame-ancestors": ["'self'"],
}


# What stands in a mail whose link opens an account (accounts.urls).
OPENING = ("/konto/ny-adgangskode/", "/konto/invitation/")


def may_see_mail(user: Any) -> bool:
    """Whether a person looks after the whole site. Mail names people, so few see it."""
    return bool(user.is_active and user.has_perm("core.change_sitesettings"))


@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """List mails that wait or were given up, and those kept here because no relay is set."""
    _check(request)
    kept = Paginator(KeptMail.objects.defer("raw"), ROWS).get_page(request.GET.get("p"))
    undone = OutgoingMail.objects.filter(sent_at=None).order_by("-pk")
    values = {
        "kept": kept,
        "failed": undone.exclude(failed_at=None).exclude(to="")[:ROWS],
        "waiting": undone.filter(failed_at=None)[:ROWS],
    }
    return render(request, "core/outbox.html", values)


@require_safe
def kept_mail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one mail: its headers, its text, and a frame with its HTML."""
    mail, message = _kept(request, pk)
    values = {
        "mail": mail,
        "headers": [(in_words(name), value) for name, value in message.items()],
        "text": _part(message, "plain"),
        "has_html": bool(_part(message, "html")),
        "files": [part.get_filename() for part in message.iter_attachments()],
    }
    return render(request, "core/kept_mail.html", values)


@require_safe
@xframe_options_sameorigin
@csp(MAIL_POLICY)  # type: ignore[arg-type]  # typed for views without arguments
def kept_mail_html(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer with the mail's HTML as its reader gets it, unable to do anything."""
    _mail, message = _kept(request, pk)
    return HttpResponse(_part(message, "html"))


@require_safe
def kept_mail_source(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out the message as it would have gone over the wire."""
    mail, _message = _kept(request, pk)
    answer = HttpResponse(bytes(mail.raw), content_type="message/rfc822")
    answer["Content-Disposition"] = f'attachment; filename="mail-{mail.pk}.eml"'
    return answer


@require_POST
def send_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Try a mail that was given up once more."""
    _check(request)
    mail = get_object_or_404(OutgoingMail.objects.exclude(failed_at=None).exclude(to=""), pk=pk)
    try_again(mail, now=timezone.now())
    messages.success(request, _("The mail to %(to)s is tried again.") % {"to": mail.to})
    return redirect("outbox")


def _check(request: HttpRequest) -> None:
    if not may_see_mail(request.user):
        raise PermissionDenied


def _kept(request: HttpRequest, pk: int) -> tuple[KeptMail, EmailMessage]:
    """Return a mail, as stored and as read. One that opens an account is for administrators."""
    _check(request)
    mail = get_object_or_404(KeptMail, pk=pk)
    message = message_from_bytes(bytes(mail.raw), policy=policy.default)
    opens = any(path in _part(message, kind) for path in OPENING for kind in ("plain", "html"))
    if opens and not getattr(request.user, "is_superuser", False):
        raise PermissionDenied
    return mail, message


def in_words(header: str) -> str:
    """Return a header's name as everybody knows it; the technical ones as they are."""
    known = {"From": _("From"), "To": _("To"), "Subject": _("Subject"), "Date": _("Date")}
    return known.get(header, header)


def _part(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    return str(part.get_content()) if part is not None else ""
