"""What the panel says about how hard a text is; the numbers come from the browser."""

from django.utils.translation import gettext as _

from core.domain import readability


def panel_settings() -> dict[str, object]:
    """Return the words and bounds for `static/js/content_checks.js`, as plain values."""
    return {
        "abbreviations": sorted(readability.ABBREVIATIONS),
        "levels": {
            "easy": _("Easy to read"),
            "middling": _("Neither easy nor hard"),
            "hard": _("Hard to read"),
        },
        "few": _("Write a little more: then you see how hard the text is."),
        "longest": _("The longest sentence has {count} words. Make it two:"),
        "hard_words": _("Long words. Is there a shorter one?"),
        "fine": _("Short sentences and short words: keep it like that."),
        "cut": _("Shorter sentences make it easier. Begin with the longest:"),
    }
