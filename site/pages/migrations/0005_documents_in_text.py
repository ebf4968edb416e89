import wagtail.fields
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("pages", "0004_plural_names"),
    ]

    operations = [
        migrations.AlterField(
            model_name="standardpage",
            name="body",
            field=wagtail.fields.StreamField(
                [("heading", 0), ("text", 1), ("picture", 5), ("fact_box", 8), ("question", 11)],
                blank=True,
                block_lookup={
                    0: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {
                            "help_text": "For example: What happens when you come in?",
                            "icon": "title",
                            "label": "heading",
                            "max_length": 100,
                            "template": "blocks/heading.html",
                        },
                    ),
                    1: (
                        "wagtail.blocks.RichTextBlock",
                        (),
                        {
                            "features": ["h3", "bold", "link", "ul", "ol", "document-link"],
                            "help_text": "Short paragraphs, for example: You are met by somebody who works here. You decide what you tell.",
                            "label": "text",
                            "template": "blocks/text.html",
                        },
                    ),
                    2: (
                        "wagtail.images.blocks.ImageChooserBlock",
                        (),
                        {
                            "help_text": "After the last day of consent the picture is left out.",
                            "label": "picture",
                        },
                    ),
                    3: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {
                            "help_text": "For those who cannot see it, for example: Three people peel potatoes",
                            "label": "what the picture shows",
                            "max_length": 200,
                        },
                    ),
                    4: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {
                            "help_text": "For example: Every Tuesday we cook together.",
                            "label": "caption",
                            "max_length": 200,
                            "required": False,
                        },
                    ),
                    5: (
                        "wagtail.blocks.StructBlock",
                        [[("image", 2), ("alt", 3), ("caption", 4)]],
                        {},
                    ),
                    6: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {
                            "help_text": "For example: Bring this",
                            "label": "heading",
                            "max_length": 80,
                        },
                    ),
                    7: (
                        "wagtail.blocks.RichTextBlock",
                        (),
                        {
                            "features": ["bold", "link", "ul", "ol", "document-link"],
                            "help_text": "For example: A towel and warm clothes.",
                            "label": "text",
                        },
                    ),
                    8: ("wagtail.blocks.StructBlock", [[("heading", 6), ("text", 7)]], {}),
                    9: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {
                            "help_text": "For example: May I bring my dog?",
                            "label": "question",
                            "max_length": 160,
                        },
                    ),
                    10: (
                        "wagtail.blocks.RichTextBlock",
                        (),
                        {
                            "features": ["bold", "link", "ul", "ol", "document-link"],
                            "help_text": "For example: Yes, if it gets on with the others.",
                            "label": "answer",
                        },
                    ),
                    11: ("wagtail.blocks.StructBlock", [[("question", 9), ("answer", 10)]], {}),
                },
                verbose_name="text",
            ),
        ),
    ]
