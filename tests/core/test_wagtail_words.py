"""Words of Wagtail's screens that no catalogue can change."""

import datetime as dt

import pytest
from django.template import Context, Template
from django.utils import timezone, translation

SAID = "{% load wagtailadmin_tags %}{% timesince_last_update when user_display_name=who %}"


@pytest.mark.parametrize(
    ("language", "who", "said"),
    [
        ("da", "", "14.23"),
        ("da", "Mette", "14.23 af Mette"),
        ("en", "Mette", "14:23 by Mette"),
    ],
)
def test_hour_of_a_change_is_written_as_the_language_does(language, who, said):
    when = dt.datetime.combine(timezone.localdate(), dt.time(14, 23))

    with translation.override(language):
        written = Template(SAID).render(Context({"when": timezone.make_aware(when), "who": who}))

    assert written == said
