"""What agreements, commitments and pledges leave on a function's table."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samverkan.organisations.parties import FunctionFacts, functions_by_ref
from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.months import months_before
from samverkan.platform.work.registry import WorkItem

from .models import Agreement, AgreementParty, Commitment, KeptDocument, Pledge, Signature
from .rules import IN_FORCE, reminder, state_on
from .terms import term_of

TELL_WITHIN = timedelta(days=30)
SIGN_WITHIN = timedelta(days=21)


def agreement_work(actor: Actor, function_refs: frozenset[str]) -> Iterator[WorkItem]:
    """Renewals, signatures, commitments and pledges of those functions, by the actor's access."""
    functions = functions_by_ref(actor, function_refs)
    if not functions:
        return
    yield from _renewals(actor, functions)
    yield from _signatures(actor, functions)
    yield from _commitments(actor, {each.pk: each for each in functions})
    yield from _pledges(actor, {each.pk: each.ref for each in functions})


def _renewals(actor: Actor, functions: list[FunctionFacts]) -> Iterator[WorkItem]:
    """From six months before the end, whoever writes agreements for a party has it to renew."""
    writers = [each for each in functions if Capability.AGREEMENTS_WRITE in each.capabilities]
    if not writers:
        return
    today = timezone.localdate(actor.at)
    parties = _parties(actor)
    for agreement in Agreement.objects.visible_to(actor).in_force_on(today):
        term = term_of(agreement)
        months = reminder(term.ends_on, today)
        if term.ends_on is None or months is None or agreement.renewed_on is not None:
            continue
        note = ngettext("%(months)d month left", "%(months)d months left", months)
        for function in writers:
            if function.party_id in parties.get(agreement.pk, set()):
                yield WorkItem(
                    key=f"agreement-renew-{agreement.ref}-{function.ref}",
                    kind_label=_("Agreement that ends"),
                    title=agreement.title,
                    url=reverse("agreements:agreement", args=[agreement.ref]),
                    function_ref=function.ref,
                    due_on=months_before(term.ends_on, 1),
                    note=note % {"months": months},
                )


def _signatures(actor: Actor, functions: list[FunctionFacts]) -> Iterator[WorkItem]:
    signers = [each for each in functions if Capability.AGREEMENTS_SIGN in each.capabilities]
    if not signers:
        return
    parties = _parties(actor)
    for agreement in Agreement.objects.visible_to(actor).filter(state="for_signature"):
        document = KeptDocument.objects.visible_to(actor).filter(agreement=agreement).first()
        if document is None:
            continue
        signed = set(
            Signature.objects.visible_to(actor)
            .filter(document=document, voided_at__isnull=True)
            .values_list("party_id", flat=True)
        )
        chosen = _signatories(actor, agreement)
        for function in signers:
            if chosen.get(function.party_id, function.pk) != function.pk:
                continue
            if function.party_id in parties.get(agreement.pk, set()) - signed:
                yield WorkItem(
                    key=f"agreement-sign-{document.ref}-{function.ref}",
                    kind_label=_("Agreement to sign"),
                    title=agreement.title,
                    url=reverse("agreements:sign", args=[agreement.ref]),
                    function_ref=function.ref,
                    due_on=timezone.localdate(document.made_at) + SIGN_WITHIN,
                )


def _commitments(actor: Actor, functions: dict[int, FunctionFacts]) -> Iterator[WorkItem]:
    """What the functions have promised, for as long as their party is bound."""
    today = timezone.localdate(actor.at)
    parties = _parties(actor)
    rows = (
        Commitment.objects.visible_to(actor)
        .filter(responsible_id__in=list(functions), state__in=("on_track", "late"))
        .select_related("agreement", "municipality")
    )
    for each in rows:
        if state_on(term_of(each.agreement), today) not in IN_FORCE | {"signed"}:
            continue
        responsible = functions[each.responsible_id]
        if responsible.party_id not in parties.get(each.agreement_id, set()):
            continue
        yield WorkItem(
            key=f"commitment-{each.ref}",
            kind_label=_("Commitment"),
            title=each.title,
            url=reverse("agreements:commitment", args=[each.ref]),
            function_ref=responsible.ref,
            due_on=each.due_on,
            municipality_code=each.municipality.code if each.municipality else "",
            note=each.goal,
        )


def _pledges(actor: Actor, refs: dict[int, str]) -> Iterator[WorkItem]:
    """A pledge whose period ends has a result to tell."""
    through = Pledge.responsible.through.objects
    links: dict[int, list[int]] = {}
    for pledge_id, function_id in through.filter(function_id__in=list(refs)).values_list(
        "pledge_id", "function_id"
    ):
        links.setdefault(pledge_id, []).append(function_id)
    rows = Pledge.objects.visible_to(actor).filter(pk__in=list(links), state="promised")
    for each in rows.select_related("municipality"):
        for function_id in links[each.pk]:
            yield WorkItem(
                key=f"pledge-{each.ref}-{refs[function_id]}",
                kind_label=_("Pledge to tell the result of"),
                title=each.title,
                url=reverse("agreements:pledge", args=[each.ref]),
                function_ref=refs[function_id],
                due_on=each.valid_to + TELL_WITHIN,
                municipality_code=each.municipality.code,
            )


def _signatories(actor: Actor, agreement: Agreement) -> dict[int, int]:
    """The function chosen to sign, of the parties that have chosen one."""
    rows = AgreementParty.objects.visible_to(actor).filter(
        agreement=agreement, signatory__isnull=False
    )
    return dict(rows.values_list("organisation_id", "signatory_id"))


def _parties(actor: Actor) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    rows = AgreementParty.objects.visible_to(actor).present_on(timezone.localdate(actor.at))
    for agreement_id, party_id in rows.values_list("agreement_id", "organisation_id"):
        found.setdefault(agreement_id, set()).add(party_id)
    return found
