"""Whom somebody at the kiosk means who types a whole name. Pure.

The screen stands open to everybody: it answers to a whole name and to nothing less, and never tells of others.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from registrations.checkin.desk.folding import words_of

ONE, SEVERAL, NONE = "one", "several", "none"
# A company is the same with and without what it is in law.
_FORMS = frozenset({"ab", "hb", "kb", "publ", "aktiebolag", "aktiebolaget", "handelsbolag", "as", "ltd", "gmbh", "oy"})

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a valid ticket: the ticket's key, and ``key_of`` name and company."""

    ticket: int
    name: Key
    company: Key


def name_key(name: str) -> Key:
    """What two spellings of one full name share: case, accents, spaces, hyphens and the order of the names aside."""
    return tuple(sorted(words_of(name)))


def company_key(company: str) -> Key:
    """What two spellings of one company share; "Bageriet" is "Bageriet AB"."""
    words = words_of(company)
    return tuple(sorted(word for word in words if word not in _FORMS)) or tuple(sorted(words))


def match(people: Iterable[Person], name: str, company: str = "") -> tuple[str, int | None]:
    """``(ONE, ticket)``, or SEVERAL or NONE with ``None``: of several with one name the company tells which.

    Whoever signed up with a single word must know the company too: a first name is tried too easily.
    """
    wanted, place = name_key(name), company_key(company)
    found = [person for person in people if person.name == wanted] if wanted else []
    if not found:
        return NONE, None
    alike = [person for person in found if person.company == place] if place else []
    if len(wanted) == 1 and any(person.company for person in found):
        return (ONE, alike[0].ticket) if len(alike) == 1 else (SEVERAL, None)
    found = alike if len(found) > 1 and alike else found
    return (ONE, found[0].ticket) if len(found) == 1 else (SEVERAL, None)
