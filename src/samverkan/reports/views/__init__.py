"""The lägesbild in the web: read it, write it, follow its versions, mark it as decided."""

from .reading import changes, download, history, index, month, picture
from .writing import decide, restore, share, write

__all__ = [
    "changes",
    "decide",
    "download",
    "history",
    "index",
    "month",
    "picture",
    "restore",
    "share",
    "write",
]
