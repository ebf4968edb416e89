import wagtail.images.models
from django.db import migrations

import core.picture_files


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0005_plural_names"),
    ]

    operations = [
        migrations.AlterField(
            model_name="fristedimage",
            name="file",
            field=core.picture_files.BarePictureField(
                height_field="height",
                upload_to=wagtail.images.models.get_upload_to,
                verbose_name="file",
                width_field="width",
            ),
        ),
    ]
