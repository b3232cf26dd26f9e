"""Numbers, addresses and plates in the ways people write them, and what only looks like them."""

from __future__ import annotations

import pytest
from stdnum import luhn

from samverkan.swedish.guard import FindingKind, Severity, find_persons


def kinds(text: str) -> list[FindingKind]:
    return [found.kind for found in find_persons(text)]


def found_texts(text: str) -> list[str]:
    return [found.text for found in find_persons(text)]


SHAPES = [
    "{century}{date}-{last}", "{century}{date}{last}", "{date}-{last}", "{date}{last}",
    "{date}+{last}", "{date} {last}", "{century}{date} {last}", "{date} - {last}",
    "{century} {date}-{last}", "{date}–{last}", "{year}-{month}-{day}-{last}",
    "{century}{year} {month} {day} {last}", "{year}.{month}.{day}-{last}", "({date}-{last})",
    "{date}\n-{last}",
    "2026-11-23-{date}-{last}", "nr{date}-{last}",
]  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("is_valid", [True, False])
@pytest.mark.parametrize(
    ("day", "kind"),
    [("14", FindingKind.PERSONNUMMER), ("74", FindingKind.SAMORDNINGSNUMMER)],
)
def test_identity_numbers_of_every_shape(shape: str, is_valid: bool, day: str, kind: FindingKind):
    check_digit = int(luhn.calc_check_digit(f"9005{day}980"))
    last = f"980{check_digit if is_valid else (check_digit + 1) % 10}"
    written = shape.format(
        century="19", date=f"9005{day}", year="90", month="05", day=day, last=last
    )
    assert kinds(f"Uppgav {written} vid kontroll.") == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "Dnr KS 2026-00412 och 2026/118.", "Ärende 1011121315 är avslutat.",
        "Natten 2026-11-23 – 2026-11-24.", "Larm 20261123 2215.", "Order 20261123-2.",
        "Organisationsnummer 556036-0793.", "Koordinat 6603412, 448213.", "Kl 2210-2330.",
        "EAN 7310500112312.", "Veckorna 2614-2616.", "Position 59.5391 14.2751.",
    ],
)  # fmt: skip
def test_ordinary_numbers_are_no_identity_numbers(text: str):
    assert find_persons(text) == ()


@pytest.mark.parametrize("start", ["", "Ring ", "Tel:", "tfn ", "Nr-"])
@pytest.mark.parametrize(
    "number",
    ["070-1740605", "070-174 06 05", "070 174 06 05", "070 17 40 605", "0701740605",
     "070/1740605", "070.174.06.05",
     "070_1740605", "070-174\n06 05", "O70-1740605",
     "(070) 174 06 05", "+46701740605", "+46 70 174 06 05",
     "+46 (0)70-174 06 05", "+46(0)701740605", "0046701740605", "0046 70 174 06 05",
     "46701740605", "031-3900600", "031-390 06 00", "031 390 06 00", "0313900600", "031/3900600",
     "08-46500400", "08-465 004 00", "08 465 004 00", "(08) 465 004 00", "+46 8 465 004 00",
     "0980-319200", "0980-31 92 00", "0980 319 200", "+47 21 23 45 67"],
)  # fmt: skip
def test_phone_numbers_of_every_shape(number: str, start: str):
    findings = find_persons(f"{start}{number}, efter sju.")
    assert [found.kind for found in findings] == [FindingKind.PHONE_NUMBER]
    assert number.strip("(") in findings[0].text


@pytest.mark.parametrize(
    "text",
    ["Öppet 0730-1600.", "Öppet 07.30-16.00.", "Kl. 08:00-16:30.", "Den 08-02-2026 var lugnt.",
     "Bankgiro 5012-3456.", "Postnummer 688 30.", "Serienummer 0012345678.", "Värde +20 000 kr.",
     "Ring 112 eller 114 14."],
)  # fmt: skip
def test_times_dates_and_sums_are_no_phone_numbers(text: str):
    assert find_persons(text) == ()


@pytest.mark.parametrize(
    "address",
    ["anna@example.com", "ANNA@EXAMPLE.COM", "anna.test+est@mail.example.co.uk",
     "anna (at) example.com", "anna [at] example.com", "anna @ example.com",
     "\u0430nna@example.com", "anna＠example.com", "anna@exa\u200bmple.com"],
)  # fmt: skip
def test_email_addresses_of_every_shape(address: str):
    assert found_texts(f"Skriv till {address}, tack.") == [address]


@pytest.mark.parametrize(
    "plate",
    ["ABC123", "ABC 123", "ABC12A", "ABC 12A", "abc123", "ABC-123", "A B C 1 2 3", "ＡＢＣ 123",
     "\u0410BC 123"],
)  # fmt: skip
def test_registration_plates_of_every_shape(plate: str):
    assert kinds(f"En mörk kombi, {plate}, stod där.") == [FindingKind.REGISTRATION_PLATE]


@pytest.mark.parametrize("text", ["skylt abc 123 sågs", "volvo abc 12a stod där"])
def test_small_letters_with_a_space_are_a_plate_after_a_vehicle(text: str):
    assert kinds(text) == [FindingKind.REGISTRATION_PLATE]


@pytest.mark.parametrize(
    "text",
    ["VG 2026 är klar.", "Kod E10 och E41.", "SMS 150 gånger.", "De kör 120 på Storgatan.",
     "Sal 101 och rum 204.", "SFS 2023:196 gäller.", "RAL 501 och LED 200.", "OKQ123 är taget."],
)  # fmt: skip
def test_codes_and_words_before_numbers_are_no_plates(text: str):
    assert find_persons(text) == ()


@pytest.mark.parametrize(
    ("text", "account"),
    [
        ("Se @natt.kungen nu", "@natt.kungen"),
        ("snap: nattkungen", "nattkungen"),
        ("Snapchat nattkungen99 säljer", "nattkungen99"),
        ("insta är natt_kungen", "natt_kungen"),
        ("Snap - natt_kungen", "natt_kungen"),
        ("Kontot natt_kungen hotar", "natt_kungen"),
        ("https://instagram.com/natt.kungen", "https://instagram.com/natt.kungen"),
        ("www.tiktok.com/@nattkungen.", "www.tiktok.com/@nattkungen"),
    ],
)
def test_accounts_in_social_media(text: str, account: str):
    assert found_texts(text) == [account]


@pytest.mark.parametrize(
    "text",
    ["Snapchat: filmer sprids.", "Facebook: rykten om bråk.", "Träff @ torget kl 18.",
     "Film på instagram.com finns.", "Kontot för parken är tomt."],
)  # fmt: skip
def test_talk_about_social_media_is_no_account(text: str):
    assert find_persons(text) == ()


def test_what_is_hard_wins_over_the_name_inside_it():
    findings = find_persons("Mejla anna.andersson@example.com nu.")
    assert [found.severity for found in findings] == [Severity.HARD]
