import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("activities", "0010_planning_sheets"),
        ("newsletter", "0008_index_of_leases"),
    ]

    operations = [
        migrations.AlterField(
            model_name="alert",
            name="occurrence",
            field=models.OneToOneField(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="activities.occurrence",
            ),
        ),
    ]
