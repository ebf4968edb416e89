"""The drawings of the sprite in templates: `{% pictogram %}` and `{% door %}`."""

import pytest
from django.template import Context, Template

SVG = (
    '<svg class="{}" aria-hidden="true" focusable="false">'
    '<use href="/static/img/icons.svg#{}" /></svg>'
)


def drawn(tag: str, **words: str) -> str:
    return Template("{% load pictograms %}" + tag).render(Context(words))


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ('{% pictogram "arrow" %}', SVG.format("icon", "i-arrow")),
        ('{% pictogram "arrow" size="small" %}', SVG.format("icon icon-small", "i-arrow")),
        ('{% door "open" %}', SVG.format("door", "d-open")),
        ('{% door "closed" %}', SVG.format("door", "d-shut")),
        ('{% door "unknown" %}', SVG.format("door", "d-unknown")),
        ("{% door nothing %}", SVG.format("door", "d-unknown")),
    ],
)
def test_drawing_is_hidden_from_those_who_listen(tag, expected):
    assert drawn(tag) == expected


def test_name_from_the_database_cannot_break_out_of_the_drawing():
    expected = SVG.format("icon", "i-&quot;&gt;&lt;script&gt;")

    assert drawn("{% pictogram name %}", name='"><script>') == expected
