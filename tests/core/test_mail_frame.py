"""The frame of every mail: the site's name, colours and numbers."""

import pytest

from core.mail_frame import DARK, LIGHT, MailFrame, Number, mail_frame
from core.mail_markup import inline_styles
from tests.factories.mail import make_frame

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_is_enough]


def test_a_site_without_settings_has_a_frame():
    assert mail_frame() == MailFrame(
        site_name="Fristed",
        municipality="",
        home_url="https://fristed.example/",
        light={**LIGHT, "soft": "#525a57", "line": "#d9d1c2", "sand": "#efe6d6"},
        dark=DARK,
    )


def test_the_frame_has_the_municipality_and_its_numbers(home):
    make_frame(home)

    frame = mail_frame()

    assert (frame.municipality, frame.acute_heading) == (
        "Eksempelby Kommune",
        "Har du brug for hjælp nu?",
    )
    assert frame.numbers == (Number("70 201 201", "70201201", "Livslinien"),)


def test_numbers_without_a_heading_are_not_shown(home):
    site = make_frame(home)
    site.acute_heading = ""
    site.save()

    assert mail_frame().numbers == ()


def test_styles_are_on_the_elements_and_only_dark_mode_is_left_in_the_head():
    page = (
        "<html><head><style>p { color: #111 }</style>"
        '<style data-css-inline="keep">@media (prefers-color-scheme: dark) { p { color: #eee } }'
        "</style></head><body><p>Hej</p></body></html>"
    )

    assert inline_styles(page) == (
        '<html><head><style data-css-inline="keep">'
        "@media (prefers-color-scheme: dark) { p { color: #eee } }</style></head>"
        '<body><p style="color:#111">Hej</p></body></html>'
    )
