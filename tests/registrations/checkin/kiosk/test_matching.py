"""Whom somebody at the kiosk means."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registrations.checkin.kiosk.matching import Person, company_key, match, name_key


def people(*rows):
    return [Person(n, name_key(name), company_key(company)) for n, (name, company) in enumerate(rows)]


HALL = people(
    ("Åsa Öberg", "Bageriet AB"),
    ("Anna Ek", "Bageriet AB"),
    ("Anna Ek", "Verkstan i Lund"),
    ("Anna-Karin Ek", ""),
    ("Bo Ek", "Verkstan"),
    ("Bo Ek", "Verkstan"),
    ("Sukarno", "Bageriet"),
    ("Ram", ""),
)


@pytest.mark.parametrize(
    ("name", "company", "answer"),
    [
        ("Åsa Öberg", "", ("one", 0)),
        ("  asa   OBERG ", "", ("one", 0)),
        ("Öberg Åsa", "", ("one", 0)),
        ("Öberg, Åsa", "", ("one", 0)),
        ("Anna Karin Ek", "", ("one", 3)),
        ("Anna Ek", "", ("several", None)),
        ("Anna Ek", "bageriet", ("one", 1)),
        ("Anna Ek", "Verkstan i Lund AB", ("one", 2)),
        ("Anna Ek", "Verkstan", ("several", None)),
        ("Bo Ek", "Verkstan", ("several", None)),  # the desk tells them apart
        ("Åsa Öberg", "Something else", ("one", 0)),
        ("Åsa", "", ("none", None)),
        ("Öberg", "Bageriet AB", ("none", None)),
        ("Åsa Öber", "", ("none", None)),
        ("Åsa Öberg Ek", "", ("none", None)),
        ("", "", ("none", None)),
        ("-", "Bageriet", ("none", None)),
        ("Sukarno", "", ("several", None)),  # a single word is tried too easily
        ("Sukarno", "Verkstan", ("several", None)),
        ("Sukarno", "Bageriet AB", ("one", 6)),
        ("Ram", "", ("one", 7)),
    ],
)
def test_matched_by_hand(name, company, answer):
    assert match(HALL, name, company) == answer


def test_company_that_is_nothing_but_its_form_is_a_company_still():
    assert company_key("AB") == ("ab",)
    assert company_key("Bageriet AB (publ)") == company_key("bageriet")


WORDS = st.lists(st.text("abåäö", min_size=1, max_size=6), min_size=2, max_size=4)


@settings(deadline=None)
@given(WORDS, st.randoms())
def test_order_case_and_spaces_make_no_difference(words, random):
    hall = [Person(1, name_key(" ".join(words)), ())]
    typed = [word.upper() if random.random() < 0.5 else word for word in random.sample(words, len(words))]

    assert match(hall, "  ".join(typed)) == ("one", 1)


@settings(deadline=None)
@given(st.lists(WORDS, max_size=6), WORDS)
def test_one_is_told_only_of_a_whole_name(hall, typed):
    """Never of parts of a name, and never of anybody when two have it."""
    names = [Person(n, name_key(" ".join(words)), ()) for n, words in enumerate(hall)]
    alike = [person.ticket for person in names if person.name == name_key(" ".join(typed))]

    told = match(names, " ".join(typed))

    assert told == (("one", alike[0]) if len(alike) == 1 else ("several", None) if alike else ("none", None))
