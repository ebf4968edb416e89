"""What Wagtail's own migrations leave behind in English, seen on screens of the admin."""

from django.db import migrations

ROOT = ("Root", "Øverste niveau")
COLLECTION = ("Root", "Fælles")
GROUPS = {
    "Fristed: admin": "Fristed: adgang",
    "Fristed: communication": "Fristed: kommunikation",
}
UNUSED = ("Editors", "Moderators")
RETIRED = ("Moderators approval", "Wagtails godkendelse (bruges ikke)")


def to_danish(apps, schema_editor):
    rename(apps, ROOT, COLLECTION, GROUPS.items(), RETIRED)
    # Rights come from roles here; Wagtail's two groups go unless somebody has taken them into use.
    groups = apps.get_model("auth", "Group").objects.filter(name__in=UNUSED)
    groups.filter(user=None).delete()


def to_english(apps, schema_editor):
    groups = [pair[::-1] for pair in GROUPS.items()]
    rename(apps, ROOT[::-1], COLLECTION[::-1], groups, RETIRED[::-1])


def rename(apps, root, collection, groups, retired):
    pages = apps.get_model("wagtailcore", "Page").objects.filter(depth=1, title=root[0])
    pages.update(title=root[1], draft_title=root[1])
    collections = apps.get_model("wagtailcore", "Collection").objects
    collections.filter(depth=1, name=collection[0]).update(name=collection[1])
    for old, new in groups:
        apps.get_model("auth", "Group").objects.filter(name=old).update(name=new)
    for model in ("Workflow", "Task"):
        rows = apps.get_model("wagtailcore", model).objects.filter(name=retired[0])
        rows.update(name=retired[1])


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("core", "0003_mail"),
        ("newsletter", "0009_alert_outlives_its_date"),
        ("pages", "0001_initial"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [migrations.RunPython(to_danish, to_english)]
