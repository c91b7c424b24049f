"""Seals open with the ticket's own code alone, boxes with the server's key alone; the same on the phone."""

import json
from hashlib import sha256
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from hypothesis import given
from hypothesis import strategies as st

from registrations.checkin.lists.header import open_box_of
from registrations.checkin.lists.sealing import (
    Unreadable,
    box_key,
    close_box,
    from_text,
    open_box,
    public_part,
    seal,
    to_text,
)
from registrations.tickets.codes import handle_of
from tests import factories

CASES = json.loads((Path(__file__).parents[3] / "door" / "seals.json").read_text())
CODE = "0123456789ABCDEF"


def opened(code: str, sealed: str) -> list:
    """As the phone does it; by another way than the server's own, so that both are held to the page that says how."""
    raw, key = from_text(sealed), sha256(f"torget:key:{code}".encode()).digest()
    mode = modes.GCM(raw[:6] + bytes(6), raw[-12:], min_tag_length=12)
    decryptor = Cipher(algorithms.AES(key), mode).decryptor()
    return json.loads(decryptor.update(raw[6:-12]) + decryptor.finalize())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["code"])
def test_seal_and_handle_are_those_that_the_phone_is_held_to(case):
    content = json.loads(case["plaintext"]) if isinstance(case["plaintext"], str) else case["plaintext"]

    assert handle_of(case["code"]) == case["handle"]
    assert seal(case["code"], content) == case["seal"]


@given(st.lists(st.text() | st.integers(-(2**53), 2**53) | st.none(), max_size=6))
def test_seal_opens_with_its_code(content):
    assert opened(CODE, seal(CODE, content)) == content


def test_seal_opens_with_no_other_code():
    with pytest.raises(InvalidTag):
        opened("0123456789ABCDEG", seal(CODE, ["v", "ok", "Åsa", ""]))


def test_same_content_has_the_same_seal_and_another_shares_nothing():
    one, other = seal(CODE, ["v", "ok", "Åsa", ""]), seal(CODE, ["v", "x", "Åsa", ""])

    assert seal(CODE, ["v", "ok", "Åsa", ""]) == one
    # Another vector: two lines of one ticket, laid upon each other, say nothing.
    assert one[:8] != other[:8]


def test_line_of_a_usual_visitor_is_short():
    """Ten thousand of them make less than a megabyte."""
    assert len(seal(CODE, ["v", "ok", "Mohammed Lindström", "Mekano i Malmö AB"])) + 12 < 125


def test_box_opens_with_the_events_key_and_with_no_other():
    key = box_key("secret", "b2b")
    box = close_box(public_part(key), {"name": "Åsa"})

    assert open_box(key, box) == {"name": "Åsa"}
    for other in (box_key("secret", "night"), box_key("another secret", "b2b")):
        with pytest.raises(Unreadable):
            open_box(other, box)


@given(st.text(max_size=300) | st.binary(max_size=300).map(to_text))
def test_rubbish_is_no_box(text):
    with pytest.raises(Unreadable):
        open_box(box_key("secret", "b2b"), text)


def test_box_that_is_nested_without_end_is_no_box():
    key, content = box_key("secret", "b2b"), []
    for _ in range(900):
        content = [content]
    box = close_box(public_part(key), content)

    def deep_down(levels: int):
        return deep_down(levels - 1) if levels else open_box(key, box)

    with pytest.raises(Unreadable):
        deep_down(200)


def test_box_from_before_the_key_was_changed_still_opens(settings):
    event = factories.EventFactory.build(slug="b2b")
    box = close_box(public_part(box_key(settings.SECRET_KEY, "b2b")), [1])
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "a new one"

    assert open_box_of(event, box) == [1]

    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(Unreadable):
        open_box_of(event, box)
