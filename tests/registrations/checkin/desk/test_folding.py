"""Text as somebody in a hurry types it."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registrations.checkin.desk.folding import fold, words_of

LETTERS = st.text(st.characters(codec="latin-1"))


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Åsa Öberg", "asa oberg"),
        ("ÅSA", "asa"),
        ("Bjørn Sæther", "bjorn saether"),
        ("Anna-Karin  O'Neill", "anna karin o neill"),
        ("Łukasz Żak", "lukasz zak"),
        ("Straße", "strasse"),
        ("  Två_ord\t", "tva ord"),
        ("9C", "9c"),
        ("Bageriet & Co AB", "bageriet co ab"),
        ("李 明", "李 明"),
        ("محمد", "محمد"),
        ("कवि", "कवि"),
        ("🎉", ""),
        ("a\0b", "ab"),
    ],
)
def test_folded_by_hand(written, folded):
    assert fold(written) == folded


@settings(deadline=None)
@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@settings(deadline=None)
@given(st.text())
def test_how_accents_are_stored_makes_no_difference(text):
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@settings(deadline=None)
@given(LETTERS)
def test_capitals_make_no_difference(text):
    assert fold(text.upper()) == fold(text.lower()) == fold(text)


@settings(deadline=None)
@given(st.lists(LETTERS), st.sampled_from([" ", "  ", " - ", "\t", ", "]))
def test_words_are_the_same_however_they_are_set_apart(parts, between):
    assert words_of(between.join(parts)) == words_of(" ".join(parts))
