"""Credit notes: parts that sum to the invoice to the öre, and never to more."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registrations.money.amounts import Category, Line, Vat, totals_of
from registrations.money.crediting import (
    TooMuch,
    credit_all,
    credit_of,
    left_of,
    parts_paying_back,
    payable_left,
)

VATS = [Vat(25), Vat(12), Vat(6), Vat(0, Category.EXEMPT)]
INVOICES = st.lists(
    st.builds(
        Line,
        text=st.just("x"),
        quantity=st.integers(1, 5),
        unit_ore=st.integers(1, 1_000_000),
        vat=st.sampled_from(VATS),
    ),
    min_size=1,
    max_size=5,
).map(totals_of)


def test_whole_credit_mirrors_the_invoice():
    charged = totals_of([Line("Bas", 1, 490_050), Line("Lunch", 3, 15_000, Vat(12))])

    note = credit_all(charged)

    assert (note.net_ore, note.vat_ore, note.rounding_ore) == (
        -charged.net_ore,
        -charged.vat_ore,
        -charged.rounding_ore,
    )


def test_half_of_4900_at_25_per_cent():
    charged = totals_of([Line("Bas", 1, 490_000)])

    note = credit_of(charged, [], {Vat(25): 245_000})

    assert (note.net_ore, note.vat_ore, note.payable_ore) == (-245_000, -61_250, -306_200 - 100)


def test_more_than_is_left_is_refused_with_what_is_left():
    charged = totals_of([Line("Bas", 1, 490_000)])
    half = credit_of(charged, [], {Vat(25): 245_000})

    with pytest.raises(TooMuch) as refused:
        credit_of(charged, [half], {Vat(25): 245_001})

    assert refused.value.left_ore == 245_000


def test_rate_that_the_invoice_lacks_is_refused():
    with pytest.raises(ValueError, match="has nothing"):
        credit_of(totals_of([Line("Bas", 1, 100)]), [], {Vat(12): 1})


def test_nothing_is_left_to_credit_after_all():
    charged = totals_of([Line("Bas", 1, 490_000)])

    with pytest.raises(ValueError, match="Nothing"):
        credit_all(charged, [credit_all(charged)])


@given(INVOICES, st.data())
def test_parts_sum_to_the_invoice_and_are_never_more(charged, data):
    notes = []
    for _part in range(6):
        left = {vat: ore for vat, ore in left_of(charged, notes).items() if ore}
        if not left:
            break
        parts = {vat: data.draw(st.integers(0, ore)) for vat, ore in left.items()}
        if not any(parts.values()):
            continue
        notes.append(credit_of(charged, notes, parts))
        assert charged.payable_ore + sum(note.payable_ore for note in notes) >= 0
    if any(left_of(charged, notes).values()):
        notes.append(credit_all(charged, notes))

    assert sum(note.net_ore for note in notes) == -charged.net_ore
    assert sum(note.vat_ore for note in notes) == -charged.vat_ore
    assert sum(note.payable_ore for note in notes) == -charged.payable_ore


def test_amount_with_vat_is_shared_by_the_rates():
    # 4 900,00 + 25 % = 6 125,00 and 450,00 + 12 % = 504,00: 6 629,00 in all.
    charged = totals_of([Line("Bas", 1, 490_000), Line("Lunch", 3, 15_000, Vat(12))])

    parts = parts_paying_back(charged, [], 100_000)

    # 1 000 of 6 629: 739,17… and 67,88…, rounded down; with VAT 999,98, and the note's own rounding adds two öre.
    assert parts == {Vat(25): 73_917, Vat(12): 6_788}
    assert credit_of(charged, [], parts).payable_ore == -100_000


def test_everything_is_what_is_left_to_the_ore():
    charged = totals_of([Line("Bas", 1, 490_050)])
    half = credit_of(charged, [], parts_paying_back(charged, [], 300_000))

    left = payable_left(charged, [half])

    assert parts_paying_back(charged, [half], left) == left_of(charged, [half])
    with pytest.raises(TooMuch):
        parts_paying_back(charged, [half], left + 100)


def test_ore_and_what_is_below_zero_cannot_be_shared():
    with pytest.raises(ValueError, match="whole kronor"):
        parts_paying_back(totals_of([Line("Bas", 1, 490_000)]), [], 10_050)
    with pytest.raises(ValueError, match="below zero"):
        parts_paying_back(totals_of([Line("Bas", 1, 490_000), Line("Rabatt", -1, 10_000, Vat(12))]), [], 10_000)


@given(INVOICES, st.data())
def test_notes_pay_back_what_was_asked_for_until_nothing_is_left(charged, data):
    notes = []
    for _part in range(4):
        left = payable_left(charged, notes)
        if left < 200:
            break
        asked = 100 * data.draw(st.integers(1, left // 100 - 1))
        notes.append(credit_of(charged, notes, parts_paying_back(charged, notes, asked)))
        assert notes[-1].payable_ore == -asked
    if any(left_of(charged, notes).values()):
        notes.append(credit_of(charged, notes, parts_paying_back(charged, notes, payable_left(charged, notes))))

    assert payable_left(charged, notes) == 0
