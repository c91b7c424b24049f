"""Words that people wrote: by hand, and what must hold of whatever is written."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.figures.stems import stem
from surveys.figures.themes import MOST, STOP_WORDS, Word, themes_of, words_of


@pytest.mark.parametrize(
    "forms",
    [
        "maskin maskinen maskiner maskinerna maskinernas maskinens",
        "robot roboten robotar robotarna robotarnas",
        "jobb jobbet jobben jobbets",
        "företag företaget företagen företagens",
        "samarbete samarbetet samarbeten",
        "rolig roligt roliga",
        "svets svetsen svetsa svetsade svetsar",
        "utställare utställaren utställarna",
    ],
)
def test_forms_of_a_word_have_one_stem(forms):
    assert len({stem(form) for form in forms.split()}) == 1


@pytest.mark.parametrize("words", ["kontakt mat", "plats plan", "bra brand", "lång lag", "hall hallå", "tal tåg"])
def test_other_words_have_other_stems(words):
    assert len({stem(word) for word in words.split()}) == 2


def test_a_word_counts_once_for_each_who_wrote_it():
    texts = ["Roboten! Robotar, robotar.", "roboten", "En robot", "ROBOTEN", "Roboten var bäst"]

    themes = themes_of(texts, below=5)

    assert (themes.written, themes.words, themes.few) == (5, (Word("roboten", 5, 1.0, 1.0),), False)


def test_words_of_few_are_not_told():
    texts = [*["Bra föredrag"] * 5, *["Föredrag av Karlsson"] * 4]

    assert [(word.text, word.writers) for word in themes_of(texts, below=5).words] == [("föredrag", 9), ("bra", 5)]


def test_nothing_is_told_of_few_answers():
    themes = themes_of(["svets"] * 4, below=5)

    assert (themes.written, themes.words, themes.few) == (4, (), True)


def test_marks_numbers_and_stop_words_are_no_words():
    assert words_of("Ring [telefon] eller [e-post] kl 14.30, det var 3D-skrivaren och Röd_grön") == {
        "ring",
        "kl",
        "3d-skrivaren",
        "röd",
        "grön",
    }


def test_words_are_the_same_however_their_letters_are_put_together():
    assert words_of("O\u0308ppet") == words_of("\u00f6ppet") == {"öppet"}


answers = st.lists(st.text(alphabet="aebt sé[]-1'Å", max_size=30), max_size=40)


@settings(max_examples=150, deadline=None)
@given(answers, st.integers(1, 6))
def test_no_word_is_told_that_few_wrote(texts, below):
    themes = themes_of(texts, below=below)

    assert len(themes.words) <= MOST
    for word in themes.words:
        writers = sum(stem(word.text) in {stem(one) for one in words_of(text)} for text in texts)
        assert word.writers == writers >= below
        assert word.text not in STOP_WORDS
        assert 0 < word.share <= 1


@settings(max_examples=100, deadline=None)
@given(answers, st.randoms(use_true_random=False))
def test_themes_do_not_depend_on_the_order(texts, random):
    mixed = list(texts)
    random.shuffle(mixed)

    assert themes_of(mixed, below=2) == themes_of(texts, below=2)


@settings(max_examples=200)
@given(st.text(alphabet="abdeghiklnorstuåäö", max_size=20))
def test_a_stem_begins_its_word(word):
    assert word.startswith(stem(word))
