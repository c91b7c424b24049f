"""BgMax: what stands where, and what a broken file says."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registrations.bank.bgmax import is_bgmax, read_bgmax
from registrations.bank.told import NotReadable
from tests.registrations.bank.files import Paid, bgmax

# One payment of 100 kr with the reference 65598, of a deposit of 3 June 2009: field by field as Bankgirot's manual has it.
BY_HAND = (
    "01BGMAX               0120090603173035010331P                                   \n"
    "050009912346          SEK                                                       \n"
    "20000378351165598                    000000000000010000240000000000270          \n"
    "25Betalning med extra refnr 65599                                               \n"
    "26Kalles Plåt AB                                                                \n"
    "27Storgatan 2                        12345                                      \n"
    "28Storåker                                                                      \n"
    "29005500001234                                                                  \n"
    "15000000000000000000058410000010098232009060300036000000000000010000SEK00000001 \n"
    "7000000001000000000000000000000001                                              \n"
).encode("latin-1")


def test_each_field_is_read():
    told = read_bgmax(BY_HAND)

    (entry,) = told.entries
    assert (told.format, told.is_test) == ("bgmax", False)
    assert entry.amount_ore == 10_000
    assert (entry.currency, entry.paid_on, entry.account) == ("SEK", date(2009, 6, 3), "9912346")
    assert (entry.reference, entry.words) == ("65598", "Betalning med extra refnr 65599")
    assert (entry.payer, entry.payer_number) == ("Kalles Plåt AB", "5500001234")
    assert entry.outside == "bgmax/9912346/20090603/00036/000000000027/1"


def test_deduction_has_a_negative_amount():
    told = read_bgmax(bgmax(Paid("65598", 50_000), Paid("65599", -20_000)))

    assert [entry.amount_ore for entry in told.entries] == [50_000, -20_000]


def test_one_payment_for_three_invoices_is_three_entries():
    told = read_bgmax(bgmax(Paid("", 60_000, payer="Ek AB", further=(("11", 50_000), ("22", 30_000), ("33", -20_000)))))

    assert [(entry.reference, entry.amount_ore) for entry in told.entries] == [
        ("11", 50_000),
        ("22", 30_000),
        ("33", -20_000),
    ]
    assert {entry.payer for entry in told.entries} == {"Ek AB"}
    assert len({entry.outside for entry in told.entries}) == 3


def test_further_references_that_do_not_make_the_sum_stay_words():
    told = read_bgmax(bgmax(Paid("", 60_000, further=(("11", 50_000), ("22", 30_000)))))

    assert [(entry.reference, entry.amount_ore, entry.words) for entry in told.entries] == [("", 60_000, "11 22")]


def test_test_file_says_so():
    assert read_bgmax(bgmax(Paid("1", 100), mark="T")).is_test


def test_what_no_database_takes_is_a_space():
    content = BY_HAND.replace(b"Kalles Pl", b"Kalles\0Pl")

    assert read_bgmax(content).entries[0].payer == "Kalles Plåt AB"


def test_file_saved_as_utf8_keeps_its_letters():
    content = b"\xef\xbb\xbf" + BY_HAND.decode("latin-1").encode()

    assert is_bgmax(content)
    assert read_bgmax(content).entries[0].payer == "Kalles Plåt AB"


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        (b"01BGMAX", b"01OTHER", "start", 1),
        (b"25Betalning", b"99Betalning", "kind", 4),
        (b"0000000010000SEK", b"0000000010001SEK", "sum", 9),
        (b"000000000000010000240", b"00000000000001x000240", "number", 3),
        (b"2320090603", b"2320090633", "date", 9),
        (b"7000000001", b"7000000002", "count", 10),
        (b"050009912346          SEK", b"250009912346          SEK", "order", 2),
    ],
)
def test_broken_file_says_what_and_where(old, new, code, line):
    assert old in BY_HAND

    with pytest.raises(NotReadable) as wrong:
        read_bgmax(BY_HAND.replace(old, new))

    assert (wrong.value.code, wrong.value.line) == (code, line)


def test_file_cut_off_anywhere_is_refused():
    lines = BY_HAND.splitlines(keepends=True)
    for kept in range(len(lines)):
        with pytest.raises(NotReadable):
            read_bgmax(b"".join(lines[:kept]))


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(content):
    with suppress(NotReadable):
        read_bgmax(b"01BGMAX" + content)


@given(
    st.lists(
        st.builds(
            Paid,
            reference=st.text("0123456789", max_size=25),
            ore=st.integers(1, 10**9),
            payer=st.text("abcåäö ", max_size=35).map(str.strip),
            number=st.just(""),
            words=st.text("abcåäö ", max_size=50).map(str.strip),
            serial=st.just("000000000001"),
            further=st.just(()),
        ),
        min_size=1,
        max_size=8,
    )
)
def test_what_is_written_is_what_is_read(payments):
    entries = read_bgmax(bgmax(*payments)).entries

    assert [(one.reference, one.amount_ore) for one in entries] == [(one.reference, one.ore) for one in payments]
    assert [one.payer for one in entries] == [" ".join(one.payer.split()) for one in payments]
    assert len({one.outside for one in entries}) == len(payments)
