import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

TO_USER = {
    "blank": True,
    "null": True,
    "on_delete": django.db.models.deletion.SET_NULL,
    "related_name": "+",
    "to": settings.AUTH_USER_MODEL,
}


class Migration(migrations.Migration):
    dependencies = [
        ("activities", "0005_stops_and_batches"),
        ("directory", "0002_terms"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HandOver",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("kompas", "The national directory"),
                            ("facebook", "Facebook"),
                            ("instagram", "Instagram"),
                            ("linkedin", "LinkedIn"),
                            ("other", "Somewhere else"),
                        ],
                        max_length=10,
                        verbose_name="channel",
                    ),
                ),
                (
                    "url",
                    models.URLField(blank=True, max_length=500, verbose_name="link to the post"),
                ),
                ("content_hash", models.CharField(editable=False, max_length=64)),
                ("handed_at", models.DateTimeField(verbose_name="when")),
                ("withdrawn_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "activity",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="hand_overs",
                        to="activities.activitypage",
                        verbose_name="activity",
                    ),
                ),
                ("handed_by", models.ForeignKey(verbose_name="who", **TO_USER)),
                (
                    "venue",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="hand_overs",
                        to="directory.venuepage",
                        verbose_name="venue",
                    ),
                ),
                ("withdrawn_by", models.ForeignKey(editable=False, **TO_USER)),
            ],
            options={
                "verbose_name": "hand-over",
                "verbose_name_plural": "hand-overs",
                "ordering": ["-handed_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("activity__isnull", True),
                            ("venue__isnull", True),
                            _connector="XOR",
                        ),
                        name="hand_over_of_one_thing",
                    )
                ],
            },
        ),
    ]
