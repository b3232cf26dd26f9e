"""Small counts hidden in tables with totals, so that they cannot be worked out."""

from samverkan.methods.suppression.linked import LinkedSuppression, Sum, suppress_linked
from samverkan.methods.suppression.suppress import Suppression, suppress

__all__ = ["LinkedSuppression", "Sum", "Suppression", "suppress", "suppress_linked"]
