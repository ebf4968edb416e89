"""Loads the topics every installation starts with from newsletter/data/topics.toml."""

import tomllib
from pathlib import Path

from django.db import migrations

TOPICS = Path(__file__).resolve().parents[1] / "data" / "topics.toml"


def load_topics(apps, schema_editor):
    """Add the topics that are not there. One the municipality has changed stays as it is."""
    model = apps.get_model("newsletter", "Topic")
    for order, values in enumerate(tomllib.loads(TOPICS.read_text("utf-8"))["topic"], start=1):
        slug = values.pop("slug")
        model.objects.get_or_create(slug=slug, defaults={"order": order * 10, **values})


class Migration(migrations.Migration):
    dependencies = [("newsletter", "0001_readers")]

    # Backwards the topics stay: readers have said yes to them.
    operations = [migrations.RunPython(load_topics, migrations.RunPython.noop)]
