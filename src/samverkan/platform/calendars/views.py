"""The page where one gets an address, and the address itself."""

from __future__ import annotations

import hashlib

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import patch_cache_control
from django.utils.http import parse_etags, quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samverkan.documents.calendar import calendar_of
from samverkan.platform.access.actor import Actor
from samverkan.platform.access.http import ActorRequest, public, requires

from . import limits
from .entries import entries_of
from .forms import FeedForm
from .models import CalendarFeed
from .services import Answer, NewFeed, TooManyFeedsError, follower_of, make_feed, note_read
from .services import revoke_feed as revoke

SECONDS_FRESH = 900


@require_http_methods(["GET", "POST"])
@requires()
def index(request: ActorRequest) -> HttpResponse:
    form = FeedForm(request.POST if request.method == "POST" else None)
    made = _make(request, form) if request.method == "POST" and form.is_valid() else None
    address = ""
    if made:
        address = request.build_absolute_uri(reverse("calendars:feed", args=[made.token]))
    context = {
        "form": FeedForm() if made else form,
        "made": made,
        "address": address,
        "webcal": "webcal" + address.removeprefix("https").removeprefix("http"),
        "feeds": CalendarFeed.objects.visible_to(request.actor).filter(revoked_at__isnull=True),
        "coming": _coming(request.actor),
    }
    response = render(request, "calendars/index.html", context)
    response["Cache-Control"] = "no-store"
    return response


@require_POST
@requires()
def revoke_feed(request: ActorRequest, ref: str) -> HttpResponse:
    found = CalendarFeed.objects.visible_to(request.actor).filter(ref=ref).first()
    if found is None:
        raise Http404
    revoke(request.actor, found)
    return redirect("calendars:index")


@require_safe
@public
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar, for whoever has the address: nothing but what its function may see."""
    now = timezone.now()
    follower = follower_of(token, now)
    if follower.answer is Answer.UNKNOWN:
        if limits.is_over(limits.GUESSES, request.META.get("REMOTE_ADDR", ""), now):
            return _plain(_("Too many unknown addresses. Try again later."), 429)
        return _plain(_("There is no calendar at this address."), 404)
    if follower.answer is Answer.GONE or follower.actor is None or follower.feed is None:
        return _plain(_("This calendar is closed. Remove it from your calendar program."), 410)
    if limits.is_over(limits.READS, follower.feed.ref, now):
        return _plain(_("Asked too often. Try again later."), 429)
    note_read(follower.actor, follower.feed)
    return _calendar(request, follower.actor)


def _calendar(request: HttpRequest, actor: Actor) -> HttpResponse:
    with translation.override(actor.language):
        entries = entries_of(actor, request.build_absolute_uri)
        content = calendar_of(actor.function_title, entries, language=actor.language)
    etag = quote_etag(hashlib.sha256(content).hexdigest()[:32])
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        response = HttpResponse(status=304)
    else:
        response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
        response["Content-Disposition"] = 'inline; filename="samverkan.ics"'
    response["ETag"] = etag
    response["X-Robots-Tag"] = "noindex, nofollow"
    patch_cache_control(response, private=True, max_age=SECONDS_FRESH)
    return response


def _plain(words: str, status: int) -> HttpResponse:
    response = HttpResponse(words, status=status, content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = "no-store"
    if status == 429:
        response["Retry-After"] = str(limits.READS.seconds)
    return response


def _make(request: ActorRequest, form: FeedForm) -> NewFeed | None:
    try:
        return make_feed(request.actor, form.cleaned_data["name"])
    except TooManyFeedsError:
        form.add_error(None, _("You have ten addresses in use. Close one that you do not need."))
        return None


def _coming(actor: Actor) -> int:
    """How many entries the calendar has right now."""
    return len(entries_of(actor, str))
