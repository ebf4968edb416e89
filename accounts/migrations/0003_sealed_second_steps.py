from django.db import migrations

from accounts import sealing

SEALED = ("secret", "seed")


def change_each(apps, change):
    for row in apps.get_model("mfa", "Authenticator").objects.all():
        row.data = {
            name: change(value) if name in SEALED else value for name, value in row.data.items()
        }
        row.save(update_fields=["data"])


def seal(apps, schema_editor):
    change_each(apps, sealing.seal)


def unseal(apps, schema_editor):
    change_each(apps, sealing.unseal)


class Migration(migrations.Migration):
    """Encrypt the secrets of second steps that lay there in the clear."""

    dependencies = [
        ("accounts", "0002_invitations"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]

    operations = [migrations.RunPython(seal, unseal)]
