"""The one place where bytes leave for the network: proxies, certificates, bounded answers."""

from __future__ import annotations

import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from django.conf import settings
from django.utils.translation import gettext as _

from samverkan import __version__

from .errors import BrokenAnswerError, FetchError, OfflineError
from .politeness import Rules

PIECE = 64 * 1024


@dataclass(frozen=True)
class Answer:
    """What came back, whole and unpacked."""

    status: int
    headers: Mapping[str, str]
    content: bytes

    def header(self, name: str) -> str:
        return self.headers.get(name.lower(), "")

    @property
    def content_type(self) -> str:
        return self.header("Content-Type").split(";")[0].strip().lower()


class CutConnectionError(Exception):
    """The connection broke before the answer was whole: worth another try."""

    def __init__(self, was_reached: bool) -> None:
        super().__init__("cut")
        self.was_reached = was_reached


def user_agent() -> str:
    """The product, and whom the publisher may write to."""
    contact = settings.FETCH_CONTACT
    return f"Samverkan/{__version__}" + (f" ({contact})" if contact else "")


def send(address: str, rules: Rules, headers: Mapping[str, str], body: bytes | None) -> Answer:
    """One request and its whole answer. Raises CutConnectionError or a FetchError."""
    import urllib3

    asked = {"User-Agent": user_agent(), "Accept-Encoding": "gzip", **headers}
    try:
        response = _manager(address, rules).request(
            "GET" if body is None else "POST",
            address,
            body=body,
            headers=asked,
            preload_content=False,
            redirect=False,
            retries=False,
        )
    except urllib3.exceptions.SSLError:
        raise _bad_certificate(address) from None
    except urllib3.exceptions.HTTPError as error:
        if isinstance(error.__cause__, ssl.SSLError):
            raise _bad_certificate(address) from None
        raise CutConnectionError(was_reached=_was_reached(error)) from error
    try:
        content = _whole(response, rules, address)
    except urllib3.exceptions.HTTPError as error:
        raise CutConnectionError(was_reached=True) from error
    finally:
        response.close()
    return Answer(
        response.status, {name.lower(): value for name, value in response.headers.items()}, content
    )


def offline(address: str) -> OfflineError:
    return OfflineError(
        _("%(host)s cannot be reached from here.") % {"host": host_of(address)},
        _("Check the network and the proxy (HTTPS_PROXY), or put the figures in as a file."),
    )


def host_of(address: str) -> str:
    return urlsplit(address).hostname or address


def _whole(response: Any, rules: Rules, address: str) -> bytes:
    """The unpacked body; stops when it grows larger, or takes longer, than is taken."""
    pieces, size, begun = [], 0, time.monotonic()
    for piece in response.stream(PIECE, decode_content=True):
        size += len(piece)
        if size > rules.most_bytes:
            raise BrokenAnswerError(
                _("The answer from %(host)s is larger than %(megabytes)d MB.")
                % {"host": host_of(address), "megabytes": rules.most_bytes // 1024**2},
                _("Ask for fewer years or municipalities at a time."),
            )
        if time.monotonic() - begun > 10 * rules.timeout_seconds:
            raise CutConnectionError(was_reached=True)
        pieces.append(piece)
    return b"".join(pieces)


def _manager(address: str, rules: Rules) -> Any:
    import urllib3

    timeout = urllib3.Timeout(connect=rules.timeout_seconds, read=rules.timeout_seconds)
    options: dict[str, Any] = {"timeout": timeout, "num_pools": 2}
    if settings.FETCH_CA_FILE:
        context = ssl.create_default_context()
        context.load_verify_locations(settings.FETCH_CA_FILE)
        options["ssl_context"] = context
    parts = urlsplit(address)
    proxy = getproxies().get(parts.scheme, "")
    if proxy and not proxy_bypass(parts.netloc):
        whole = proxy if "://" in proxy else f"http://{proxy}"
        return urllib3.ProxyManager(whole, **options)
    return urllib3.PoolManager(**options)


def _was_reached(error: Exception) -> bool:
    import urllib3

    unreached = (
        urllib3.exceptions.NewConnectionError,
        urllib3.exceptions.ConnectTimeoutError,
        urllib3.exceptions.ProxyError,
        urllib3.exceptions.NameResolutionError,
    )
    return not isinstance(error, unreached)


def _bad_certificate(address: str) -> FetchError:
    return FetchError(
        _("The certificate of %(host)s cannot be verified; nothing was fetched.")
        % {"host": host_of(address)},
        _("If an authority's certificate is missing, name a file with it in SAMVERKAN_FETCH_CA."),
    )
