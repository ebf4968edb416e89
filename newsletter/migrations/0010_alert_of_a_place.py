from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def fill_in_places(apps, schema_editor):
    """What has been told until now was told with its place: nobody hears of it again."""
    dates = apps.get_model("activities", "Occurrence").objects.filter(pk=OuterRef("occurrence_id"))
    moved = apps.get_model("newsletter", "Alert").objects.filter(
        state="moved", occurrence_id__in=Subquery(dates.model.objects.values("pk"))
    )
    moved.update(place=Subquery(dates.values("place")[:1]))


class Migration(migrations.Migration):
    dependencies = [
        ("newsletter", "0009_alert_outlives_its_date"),
        ("activities", "0011_head_counts"),
    ]

    operations = [
        migrations.AddField(
            model_name="alert",
            name="place",
            field=models.CharField(blank=True, max_length=160),
        ),
        migrations.RunPython(fill_in_places, migrations.RunPython.noop, elidable=True),
    ]
