from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("staff", "0004_devices"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="lesson",
            options={
                "ordering": ["at", "pk"],
                "verbose_name": "lesson",
                "verbose_name_plural": "lessons",
            },
        ),
        migrations.AlterModelOptions(
            name="personalcalendar",
            options={
                "verbose_name": "personal calendar",
                "verbose_name_plural": "personal calendars",
            },
        ),
        migrations.AlterModelOptions(
            name="signup",
            options={
                "ordering": ["at", "pk"],
                "verbose_name": "sign-up",
                "verbose_name_plural": "sign-ups",
            },
        ),
        migrations.AlterModelOptions(
            name="venueask",
            options={
                "ordering": ["-asked_at"],
                "verbose_name": "question whether all is right",
                "verbose_name_plural": "questions whether all is right",
            },
        ),
    ]
