"""What changed between two texts: the house's way of it lies with the documents."""

from samverkan.documents.differences import Change, ChangeKind, differences

__all__ = ["Change", "ChangeKind", "differences"]
