"""The one error that a method raises when it cannot honestly answer."""

from __future__ import annotations


class MethodError(ValueError):
    """The data or the settings do not allow an answer.

    The text says which argument is at fault and what would be accepted. It never lists
    the data itself, so that it can be logged and shown.
    """
