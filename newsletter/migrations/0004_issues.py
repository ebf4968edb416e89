import django.db.models.deletion
import wagtail.fields
from django.conf import settings
from django.db import migrations, models

WORKFLOW = "Godkendelse af nyhedsbreve"
TASK = "En kollega læser nyhedsbrevet"


def add_workflow(apps, schema_editor):
    """Make the one workflow there is: a colleague reads a newsletter. Wagtail's own is retired."""
    content_types = apps.get_model("contenttypes", "ContentType")
    workflows = apps.get_model("wagtailcore", "Workflow")
    kind, _ = content_types.objects.get_or_create(app_label="newsletter", model="issueapproval")
    workflows.objects.filter(name="Moderators approval").update(active=False)
    workflow = workflows.objects.create(name=WORKFLOW)
    task = apps.get_model("newsletter", "IssueApproval").objects.create(
        name=TASK, content_type=kind
    )
    apps.get_model("wagtailcore", "WorkflowTask").objects.create(
        workflow=workflow, task_id=task.pk, sort_order=0
    )


def remove_workflow(apps, schema_editor):
    workflows = apps.get_model("wagtailcore", "Workflow")
    workflows.objects.filter(name=WORKFLOW).delete()
    workflows.objects.filter(name="Moderators approval").update(active=True)


class Migration(migrations.Migration):
    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
        ("newsletter", "0003_sending"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.CreateModel(
            name="IssueApproval",
            fields=[
                (
                    "task_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="wagtailcore.task",
                    ),
                ),
            ],
            options={
                "verbose_name": "approval of a newsletter",
                "verbose_name_plural": "approvals of newsletters",
            },
            bases=("wagtailcore.task",),
        ),
        migrations.CreateModel(
            name="NewsletterIndexPage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                (
                    "search_words",
                    models.CharField(
                        blank=True,
                        help_text="For example: soup kitchen, narcotics, homeless. Never shown.",
                        max_length=255,
                        verbose_name="other words people search for",
                    ),
                ),
                (
                    "sort_key",
                    models.CharField(blank=True, db_index=True, editable=False, max_length=255),
                ),
                (
                    "introduction",
                    models.CharField(blank=True, max_length=255, verbose_name="introduction"),
                ),
                (
                    "needs_approval",
                    models.BooleanField(
                        default=False,
                        help_text="By a communication editor other than the one who asks for it.",
                        verbose_name="a newsletter must be approved before it is sent",
                    ),
                ),
            ],
            options={
                "verbose_name": "newsletters",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="IssuePage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                (
                    "search_words",
                    models.CharField(
                        blank=True,
                        help_text="For example: soup kitchen, narcotics, homeless. Never shown.",
                        max_length=255,
                        verbose_name="other words people search for",
                    ),
                ),
                (
                    "sort_key",
                    models.CharField(blank=True, db_index=True, editable=False, max_length=255),
                ),
                (
                    "subject",
                    models.CharField(blank=True, max_length=120, verbose_name="subject line"),
                ),
                (
                    "preheader",
                    models.CharField(
                        blank=True, max_length=150, verbose_name="first line in the inbox"
                    ),
                ),
                ("greeting", wagtail.fields.RichTextField(blank=True, verbose_name="greeting")),
                (
                    "body",
                    wagtail.fields.StreamField(
                        [
                            ("text", 2),
                            ("picture", 6),
                            ("notice", 9),
                            ("activities", 19),
                            ("shared", 20),
                        ],
                        blank=True,
                        block_lookup={
                            0: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "heading", "max_length": 80, "required": False},
                            ),
                            1: (
                                "wagtail.blocks.RichTextBlock",
                                (),
                                {"features": ["h3", "bold", "link", "ul", "ol"], "label": "text"},
                            ),
                            2: ("wagtail.blocks.StructBlock", [[("heading", 0), ("text", 1)]], {}),
                            3: (
                                "wagtail.images.blocks.ImageChooserBlock",
                                (),
                                {"label": "picture"},
                            ),
                            4: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "what the picture shows", "max_length": 200},
                            ),
                            5: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "caption", "max_length": 200, "required": False},
                            ),
                            6: (
                                "wagtail.blocks.StructBlock",
                                [[("image", 3), ("alt", 4), ("caption", 5)]],
                                {},
                            ),
                            7: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "heading", "max_length": 80},
                            ),
                            8: (
                                "wagtail.blocks.RichTextBlock",
                                (),
                                {"features": ["bold", "link", "ul", "ol"], "label": "text"},
                            ),
                            9: ("wagtail.blocks.StructBlock", [[("heading", 7), ("text", 8)]], {}),
                            10: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": [
                                        ("7", "The next 7 days"),
                                        ("14", "The next 14 days"),
                                        ("31", "The next 31 days"),
                                        ("dates", "From one day to another"),
                                    ],
                                    "help_text": "Counted from the day the newsletter is sent.",
                                    "label": "period",
                                },
                            ),
                            11: (
                                "newsletter.blocks.DayBlock",
                                (),
                                {"label": "first day", "required": False},
                            ),
                            12: (
                                "newsletter.blocks.DayBlock",
                                (),
                                {"label": "last day", "required": False},
                            ),
                            13: (
                                "wagtail.blocks.IntegerBlock",
                                (),
                                {
                                    "default": 20,
                                    "help_text": "How many dates the list may have. The soonest come first.",
                                    "label": "at most",
                                    "max_value": 60,
                                    "min_value": 1,
                                },
                            ),
                            14: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "For example: Nothing is planned yet. Leave it empty to leave the list out.",
                                    "label": "if there are none",
                                    "max_length": 160,
                                    "required": False,
                                },
                            ),
                            15: (
                                "newsletter.blocks.VenueBlock",
                                ("directory.VenuePage",),
                                {"label": "venue"},
                            ),
                            16: (
                                "wagtail.blocks.ListBlock",
                                (15,),
                                {
                                    "default": [],
                                    "help_text": "Choose none, and the list is about all venues.",
                                    "label": "only these venues",
                                },
                            ),
                            17: (
                                "wagtail.blocks.MultipleChoiceBlock",
                                [],
                                {
                                    "choices": [
                                        ("social", "Company"),
                                        ("physical", "Exercise"),
                                        ("creative", "Creative"),
                                        ("experience", "Outing or experience"),
                                        ("learning", "Learning"),
                                        ("sensory", "Calm"),
                                        ("meal", "Meal"),
                                        ("advice", "Advice"),
                                        ("health", "Health"),
                                        ("peer_group", "Conversation group"),
                                        ("user_meeting", "House meeting"),
                                        ("celebration", "Celebration"),
                                        ("work", "Workshop"),
                                        ("spiritual", "Faith and reflection"),
                                    ],
                                    "label": "only these kinds",
                                    "required": False,
                                },
                            ),
                            18: (
                                "wagtail.blocks.BooleanBlock",
                                (),
                                {
                                    "help_text": "Without a tick only what is out of the ordinary is in the list.",
                                    "label": "what happens every week, too",
                                    "required": False,
                                },
                            ),
                            19: (
                                "wagtail.blocks.StructBlock",
                                [
                                    [
                                        ("heading", 7),
                                        ("period", 10),
                                        ("first", 11),
                                        ("last", 12),
                                        ("most", 13),
                                        ("empty_text", 14),
                                        ("venues", 16),
                                        ("types", 17),
                                        ("fixed_too", 18),
                                    ]
                                ],
                                {},
                            ),
                            20: (
                                "wagtail.blocks.StructBlock",
                                [
                                    [
                                        ("heading", 7),
                                        ("period", 10),
                                        ("first", 11),
                                        ("last", 12),
                                        ("most", 13),
                                        ("empty_text", 14),
                                    ]
                                ],
                                {},
                            ),
                        },
                        verbose_name="content",
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        limit_choices_to={"kind": "issues"},
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="issues",
                        to="newsletter.topic",
                        verbose_name="topic",
                    ),
                ),
            ],
            options={
                "verbose_name": "newsletter",
                "verbose_name_plural": "newsletters",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.RunPython(add_workflow, remove_workflow),
    ]
