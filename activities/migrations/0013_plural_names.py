from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("activities", "0012_acts_known_at"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="activityverification",
            options={
                "get_latest_by": "verified_at",
                "ordering": ["-verified_at"],
                "verbose_name": "confirmation",
                "verbose_name_plural": "confirmations",
            },
        ),
        migrations.AlterModelOptions(
            name="calendarpage",
            options={"verbose_name": "calendar", "verbose_name_plural": "calendars"},
        ),
        migrations.AlterModelOptions(
            name="sharedindexpage",
            options={"verbose_name": "shared events", "verbose_name_plural": "shared events"},
        ),
    ]
