"""What stands around the words of every mail: the sender's name, its colours, numbers to ring."""

from dataclasses import dataclass, field

from django.conf import settings

from core.domain.colours import parse_colour
from core.models import SiteSettings

LIGHT = {
    "paper": "#fbf7f0",
    "ink": "#1c2927",
    "pine": "#14514a",
    "glow": "#f3b94c",
    "brick": "#9c3526",
}
# A municipality chooses light colours only: five of them cannot make a dark palette.
DARK = {
    "paper": "#14201f",
    "ink": "#f4efe6",
    "soft": "#b9c3bd",
    "pine": "#86cfbd",
    "brick": "#f0a596",
    "line": "#34423f",
    "sand": "#2a2c26",
}
SOFT = 0.76  # how much ink is in quiet text, as in the style sheet of the site


@dataclass(frozen=True, slots=True)
class Number:
    """A number to ring in an emergency: as written, as dialled, and when."""

    number: str
    tel: str
    text: str


@dataclass(frozen=True, slots=True)
class MailFrame:
    """The frame of a mail; `light` and `dark` are colours by their name in the style sheet."""

    site_name: str
    municipality: str
    home_url: str
    light: dict[str, str]
    dark: dict[str, str] = field(default_factory=lambda: dict(DARK))
    acute_heading: str = ""
    acute_text: str = ""
    numbers: tuple[Number, ...] = ()


def mail_frame() -> MailFrame:
    """Return the frame of the site's mails; two queries."""
    site = SiteSettings.objects.order_by("-site__is_default_site", "pk").first() or SiteSettings()
    rows = site.acute_numbers.all() if site.pk and site.acute_heading else ()
    return MailFrame(
        site_name=site.site_name,
        municipality=site.municipality,
        home_url=f"{settings.BASE_URL}/",
        light=_light(site),
        acute_heading=site.acute_heading,
        acute_text=site.acute_text,
        numbers=tuple(Number(row.number, row.number.replace(" ", ""), row.text) for row in rows),
    )


def _light(site: SiteSettings) -> dict[str, str]:
    chosen = {name: getattr(site, name) or colour for name, colour in LIGHT.items()}
    soft = _mix(chosen["ink"], chosen["paper"], SOFT)
    return {**chosen, "soft": soft, "line": "#d9d1c2", "sand": "#efe6d6"}


def _mix(colour: str, other: str, share: float) -> str:
    pairs = zip(parse_colour(colour), parse_colour(other), strict=True)
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in pairs)
