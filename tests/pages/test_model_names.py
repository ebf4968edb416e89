"""What the admin calls our models: in Danish a plural is never the singular with an s."""

from django.apps import apps

OURS = {
    "core",
    "accounts",
    "directory",
    "activities",
    "newsletter",
    "staff",
    "initiatives",
    "pages",
}


def test_every_model_that_has_a_name_has_a_plural_of_its_own():
    named = [
        model
        for model in apps.get_models()
        if model._meta.app_label in OURS and "verbose_name" in model._meta.original_attrs
    ]

    without = [m.__name__ for m in named if "verbose_name_plural" not in m._meta.original_attrs]

    assert len(named) > 40
    assert without == []
