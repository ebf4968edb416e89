from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0004_image_people"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="sitesettings",
            options={"verbose_name": "site settings", "verbose_name_plural": "site settings"},
        ),
    ]
