"""Whether the known defects of a reference program are corrected or reproduced."""

from __future__ import annotations

from enum import Enum

from samverkan.methods.errors import MethodError


class Variant(Enum):
    """The corrected definition is the default everywhere; the released one is for comparison."""

    CORRECTED = "corrected"
    RELEASED = "released"


def as_variant(variant: str | Variant, *, name: str = "variant") -> Variant:
    try:
        return Variant(variant)
    except ValueError as error:
        raise MethodError(f"{name} must be corrected or released") from error
