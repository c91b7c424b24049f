"""Swedish order: å, ä, ö after z, case and accents aside."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.swedish import compare, swedish_key

# Worked by hand after SAOL's order: each line as a Swedish register would print it.
REGISTERS = [
    [
        "Burlöv",
        "Eslöv",
        "Höör",
        "Kävlinge",
        "Lomma",
        "Lund",
        "Malmö",
        "Skurup",
        "Staffanstorp",
        "Svedala",
        "Trelleborg",
        "Vellinge",
    ],
    ["a", "b", "z", "å", "ä", "ö"],
    ["Zetterlund", "Åberg", "Ängsmark", "Östergren"],
    ["Andersson", "André", "Andreasson", "Ångström", "Äng", "Örn"],
    ["vinter", "våg", "väg", "wagner", "yxa"],
    ["Hansen", "Hansson", "Härd", "Hög", "Ipsen"],
    ["Ida", "Idé", "Ideé B", "Idéns"],
    ["zon", "Æbler", "Øst"],
    ["", " ", "1", "10", "2", "a"],
]


@pytest.mark.parametrize("register", REGISTERS, ids=lambda register: register[-1])
def test_register_comes_out_as_it_is_printed(register):
    shuffled = random.Random(1).sample(register, len(register))

    assert sorted(shuffled, key=lambda name: (swedish_key(name), name)) == register


@pytest.mark.parametrize(
    ("first", "second"),
    [("é", "e"), ("É", "e"), ("Ü", "u"), ("Ä", "ä"), ("A\u0308", "Ä"), ("STRASSE", "straße"), ("Å", "\u212b")],
)
def test_case_and_accents_do_not_part_names(first, second):
    assert swedish_key(first) == swedish_key(second)


WORDS = st.text(alphabet="aåäbcdeéfghijklmnoöpqrstuvwxyzAÅÄÖZ -é", max_size=8)
LETTERS = "abcdefghijklmnopqrstuvwxyzåäö"


@given(st.lists(st.text(alphabet=LETTERS, max_size=6)))
def test_plain_words_sort_letter_by_letter_in_the_swedish_alphabet(words):
    by_alphabet = sorted(words, key=lambda word: [LETTERS.index(letter) for letter in word])

    assert sorted(words, key=swedish_key) == by_alphabet


@given(WORDS, WORDS)
def test_compare_is_the_same_seen_from_both_sides(a, b):
    assert compare(a, b) == -compare(b, a)
    assert (compare(a, b) == 0) == (a == b)


@given(WORDS, WORDS, WORDS)
def test_compare_never_goes_round_in_a_ring(a, b, c):
    if compare(a, b) <= 0 and compare(b, c) <= 0:
        assert compare(a, c) <= 0


@given(st.text(max_size=20))
def test_any_text_has_a_key(text):
    assert isinstance(swedish_key(text), str)
