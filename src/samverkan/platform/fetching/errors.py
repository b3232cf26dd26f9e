"""Why nothing came from a publisher, in words for the person who asked."""

from __future__ import annotations

from django.utils.translation import gettext as _


class FetchError(Exception):
    """Nothing was fetched and nothing was changed; the texts say why and what to do."""

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    @property
    def text(self) -> str:
        return f"{self.message} {self.remedy}".strip()


class OfflineError(FetchError):
    """The publisher cannot be reached from here."""


class RefusedError(FetchError):
    """The publisher answered, and the answer was no."""

    def __init__(self, status: int, host: str) -> None:
        super().__init__(
            _("%(host)s answered with error %(status)d.") % {"host": host, "status": status},
            _("Try again later; if it goes on, the publisher may have changed its addresses."),
        )
        self.status = status


class BusyError(FetchError):
    """The publisher asks to be left alone for longer than somebody would wait."""


class BrokenAnswerError(FetchError):
    """The answer is cut off, too large, or not of the kind that was asked for."""


class ChangedAnswerError(FetchError):
    """The answer is whole, but does not look as it did when this program was written."""

    def __init__(self, host: str, what: str) -> None:
        super().__init__(
            _("The answer from %(host)s has changed: %(what)s. Nothing was put in.")
            % {"host": host, "what": what},
            _("Put the figures in as a file meanwhile, and tell whoever maintains Samverkan."),
        )
