"""E-mail addresses and accounts in social media."""

from __future__ import annotations

import re
from collections.abc import Iterator

from samverkan.swedish.guard.findings import FindingKind, Span
from samverkan.swedish.guard.vocabulary import vocabulary

_LOCAL = re.compile(r"[\w.+%-]{1,64}$")
_AT = re.compile(r"@| ?[(\[] ?(?:at|snabel-?a|@) ?[)\]] ?| @ ", re.IGNORECASE)
_DOMAIN = re.compile(
    r"[\w-]{1,63}(?:\.[\w-]{1,63}){0,4}(?:\.| ?[(\[](?:dot|punkt)[)\]] ?)[a-zåäö]{2,12}",
    re.IGNORECASE,
)
_AT_NAME = re.compile(r"(?<![\w@.])@(?=[\w.]{0,29}[a-zåäö])[\w.]{1,29}\w", re.IGNORECASE)
_ADDRESS = re.compile(
    r"(?<![\w.])(?:https?://)?(?:(?:www|m|vm)\.)?(?:(?:instagram|tiktok|snapchat|facebook|fb|twitter"
    r"|youtube|discord|telegram|threads|linkedin|twitch|x)\.(?:com|me|net|gg|tv)|t\.me)"
    r"/[^\s,;)\"]{0,199}[^\s,;)\".]",
    re.IGNORECASE,
)
_MEDIUM = re.compile(
    r"(?<!\w)(?:snap(?:chat)?|insta(?:gram)?|ig|tik ?tok|facebook|fb|messenger|discord|telegram|kik"
    r"|signal|whatsapp|twitter|youtube|roblox|steam)(?:namn|konto|kontot|namnet|användare)?"
    r"(?P<link> ?[:=] ?| (?:är|heter|som) | - | \(| )[\"'@]?(?P<account>\w[\w.#-]{1,30}\w)",
    re.IGNORECASE,
)
_ACCOUNT = re.compile(
    r"(?<!\w)(?:kontot?|användaren?|användarnamn(?:et)?|profilen?|nicket?|alias)"
    r"(?: (?:heter|är))?[ :]{1,2}(?P<quote>[\"'])?@?(?P<account>\w[\w.#-]{1,30}\w)",
    re.IGNORECASE,
)
_NAMING = frozenset({":", "=", "är", "heter"})
_LOOKS_CHOSEN = re.compile(r"[a-zåäö]\w*[._#]\w*\w|[a-zåäö]+\d+\w*", re.IGNORECASE)


def email_addresses(text: str) -> Iterator[Span]:
    for at in _AT.finditer(text):
        domain = _DOMAIN.match(text, at.end())
        first = max(0, at.start() - 64)
        local = _LOCAL.search(text[first : at.start()])
        if domain and local:
            yield Span(FindingKind.EMAIL_ADDRESS, first + local.start(), domain.end())


def social_media_handles(text: str) -> Iterator[Span]:
    for match in _ADDRESS.finditer(text):
        yield _handle(*match.span())
    for match in _AT_NAME.finditer(text):
        yield _handle(*match.span())
    for match in _MEDIUM.finditer(text):
        if _is_account(match["account"], named=match["link"].strip() in _NAMING):
            yield _handle(*match.span("account"))
    for match in _ACCOUNT.finditer(text):
        if match["quote"] or _LOOKS_CHOSEN.fullmatch(match["account"]):
            yield _handle(*match.span("account"))


def _handle(start: int, end: int) -> Span:
    return Span(FindingKind.SOCIAL_MEDIA_HANDLE, start, end)


def _is_account(account: str, *, named: bool) -> bool:
    """A word after "snap:" is an account unless it is an ordinary one; after "snap", if chosen."""
    if _LOOKS_CHOSEN.fullmatch(account):
        return True
    return named and account.lower() not in vocabulary().after_a_social_medium
