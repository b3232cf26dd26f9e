"""The pages and files that everybody may read, and the desk where they are published."""

from .desk import choose, desk, preview, publish, withdraw
from .files import catalogue, download
from .public import index, municipality

__all__ = [
    "catalogue",
    "choose",
    "desk",
    "download",
    "index",
    "municipality",
    "preview",
    "publish",
    "withdraw",
]
