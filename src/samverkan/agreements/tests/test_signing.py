"""Signatures: by function, under one exact document that nobody can change unnoticed."""

from __future__ import annotations

import hashlib

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from samverkan.agreements import storage
from samverkan.agreements.content import content_of, content_sha256
from samverkan.agreements.models import KeptDocument, Signature
from samverkan.agreements.rules import HEIGHT, WIDTH, valid_strokes
from samverkan.agreements.services import signing, writing

from .cast import fresh

STROKES = [[[10 + 5 * step, 60 + step % 3] for step in range(12)]]


def pdf_text(content: bytes) -> str:
    from io import BytesIO

    from pypdf import PdfReader

    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)


def document_of(agreement, kind="to_sign") -> KeptDocument:
    return KeptDocument.objects.for_system("test").filter(agreement=agreement, kind=kind).first()


def test_what_is_signed_is_the_bytes_that_are_kept(players):
    agreement = players.for_signature()
    document = document_of(agreement)
    content = storage.read_verified(document)
    assert hashlib.sha256(content).hexdigest() == document.sha256
    players.sign(agreement, "police")
    signature = Signature.objects.for_system("test").get(agreement=agreement)
    assert signature.document_sha256 == document.sha256
    assert signature.function_title == "police_area_chief Lokalpolisområde Kristinehamn"


def test_version_and_hash_stand_at_the_foot_of_every_page(players):
    from io import BytesIO

    from pypdf import PdfReader

    agreement = players.for_signature()
    digest = content_sha256(content_of(players("storfors"), agreement))
    pages = PdfReader(BytesIO(storage.read_verified(document_of(agreement)))).pages
    assert len(pages) >= 2
    for page in pages:
        text = page.extract_text()
        assert "Version 3" in text
        assert digest in "".join(text.split())


def test_the_last_signature_makes_it_signed_and_keeps_a_copy_with_all_names(players):
    agreement = players.for_signature()
    players.sign(agreement, "storfors")
    players.sign(agreement, "kristinehamn")
    assert fresh(agreement).signed_on is None
    players.sign(agreement, "police")
    assert fresh(agreement).state == "signed"
    text = pdf_text(storage.read_verified(document_of(agreement, "signed")))
    for name in ("Namn storfors", "Namn kristinehamn", "Namn police"):
        assert name in text
    assert document_of(agreement).sha256 in "".join(text.split())


def test_a_drawn_name_stands_in_the_signed_copy(players):
    agreement = players.for_signature()
    document = document_of(agreement)
    for name in ("storfors", "kristinehamn"):
        players.sign(agreement, name)
    drawn = signing.NameSigned("drawn", "Chefen", STROKES)
    signing.sign_agreement(players("police"), agreement.ref, document.ref, drawn)
    assert Signature.objects.for_system("test").get(method="drawn").strokes == STROKES


def test_a_party_signs_once(players):
    agreement = players.for_signature()
    players.sign(agreement, "police")
    with pytest.raises(signing.CannotSignError):
        players.sign(agreement, "police")


def test_who_may_not_sign_cannot(players, world):
    agreement = players.for_signature()
    officer = world.actor("community_police", world.police)
    with pytest.raises(PermissionDenied):
        signing.sign_agreement(
            officer,
            agreement.ref,
            document_of(agreement).ref,
            signing.NameSigned("typed", "x"),
        )


def test_text_is_not_changed_under_a_signature(players):
    agreement = players.for_signature()
    players.sign(agreement, "police")
    with pytest.raises(writing.NotADraftError):
        writing.edit_section(players("storfors"), agreement.ref, "frame:areas", "Annat", based_on=3)


def test_opening_the_text_voids_the_signatures_and_says_why(players):
    agreement = players.for_signature()
    old = document_of(agreement)
    players.sign(agreement, "police")
    signing.take_back(players("storfors"), agreement.ref, "Ett område saknas")
    signature = Signature.objects.for_system("test").get(agreement=agreement)
    assert signature.voided_at is not None
    assert signature.void_reason == "Ett område saknas"
    writing.edit_section(players("storfors"), agreement.ref, "frame:areas", "Annat", based_on=3)
    signing.send_for_signature(players("storfors"), agreement.ref)
    with pytest.raises(signing.CannotSignError):
        signing.sign_agreement(
            players("police"), agreement.ref, old.ref, signing.NameSigned("typed", "x")
        )
    for name in players.actors:
        players.sign(agreement, name)
    assert fresh(agreement).state == "signed"
    assert storage.holds(old)


def test_an_opening_needs_a_reason(players):
    agreement = players.for_signature()
    with pytest.raises(ValidationError):
        signing.take_back(players("storfors"), agreement.ref, "  ")


@pytest.mark.parametrize(
    "signed",
    [
        signing.NameSigned("typed", " "),
        signing.NameSigned("drawn", "Namn", None),
        signing.NameSigned("drawn", "Namn", [[[1, 1]]]),
        signing.NameSigned("reference", "Namn"),
        signing.NameSigned("carved", "Namn"),
    ],
)
def test_a_signature_that_is_none_is_refused(players, signed):
    agreement = players.for_signature()
    with pytest.raises(ValidationError):
        signing.sign_agreement(players("police"), agreement.ref, document_of(agreement).ref, signed)
    assert not Signature.objects.for_system("test").exists()


def test_a_changed_file_is_neither_shown_nor_signed_and_is_found(players, world):
    agreement = players.for_signature()
    document = document_of(agreement)
    path = storage.path_of(document.sha256)
    path.write_bytes(path.read_bytes() + b" ")
    with pytest.raises(storage.ChangedDocumentError):
        players.sign(agreement, "police")
    verdicts = signing.verify_documents(players("storfors"))
    assert [each.holds for each in verdicts] == [False]


def test_a_changed_file_is_said_on_the_page(players, client_in):
    agreement = players.signed()
    kept = document_of(agreement, "signed")
    client = client_in("safety_coordinator")
    address = reverse("agreements:document", args=[agreement.ref, kept.ref])
    fine = client.get(address)
    assert hashlib.sha256(fine.content).hexdigest() == kept.sha256
    storage.path_of(kept.sha256).unlink()
    broken = client.get(address)
    assert broken.status_code == 409
    assert "inte längre det som undertecknades" in broken.text


@given(
    st.one_of(
        st.none(),
        st.text(),
        st.integers(),
        st.lists(st.lists(st.lists(st.integers(-5, 700), max_size=3), max_size=6), max_size=5),
        st.recursive(st.none() | st.booleans() | st.floats(), st.lists, max_leaves=8),
    )
)
def test_only_points_within_the_box_are_a_drawing(value):
    found = valid_strokes(value)
    if found is not None:
        points = [point for stroke in found for point in stroke]
        assert len(points) >= 8
        assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in points)
