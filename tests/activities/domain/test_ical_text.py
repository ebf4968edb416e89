import pytest

from activities.domain.ical_text import plain_text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", ""),
        ("<p>Vi laver <b>mad</b> &amp; spiser.</p><p>Kom.</p>", "Vi laver mad & spiser.\n\nKom."),
        ("<p>Tag med:</p><ul><li>Sko</li><li>Madpakke</li></ul>", "Tag med:\n\n– Sko\n– Madpakke"),
        (
            '<p>Læs <a href="https://tur.example/?a=1&amp;b=2">mere</a>.</p>',
            "Læs mere (https://tur.example/?a=1&b=2).",
        ),
        ('<p>Se <a linktype="page" id="3">Perlen</a>.</p>', "Se Perlen."),
        ('<p>Nej <a href="javascript:x()">tak</a>.</p>', "Nej tak."),
        ("<p>Linje<br/>skift</p>", "Linje\nskift"),
        ("<p>Pris 2 &lt; 3</p>", "Pris 2 < 3"),
        ("<p>a\x07\u202eb\n   c</p>", "ab c"),
        ("<p>Åbent", "Åbent"),
    ],
)
def test_plain_text_keeps_the_words_and_drops_the_tags(html: str, text: str) -> None:
    assert plain_text(html) == text
