"""Sure by reference; a suggestion by what is written, who paid and how much; otherwise nothing."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registrations.bank.matching import Open, Suggestion, Sure, is_near, likeness, match
from registrations.bank.told import Entry
from registrations.money.references import make_ocr

OCRS = [make_ocr(1001), make_ocr(1002), make_ocr(1003)]
INVOICES = {
    OCRS[0]: Open(1, OCRS[0], "2027-0001", "Kuggfro Automation AB", "5590010014", 612_500),
    OCRS[1]: Open(2, OCRS[1], "2027-0002", "Bageri Sol & Mjöl HB", "9690010023", 612_500),
    OCRS[2]: Open(3, OCRS[2], "2027-0003", "Trelle Plåt AB", "5590010030", 1_225_000),
}


def entry(**facts) -> Entry:
    told = {"outside": "x", "amount_ore": 612_500, "currency": "SEK", "paid_on": date(2027, 3, 8), **facts}
    return Entry(**told)


@pytest.mark.parametrize("ore", [612_500, 1, 9_999_999])
def test_reference_is_sure_whatever_the_amount(ore):
    assert match(entry(reference=OCRS[0], amount_ore=ore), INVOICES) == Sure(1)


def test_reference_with_spaces_is_the_same():
    assert match(entry(reference=f"{OCRS[0][:4]} {OCRS[0][4:]}"), INVOICES) == Sure(1)


@pytest.mark.parametrize(
    ("facts", "key", "why"),
    [
        ({"words": "Faktura 2027-0003, tack för i år"}, 3, "words"),
        ({"payer_number": "559001-0014"}, 1, "number_and_amount"),
        ({"payer": "KUGGFRO AUTOMATION AKTIEBOLAG"}, 1, "name_and_amount"),
        ({"payer": "Sol och Mjöl"}, 2, "name_and_amount"),
    ],
)
def test_suggestion_says_why(facts, key, why):
    assert match(entry(**facts), INVOICES) == Suggestion(key, why)


@pytest.mark.parametrize(("ore", "found"), [(612_500, True), (618_500, True), (618_400, False), (6_000, False)])
def test_who_was_reminded_may_have_added_the_fee(ore, found):
    reminded = {OCRS[0]: Open(1, OCRS[0], "2027-0001", "Kuggfro Automation AB", "5590010014", 612_500, 6_000)}

    told = entry(payer="Kuggfro Automation AB", amount_ore=ore)
    assert match(told, reminded) == (Suggestion(1, "name_and_amount") if found else None)


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"payer": "Någon Annan AB"},
        {"payer": "Kuggfro Automation AB", "amount_ore": 612_400},  # the amount is another
        {"words": "faktura 2027-00031"},  # longer than the number
        {"reference": OCRS[0], "currency": "EUR"},
        {"reference": OCRS[0], "amount_ore": -612_500},
    ],
)
def test_nothing_is_guessed(facts):
    assert match(entry(**facts), INVOICES) is None


def test_two_that_fit_as_well_are_none():
    twins = {**INVOICES, "x": Open(4, make_ocr(9), "2027-0009", "Kuggfro Automation AB", "5590010014", 612_500)}

    assert match(entry(payer="Kuggfro Automation AB"), twins) is None


def test_wrong_digit_in_the_reference_is_only_a_suggestion():
    wrong = OCRS[2][:2] + str((int(OCRS[2][2]) + 1) % 10) + OCRS[2][3:]

    assert match(entry(reference=wrong, amount_ore=5), {OCRS[2]: INVOICES[OCRS[2]]}) == Suggestion(3, "reference_near")


@given(st.integers(1, 10**9), st.data())
def test_each_slip_of_the_finger_is_near(number, data):
    ocr = make_ocr(number)
    at = data.draw(st.integers(0, len(ocr) - 2))
    swapped = ocr[:at] + ocr[at + 1] + ocr[at] + ocr[at + 2 :]
    lost, doubled = ocr[:at] + ocr[at + 1 :], ocr[:at] + ocr[at] + ocr[at:]

    assert all(is_near(slip, ocr) for slip in (swapped, lost, doubled) if slip != ocr)
    assert not is_near(ocr, ocr)


def test_likeness_counts_telling_words():
    assert likeness("Trelle Plåt AB", "Trelle Plåt Aktiebolag") == 1.0
    assert likeness("Trelle Plåt AB", "Lunds Plåt AB") == 0.5
    assert likeness("AB", "AB") == 0.0
