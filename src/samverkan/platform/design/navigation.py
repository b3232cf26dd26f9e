"""The rooms' doors in the menu. Each room registers its own when it starts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from django.urls import reverse
from django.utils.functional import Promise

from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability


class NavigationGroup(IntEnum):
    """The daily rooms stand first; tools that are opened now and then stand under a line."""

    ROOMS = 1
    TOOLS = 2


@dataclass(frozen=True)
class NavigationItem:
    """One door: `capabilities` names those that open it, any of them (none: every function).

    `icon` is the id of a symbol in static/design/icons.svg; `short_label` is what fits under the
    icon in the phone's bottom bar, where `label` does not.
    """

    key: str
    label: str | Promise
    url_name: str
    icon: str
    capabilities: tuple[Capability, ...] = ()
    order: int = 100
    group: NavigationGroup = NavigationGroup.ROOMS
    short_label: str | Promise = ""

    def is_open_to(self, actor: Actor) -> bool:
        if not actor.has_function:
            return False
        return not self.capabilities or any(actor.may(each) for each in self.capabilities)


@dataclass(frozen=True)
class MenuEntry:
    """A door as it is drawn on one page."""

    key: str
    label: str
    short_label: str
    url: str
    icon: str
    group: NavigationGroup
    is_current: bool


_items: dict[str, NavigationItem] = {}


def register(item: NavigationItem) -> None:
    """Put a door in the menu; registering the same key again replaces it."""
    _items[item.key] = item


def registered() -> list[NavigationItem]:
    return sorted(_items.values(), key=lambda item: (item.group, item.order, item.key))


def items_for(actor: Actor) -> list[NavigationItem]:
    """The doors that the actor's function may open, in the order of the house."""
    return [item for item in registered() if item.is_open_to(actor)]


def menu_for(actor: Actor, path: str) -> list[MenuEntry]:
    """The actor's doors, with the one that leads to the page at `path` marked as current."""
    doors = [(item, reverse(item.url_name)) for item in items_for(actor)]
    current = _closest([url for _item, url in doors], path)
    return [
        MenuEntry(
            key=item.key,
            label=str(item.label),
            short_label=str(item.short_label or item.label),
            url=url,
            icon=item.icon,
            group=item.group,
            is_current=url == current,
        )
        for item, url in doors
    ]


def _closest(urls: list[str], path: str) -> str | None:
    """The longest of the addresses that the path lies under; the root is only its own page."""
    above = [url for url in urls if path == url or (url != "/" and path.startswith(url))]
    return max(above, key=len, default=None)
