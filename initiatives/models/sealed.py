"""Rows that cannot be changed any more once something they belong to has been sealed."""

from typing import Any

from django.db import models


class SealedError(TypeError):
    """Somebody tried to change what was sealed: a locked round, sent minutes, a frozen report."""


class SealedQuerySet(models.QuerySet[Any]):
    """The ways around `save` are closed, too."""

    def sealed(self) -> "SealedQuerySet":
        """Those that cannot be changed any more."""
        return self.filter(**{f"{self.model.SEALED_BY}__isnull": False})

    def update(self, **values: Any) -> int:
        self._refuse()
        return super().update(**values)

    def delete(self) -> tuple[int, dict[str, int]]:
        self._refuse()
        return super().delete()

    def bulk_create(self, objs: Any, *args: Any, **kwargs: Any) -> list[Any]:
        rows = list(objs)
        for row in {row.seal_key(): row for row in rows}.values():
            row.refuse_if_sealed()
        return super().bulk_create(rows, *args, **kwargs)

    def _refuse(self) -> None:
        if self.sealed().exists():
            raise SealedError(f"{self.model._meta.label} is sealed")


class Sealed(models.Model):
    """A row that is sealed as soon as the moment at `SEALED_BY` is there.

    `SEALED_BY` is a path from here, such as "locked_at" or "round__locked_at". The database is
    asked, never the object at hand: somebody else may have sealed it meanwhile.
    """

    SEALED_BY = ""

    objects = SealedQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.refuse_if_sealed()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        self.refuse_if_sealed()
        return super().delete(*args, **kwargs)

    def seal_key(self) -> tuple[type[models.Model], Any, str]:
        """Return the model, id and field of what seals this row."""
        first, _, rest = self.SEALED_BY.partition("__")
        if not rest:
            return type(self), self.pk, first
        field = self._meta.get_field(first)
        return field.related_model, getattr(self, field.attname), rest  # type: ignore[union-attr, return-value]  # a foreign key

    @property
    def is_sealed(self) -> bool:
        """Whether the database says that this row is sealed."""
        model, pk, path = self.seal_key()
        if pk is None:
            return False
        return model._base_manager.filter(pk=pk, **{f"{path}__isnull": False}).exists()

    def refuse_if_sealed(self) -> None:
        """Raise SealedError if this row is sealed."""
        if self.is_sealed:
            raise SealedError(f"{self._meta.label} is sealed")
