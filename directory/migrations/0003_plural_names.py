from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0002_terms"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="firstvisitstep",
            options={
                "ordering": ["sort_order"],
                "verbose_name": "step of the first visit",
                "verbose_name_plural": "steps of the first visit",
            },
        ),
        migrations.AlterModelOptions(
            name="venuecontact",
            options={
                "ordering": ["sort_order"],
                "verbose_name": "contact",
                "verbose_name_plural": "contacts",
            },
        ),
        migrations.AlterModelOptions(
            name="venueindexpage",
            options={"verbose_name": "list of venues", "verbose_name_plural": "lists of venues"},
        ),
        migrations.AlterModelOptions(
            name="venueshortinfo",
            options={
                "ordering": ["sort_order"],
                "verbose_name": "short information in another language",
                "verbose_name_plural": "short information in other languages",
            },
        ),
        migrations.AlterModelOptions(
            name="venueverification",
            options={
                "get_latest_by": "verified_at",
                "ordering": ["-verified_at"],
                "verbose_name": "confirmation",
                "verbose_name_plural": "confirmations",
            },
        ),
    ]
