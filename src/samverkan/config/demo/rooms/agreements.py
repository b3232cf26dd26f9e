"""The signed frame with annexes and commitments, one out for signature, one draft, pledges."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from samverkan.agreements.models import Agreement, AgreementVersion
from samverkan.agreements.services import commitments, pledges, sharing, signing, writing
from samverkan.agreements.services.commitments import Promise, Turn
from samverkan.agreements.services.pledges import PledgeText
from samverkan.agreements.services.sharing import WantedClause
from samverkan.agreements.services.signing import NameSigned
from samverkan.agreements.template import first_texts
from samverkan.config.demo.agreement_texts import ANNEXES, COMMITMENTS, FRAME_TEXTS, PLEDGES
from samverkan.config.demo.people import REASON, STOCKHOLM, Cast
from samverkan.organisations.models import Function, Holding
from samverkan.organisations.selectors import actor_for
from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Detail, Information

ORDER = 60
# A hand's movement, as the signing page would have it: a few waves.
WAVES = [[[30 + 9 * step, 110 - 45 * (step % 4 == 1) + 30 * (step % 4 == 3)] for step in range(52)]]


def build(cast: Cast, today: date) -> None:
    frame = Agreement.objects.for_system(REASON).get()
    _sign_frame(cast, frame)
    _follow_commitments(cast, frame, today)
    _propose_clauses(cast, frame, today)
    _await_signature(cast, today)
    _draft(cast, today)
    _pledges(cast, today)


def _acting(cast: Cast, code: str, key: str, day: date, hour: int = 10) -> Actor:
    function: Function = cast.functions[code, key]
    holding = (
        Holding.objects.for_system(REASON)
        .filter(function=function, role=Holding.Role.HOLDER)
        .select_related("user")
        .get()
    )
    at = datetime.combine(day, time(hour), STOCKHOLM)
    return actor_for(holding.user, function.ref, at)


def _sign_frame(cast: Cast, frame: Agreement) -> None:
    """The frame as it was drafted, sent and signed in the December before it came into force."""
    signed_on = frame.signed_on
    assert signed_on is not None  # noqa: S101
    writer = _acting(cast, "1760", "coordinator", signed_on - timedelta(days=40))
    texts = first_texts(ANNEXES) | {f"frame:{key}": text for key, text in FRAME_TEXTS.items()}
    texts |= {"frame:purposes": frame.purposes, "frame:areas": _bullets(frame.areas)}
    for code, annex in ANNEXES.items():
        texts |= {f"{code}:{key}": text for key, text in annex.items()}
    frame.state, frame.signed_on = "draft", None
    frame.owner, frame.shared_at = cast.parties["1760"], writer.at
    frame.save()
    AgreementVersion.objects.create(
        agreement=frame,
        number=1,
        texts=texts,
        written_at=writer.at,
        written_by=writer.user_label,
        function_title=writer.function_title,
    )
    for promise, key in COMMITMENTS:
        responsible = cast.functions[key]
        by = "1760" if promise["part"] in {"frame", "1760"} else promise["part"]
        due_on = date(frame.valid_from.year, 1, 1) + timedelta(days=int(promise["days"]))
        commitments.add_commitment(
            _acting(cast, by, "coordinator", signed_on - timedelta(days=30)),
            frame.ref,
            Promise(
                part=promise["part"],
                title=promise["title"],
                goal=promise["goal"],
                indicator=promise["indicator"],
                responsible_ref=responsible.ref,
                due_on=due_on,
                evidence_kinds=["meetings_held", "pledges_told", "measures_done", "statistics"],
            ),
        )
    signing.send_for_signature(
        _acting(cast, "1760", "coordinator", signed_on - timedelta(days=14)), frame.ref
    )
    for code, function, name in (
        ("1760", "chair", "Demo: Kommunstyrelsens ordförande"),
        ("1781", "coordinator", "Demo: för Kristinehamn"),
        ("1782", "coordinator", "Demo: för Filipstad"),
        ("police", "chief", "Demo: Lokalpolisområdeschef"),
    ):
        _sign(_acting(cast, code, function, signed_on), frame, name)
    frame.refresh_from_db()


def _bullets(text: str) -> str:
    return "\n".join(f"- {line}" for line in text.split("\n"))


def _sign(actor: Actor, agreement: Agreement, name: str) -> None:
    document = signing.document_to_sign(actor, agreement)
    assert document is not None  # noqa: S101
    method = "drawn" if "ordförande" in name else "typed"
    signing.sign_agreement(actor, agreement.ref, document.ref, NameSigned(method, name, WAVES, ""))


def _follow_commitments(cast: Cast, frame: Agreement, today: date) -> None:
    """One fulfilled, one given up with its reason, one moved; the rest stand as the date says."""
    rows = {each.title: each for each in frame.commitments.model.objects.for_system(REASON).all()}
    for promise, key in COMMITMENTS:
        if "turn" not in promise:
            continue
        found = rows[promise["title"]]
        day = min(found.due_on, today) - timedelta(days=20)
        turn = Turn(
            event=promise["turn"],
            reason=promise.get("reason", ""),
            outcome=promise.get("outcome", ""),
            due_on=today + timedelta(days=120) if promise["turn"] == "move_date" else None,
        )
        code, name = key
        commitments.turn_commitment(_acting(cast, code, name, day), found.ref, turn)


def _propose_clauses(cast: Cast, frame: Agreement, today: date) -> None:
    wanted = WantedClause(
        Information.CONTACTS,
        Detail.DETAIL,
        cast.parties["1760"].ref,
        cast.parties["1781"].ref,
        why="Så att vi når varandra när en händelse ligger vid kommungränsen.",
    )
    asking = _acting(cast, "1781", "coordinator", today - timedelta(days=3))
    sharing.propose_clause(asking, frame.ref, wanted)
    police = WantedClause(
        Information.SURVEYS, Detail.AGGREGATE, cast.parties["1782"].ref, cast.police.ref
    )
    chief = _acting(cast, "police", "chief", today - timedelta(days=30))
    proposal = sharing.propose_clause(chief, frame.ref, police)
    sharing.decline_clause(
        _acting(cast, "1782", "coordinator", today - timedelta(days=28)),
        frame.ref,
        proposal.ref,
        "Vi vill först ha en egen mätning att visa.",
    )


def _await_signature(cast: Cast, today: date) -> None:
    """Between two municipalities: Kristinehamn has signed, Storfors has not."""
    start = date(today.year + 1, 1, 1)
    begun = today - timedelta(days=24)
    writer = _acting(cast, "1781", "coordinator", begun)
    agreement = writing.begin_agreement(
        writer,
        writing.Beginning(
            "Överenskommelse om gemensamma trygghetsvandringar",
            [cast.parties["1760"].ref],
            start,
            date(start.year + 2, 1, 1),
            f"KS {today.year}/88",
        ),
    )
    for number, (key, text) in enumerate(
        (
            ("purposes", "Invånarnas kunskap om otrygga platser ska tas till vara."),
            ("areas", "- Trygghetsvandringar\n- Återkoppling till invånarna"),
        ),
        1,
    ):
        writing.edit_section(writer, agreement.ref, f"frame:{key}", text, based_on=number)
    sender = _acting(cast, "1781", "coordinator", today - timedelta(days=6))
    signing.send_for_signature(sender, agreement.ref)
    _sign(sender, agreement, "Demo: för Kristinehamn")


def _draft(cast: Cast, today: date) -> None:
    """With the housing company and the police: several versions, a comment, an answer."""
    start = date(today.year + 1, 4, 1)
    writer = _acting(cast, "1760", "coordinator", today - timedelta(days=20))
    agreement = writing.begin_agreement(
        writer,
        writing.Beginning(
            "Överenskommelse med bostadsbolaget om trygga gårdar",
            [cast.units["1760", "housing"].ref, cast.police.ref],
            start,
            date(start.year + 3, 4, 1),
        ),
    )
    writing.share_agreement(writer, agreement.ref)
    for number, (key, text) in enumerate(
        (
            ("frame:purposes", "Hyresgästerna ska känna sig trygga på gårdarna."),
            ("frame:areas", "- Belysning och skötsel\n- Närvaro på kvällar"),
            ("1760:problems", "Samlingar på Hyreshusens gård sena kvällar."),
            (
                "frame:purposes",
                "Hyresgästerna ska känna sig trygga på gårdarna och i trapphusen, "
                "dygnet runt och året om.",
            ),
        ),
        1,
    ):
        writing.edit_section(writer, agreement.ref, key, text, based_on=number)
    chief = _acting(cast, "police", "chief", today - timedelta(days=9))
    said = writing.comment(
        chief, agreement.ref, "frame:areas", "Ska nattvandring räknas in i närvaron?"
    )
    coordinator = _acting(cast, "1760", "coordinator", today - timedelta(days=8))
    writing.answer_comment(
        coordinator, agreement.ref, said.ref, "Ja. Vi skriver till det när bolaget har svarat."
    )
    writing.comment(chief, agreement.ref, "frame:purposes", "Dygnet runt kan vi inte lova.")


def _pledges(cast: Cast, today: date) -> None:
    for planned in PLEDGES:
        code = planned["code"]
        first = today - timedelta(days=int(planned["began"]))
        last = first + timedelta(days=int(planned["days"]))
        writer = _acting(cast, code, "coordinator", first - timedelta(days=7))
        functions = [cast.functions[code, "coordinator"], cast.functions["police", "officer"]]
        pledge = pledges.begin_pledge(
            writer,
            code,
            PledgeText(
                title=planned["title"],
                area=planned["area"],
                heard=planned["heard"],
                promised=planned["promised"],
                measured_by=planned["measured_by"],
                valid_from=first,
                valid_to=last,
                responsible_refs=[function.ref for function in functions],
            ),
            is_confirmed=True,
        )
        if planned["end"] == "draft":
            continue
        pledges.turn_pledge(writer, pledge.ref, "promise", is_confirmed=True)
        for step, deed in enumerate(planned["deeds"], 1):
            day = min(first + timedelta(days=step * 21), today)
            acting = _acting(cast, code, "coordinator", day, hour=11)
            pledges.log_done(acting, pledge.ref, day, deed, is_confirmed=True)
        if planned["end"] != "promised":
            pledges.turn_pledge(
                _acting(cast, code, "coordinator", min(last + timedelta(days=14), today)),
                pledge.ref,
                planned["end"],
                result=planned["result"],
                feedback=planned["feedback"],
                is_confirmed=True,
            )
