"""A tree from rows that name their parents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Branch:
    """One row of the tree and how deep it lies; a row stands right after its parent."""

    key: int
    depth: int
    children: tuple[int, ...]


def would_loop(parents: Mapping[int, int | None], node: int, new_parent: int) -> bool:
    """Whether the node would lie beneath itself."""
    above: int | None = new_parent
    seen = set[int]()
    while above is not None and above not in seen:
        if above == node:
            return True
        seen.add(above)
        above = parents.get(above)
    return False


def in_tree_order(rows: Iterable[tuple[int, int | None]]) -> tuple[Branch, ...]:
    """(key, parent) rows as branches, depth first; a row whose parent is unknown is a root.

    Every row comes out exactly once, also those of a loop, which are taken as roots.
    """
    given = list(rows)
    keys = {key for key, _parent in given}
    children: dict[int | None, list[int]] = {}
    for key, parent in given:
        children.setdefault(parent if parent in keys else None, []).append(key)
    found: list[Branch] = []
    seen = set[int]()

    def walk(key: int, depth: int) -> None:
        if key in seen:
            return
        seen.add(key)
        below = tuple(children.get(key, ()))
        found.append(Branch(key, depth, below))
        for child in below:
            walk(child, depth + 1)

    for root in children.get(None, ()):
        walk(root, 0)
    for key, _parent in given:
        walk(key, 0)
    return tuple(found)
