"""Loads the field's lists of words from directory/data/terms.toml."""

import tomllib
from pathlib import Path

from django.db import migrations

TERMS = Path(__file__).resolve().parents[1] / "data" / "terms.toml"


def load_terms(apps, schema_editor):
    """Add the words that are not there. A word the municipality has changed stays as it is."""
    lists = tomllib.loads(TERMS.read_text(encoding="utf-8"))
    for kind, model_name in (("target_group", "TargetGroup"), ("amenity", "Amenity")):
        model = apps.get_model("directory", model_name)
        for order, values in enumerate(lists[kind], start=1):
            code = values.pop("code")
            model.objects.get_or_create(code=code, defaults={"order": order * 10, **values})


class Migration(migrations.Migration):
    dependencies = [("directory", "0001_initial")]

    # Backwards the words stay: venues and activities point at them.
    operations = [migrations.RunPython(load_terms, migrations.RunPython.noop)]
