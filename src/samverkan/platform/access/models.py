"""Managers that refuse unscoped reads, and the base of every model that people reach."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar, Generic, NoReturn, Self, TypeVar

from django.db import models

from samverkan.platform.refs import LENGTH, new_ref

from .actor import Actor
from .capabilities import InformationClass

ModelType = TypeVar("ModelType", bound=models.Model, covariant=True)


class UnscopedReadError(RuntimeError):
    """Somebody asked for rows without saying who asks."""


class ScopedQuerySet(models.QuerySet[ModelType]):
    """The queryset of a model with an access rule; each model's own says `visible_to`."""

    def visible_to(self, actor: Actor) -> Self:
        raise TypeError(f"{self.model.__name__} has no access rule")


class ScopedManager(models.Manager[ModelType], Generic[ModelType]):
    """Offers an allow list: `visible_to(actor)`, `for_system(reason)`, and writing of new rows."""

    queryset_class: type[ScopedQuerySet[Any]] = ScopedQuerySet

    @classmethod
    def over(cls, queryset_class: type[ScopedQuerySet[Any]]) -> ScopedManager[Any]:
        name = f"{queryset_class.__name__}Manager"
        manager: ScopedManager[Any] = type(name, (cls,), {"queryset_class": queryset_class})()
        return manager

    def get_queryset(self) -> NoReturn:
        raise UnscopedReadError(
            f"{self.model.__name__}.objects: say who asks, with visible_to(actor) "
            "or for_system(reason)"
        )

    def _everything(self) -> Any:
        return self.queryset_class(model=self.model, using=self._db, hints=self._hints)  # type: ignore[attr-defined]

    def visible_to(self, actor: Actor) -> Any:
        """The rows that the actor may see: the same for list, count, search, export and detail."""
        return self._everything().visible_to(actor)

    def for_system(self, reason: str) -> Any:
        """All rows, for work of the system's own; the reason is for whoever reads the code."""
        if not reason:
            raise UnscopedReadError("for_system needs a reason")
        return self._everything()

    def create(self, **fields: Any) -> Any:
        return self._everything().create(**fields)

    def bulk_create(  # type: ignore[override]
        self, objs: Iterable[Any], batch_size: int | None = None, **options: Any
    ) -> Any:
        return self._everything().bulk_create(objs, batch_size=batch_size, **options)


class ScopedModel(models.Model):
    """A model with a public random `ref` and an access rule."""

    information_class: ClassVar[InformationClass] = InformationClass.INTERNAL
    retention: ClassVar[str] = ""

    ref = models.CharField(max_length=LENGTH, unique=True, editable=False, default=new_ref)

    class Meta:
        abstract = True
