from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("newsletter", "0011_block_examples"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="newsletterindexpage",
            options={"verbose_name": "newsletters", "verbose_name_plural": "newsletters"},
        ),
    ]
