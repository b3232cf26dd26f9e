"""Contact paths and handovers on paper."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samverkan.documents.formats import Language
from samverkan.documents.report import Block, Heading, Paragraph, Report, Table
from samverkan.documents.wallet_card import CardLine, WalletCard, card_of
from samverkan.organisations.selectors import municipality
from samverkan.platform.access.actor import Actor

from .handovers import PART_NAMES
from .models import ContactPath, Handover
from .selectors import PathView, path_view


def card_pdf(actor: Actor, code: str) -> bytes | None:
    """The municipality's wallet card as the actor may see it; None when there is no path."""
    place = municipality(actor, code)
    refs = ContactPath.objects.visible_to(actor).filter(municipality__code=code).order_by("pk")
    views = [view for ref in refs.values_list("ref", flat=True) if (view := path_view(actor, ref))]
    if place is None or not views:
        return None
    day = timezone.localdate(actor.at).isoformat()
    card = WalletCard(
        language=Language.of(get_language() or "sv"),
        title=_("Who to call in %(place)s") % {"place": place.name},
        lead=_("Cut along the line and fold in the middle. Call 112 when somebody is in danger."),
        foot=_("As of %(date)s. Numbers change: the page in Samverkan is always right.")
        % {"date": day},
        author=place.name,
        lines=tuple(_card_line(view) for view in views),
    )
    return card_of(card, made_at=int(actor.at.timestamp()))


def _card_line(view: PathView) -> CardLine:
    with_phone = next((step for step in view.steps if step.post.phone), None)
    first = with_phone or (view.steps[0] if view.steps else None)
    return CardLine(
        view.name,
        first.post.title if first else "",
        first.post.phone if first else "",
    )


def handover_file(handover: Handover) -> bytes:
    """The handover pack as an accessible PDF."""
    from samverkan.documents.pdf import pdf_of

    made = timezone.localtime(handover.made_at)
    title = _("Handover: %(function)s") % {"function": handover.function.title}
    report = Report(
        language=Language.of(get_language() or "sv"),
        kicker=handover.function.organisation.name,
        title=title,
        lead=_("What stood open when the function was handed over, to confirm point by point."),
        meta=(
            _("Made %(date)s by %(function)s")
            % {"date": f"{made:%Y-%m-%d %H:%M}", "function": handover.made_by},
        ),
        running_head=(handover.function.title, f"{made:%Y-%m-%d}"),
        page_words=(_("Page"), _("of")),
        author=handover.function.organisation.name,
        blocks=tuple(_blocks(handover)),
    )
    return pdf_of(report, made_at=int(handover.made_at.timestamp()))


def _blocks(handover: Handover) -> list[Block]:
    blocks: list[Block] = []
    points = list(handover.points.all())
    for part, name in PART_NAMES.items():
        blocks.append(Heading(1, str(name)))
        rows = tuple(
            (
                point.text,
                point.note or "–",
                f"{timezone.localtime(point.confirmed_at):%Y-%m-%d}"
                if point.confirmed_at
                else _("not yet"),
            )
            for point in points
            if point.part == part
        )
        if rows:
            header = (_("What"), _("When, where or how"), _("Confirmed"))
            blocks.append(Table("", header, rows, widths=(6, 6, 2)))
        else:
            blocks.append(Paragraph(_("Nothing here."), is_quiet=True))
    return blocks
