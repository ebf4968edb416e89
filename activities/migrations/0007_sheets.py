import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("activities", "0006_hand_overs"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SheetImport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("venues", "Venues"),
                            ("hours", "Opening hours"),
                            ("activities", "Activities"),
                        ],
                        max_length=12,
                        verbose_name="what it holds",
                    ),
                ),
                ("file_name", models.CharField(blank=True, max_length=120, verbose_name="file")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("checked", "Looked through, not imported"),
                            ("running", "Being imported"),
                            ("done", "Imported"),
                            ("undoing", "Being taken back"),
                            ("undone", "Taken back"),
                        ],
                        default="checked",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("notes", models.JSONField(blank=True, default=list)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="uploaded")),
                ("touched_at", models.DateTimeField(blank=True, null=True)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "undone_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "spreadsheet",
                "verbose_name_plural": "spreadsheets",
                "ordering": ["-created_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="SheetRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="row")),
                ("numbers", models.JSONField(default=list)),
                ("title", models.CharField(blank=True, max_length=255, verbose_name="title")),
                (
                    "action",
                    models.CharField(
                        choices=[
                            ("create", "Will be created"),
                            ("change", "Will be changed"),
                            ("same", "Is the same already"),
                            ("refuse", "Cannot be used"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("applied", "Done"),
                            ("failed", "Failed"),
                            ("undone", "Taken back"),
                            ("kept", "Kept"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("messages", models.JSONField(default=list)),
                ("differences", models.JSONField(default=list)),
                ("values", models.JSONField(default=dict)),
                ("page_id", models.BigIntegerField(blank=True, null=True)),
                ("venue_id", models.BigIntegerField(blank=True, null=True)),
                ("before", models.JSONField(blank=True, null=True)),
                ("after", models.JSONField(blank=True, null=True)),
                ("problem", models.CharField(blank=True, max_length=300)),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rows",
                        to="activities.sheetimport",
                    ),
                ),
            ],
            options={
                "verbose_name": "row",
                "verbose_name_plural": "rows",
                "ordering": ["number", "pk"],
            },
        ),
        migrations.AddIndex(
            model_name="sheetimport",
            index=models.Index(fields=["state", "touched_at"], name="sheet_import_work"),
        ),
        migrations.AddIndex(
            model_name="sheetrow",
            index=models.Index(fields=["sheet", "state", "number"], name="sheet_row_next"),
        ),
    ]
