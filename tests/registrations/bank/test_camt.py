"""camt.054: where things stand in the versions banks send, and what is not read at all."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registrations.bank.camt import is_camt, read_camt
from registrations.bank.told import NotReadable
from tests.registrations.bank.files import Paid, camt


def test_each_field_is_read():
    content = camt(
        Paid("12345674", 1_631_000, payer="Ek & Son AB".replace("&", "&amp;"), number="5560125790", words="Tack!")
    )

    assert is_camt(content)
    (entry,) = read_camt(content).entries
    assert (entry.amount_ore, entry.currency, entry.paid_on) == (1_631_000, "SEK", date(2027, 3, 8))
    assert (entry.reference, entry.words) == ("12345674", "Tack!")
    assert (entry.payer, entry.payer_number) == ("Ek & Son AB", "5560125790")
    assert entry.account == "SE3550000000054910000003"
    assert entry.outside == "camt/SE3550000000054910000003/20270308/REF0/1"


def test_older_version_has_the_name_one_step_higher():
    content = (
        camt(Paid("1", 100, payer="Ek AB")).replace(b"<Pty>", b"").replace(b"</Pty>", b"").replace(b"001.08", b"001.02")
    )

    assert read_camt(content).entries[0].payer == "Ek AB"


def test_money_that_went_out_is_negative():
    assert read_camt(camt(Paid("1", -100))).entries[0].amount_ore == -100


def test_message_of_digits_alone_is_a_reference():
    assert read_camt(camt(Paid("", 100, words="1234 5674"))).entries[0].reference == "1234 5674"
    assert read_camt(camt(Paid("", 100, words="Monter 12"))).entries[0].reference == ""


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"<BkToCstmrDbtCdtNtfctn>", "xml"),
        (b"<Document><BkToCstmrStmt/></Document>", "start"),
        (camt(Paid("1", 100)).replace(b"1.00", b"1.001"), "amount"),
        (camt(Paid("1", 100)).replace(b"1.00", b"mycket"), "amount"),
        (camt(Paid("1", 100)).replace(b"1.00", b"9E+999999"), "amount"),
        (camt(Paid("1", 100)).replace(b"1.00", b"-1.00"), "amount"),
        (camt(Paid("1", 100)).replace(b"2027-03-08", b"8 mars"), "date"),
    ],
)
def test_broken_file_says_what(content, code):
    with pytest.raises(NotReadable) as wrong:
        read_camt(content)

    assert wrong.value.code == code


def test_document_type_is_refused_before_any_entity_is_read():
    """The "billion laughs": ten entities of ten of the one before."""
    entities = "".join(f'<!ENTITY e{at} "{f"&e{at - 1};" * 10}">' for at in range(1, 10))
    content = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "ha">{entities}]><x>&e9;</x>'.encode()

    with pytest.raises(NotReadable) as wrong:
        read_camt(content)

    assert wrong.value.code == "doctype"


def test_outside_file_is_not_fetched(tmp_path):
    (tmp_path / "secret").write_text("secret")
    content = f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{tmp_path}/secret">]><x>&e;</x>'.encode()

    with pytest.raises(NotReadable) as wrong:
        read_camt(content)

    assert wrong.value.code == "doctype"


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(content):
    with pytest.raises(NotReadable):
        read_camt(content)
