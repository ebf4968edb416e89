"""StreamField blocks that editors share."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from core.pictures import shown

TEXT_FEATURES = ["h3", "bold", "link", "ul", "ol"]
PAGE_FEATURES = [*TEXT_FEATURES, "document-link"]  # a mail has no documents


class PictureBlock(blocks.StructBlock):
    """A picture that says what it shows, for those who cannot see it."""

    image = ImageChooserBlock(
        label=_("picture"), help_text=_("After the last day of consent the picture is left out.")
    )
    alt = blocks.CharBlock(
        label=_("what the picture shows"),
        max_length=200,
        help_text=_("For those who cannot see it, for example: Three people peel potatoes"),
    )
    caption = blocks.CharBlock(
        label=_("caption"),
        max_length=200,
        required=False,
        help_text=_("For example: Every Tuesday we cook together."),
    )

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """A picture that may no longer be shown is left out, words and all."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        context["image"] = shown(value.get("image"), timezone.localdate())
        return context

    class Meta:
        icon = "image"
        label = _("picture")
        template = "blocks/picture.html"


class FactBoxBlock(blocks.StructBlock):
    """A short text that must stand out."""

    heading = blocks.CharBlock(
        label=_("heading"), max_length=80, help_text=_("For example: Bring this")
    )
    text = blocks.RichTextBlock(
        label=_("text"),
        features=PAGE_FEATURES[1:],
        help_text=_("For example: A towel and warm clothes."),
    )

    class Meta:
        icon = "warning"
        label = _("box")
        template = "blocks/fact_box.html"


class QuestionBlock(blocks.StructBlock):
    """A question and its answer, folded until somebody asks."""

    question = blocks.CharBlock(
        label=_("question"), max_length=160, help_text=_("For example: May I bring my dog?")
    )
    answer = blocks.RichTextBlock(
        label=_("answer"),
        features=PAGE_FEATURES[1:],
        help_text=_("For example: Yes, if it gets on with the others."),
    )

    class Meta:
        icon = "help"
        label = _("question and answer")
        template = "blocks/question.html"


BODY_BLOCKS = [
    (
        "heading",
        blocks.CharBlock(
            label=_("heading"),
            max_length=100,
            help_text=_("For example: What happens when you come in?"),
            icon="title",
            template="blocks/heading.html",
        ),
    ),
    (
        "text",
        blocks.RichTextBlock(
            label=_("text"),
            features=PAGE_FEATURES,
            template="blocks/text.html",
            help_text=_(
                "Short paragraphs, for example: You are met by somebody who works here. You "
                "decide what you tell."
            ),
        ),
    ),
    ("picture", PictureBlock()),
    ("fact_box", FactBoxBlock()),
    ("question", QuestionBlock()),
]
