"""Small counts hidden in tables with totals, so that they cannot be worked out."""

from samverkan.methods.suppression.suppress import Suppression, suppress

__all__ = ["Suppression", "suppress"]
