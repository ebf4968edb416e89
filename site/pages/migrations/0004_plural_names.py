from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("pages", "0003_block_examples"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="homepage",
            options={"verbose_name": "front page", "verbose_name_plural": "front pages"},
        ),
        migrations.AlterModelOptions(
            name="standardpage",
            options={"verbose_name": "page of text", "verbose_name_plural": "pages of text"},
        ),
    ]
