"""Whoever reads the whole database after an opening matches no answer to an invitation better than by chance.

The reader knows who answered, in which order (as an access log would tell), and has every table with the rows in the
order in which they lie, their hidden columns, keys and sequences. Against a naive design the same reader wins.
"""

import random
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from surveys.answers import services, ways
from surveys.answers.models import Answer, Ballot, Invitation, Receipt, SealedBallot, Stratum, TextAnswer
from surveys.answers.opening import open_ballots
from tests import factories
from tests.factories import NOW

pytestmark = [pytest.mark.django_db(transaction=True)]

PEOPLE = 60
# By chance one of sixty is right, on average, however the reader orders two lists that have nothing in common; eight or
# more happens once in a million. One rank after another is a correlation of 1.
BY_CHANCE = 8
Rows = list[dict[str, Any]]


def dump(table: str) -> Rows:
    """Every row of ``table`` as it lies on the disk, with what the database keeps beside its columns."""
    hidden = (
        "ctid::text AS lies, xmin::text::bigint AS written" if connection.vendor == "postgresql" else "rowid AS lies"
    )
    with connection.cursor() as cursor:
        order = "ctid" if connection.vendor == "postgresql" else "rowid"
        cursor.execute(f"SELECT {hidden}, * FROM {table} ORDER BY {order}")
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def orders(rows: Rows) -> dict[str, Rows]:
    """``rows`` in every order that one of their columns gives them, and as they lie."""
    found = {"as they lie": rows}
    for name in rows[0] if rows else []:
        values = [row[name] for row in rows]
        if len({str(value) for value in values}) == len(rows) and all(value is not None for value in values):
            found[name] = sorted(rows, key=lambda row: str(row[name]).zfill(40))
    return found


def hits(people: list[str], known: dict[str, str], guesses: list[str]) -> int:
    """How many are right when the reader lays two lists beside each other; forwards or backwards, the better one."""
    rows = [guesses, guesses[::-1]]
    return max(sum(known[one] == guess for one, guess in zip(people, row, strict=False)) for row in rows)


def best_attack(survey, known: dict[str, str], sent: list[str]) -> int:
    """The most that any pair of orders gets right. ``known``: what each really wrote; ``sent``: who answered, in order."""
    invitations = dump("surveys_invitation")
    people = [sent] + [[str(row["email"]) for row in rows] for rows in orders(invitations).values()]
    receipts = dump("surveys_receipt")
    words_of: Callable[[Rows], list[str]] = lambda rows: [str(row.get("text") or row.get("value")) for row in rows]  # noqa: E731
    best = 0
    for table in ("surveys_textanswer", "surveys_answer"):
        for rows in orders(dump(table)).values():
            guesses = [word for word in words_of(rows) if word.startswith("word")]
            best = max([best, *(hits(one, known, guesses) for one in people)])
    # Rows that were written together: the same transaction number on an invitation or a receipt and on an answer.
    written = {row["written"]: str(row["email"]) for row in invitations if "written" in row}
    for table in ("surveys_textanswer", "surveys_ballot", "surveys_answer", "surveys_sealedballot"):
        together = [row for row in dump(table) if row.get("written") in written]
        assert together == []
        assert [
            row for row in dump(table) if row.get("written") in {one.get("written") for one in receipts} - {None}
        ] == []
    return best


@pytest.fixture
def survey():
    survey = factories.SurveyFactory(closes_at=NOW + timedelta(days=14))
    factories.QuestionFactory(survey=survey)
    factories.QuestionFactory(survey=survey, key="why", position=2, kind="short_text", text="Varför?", text_en="Why?")
    return survey


def everybody_answers(survey) -> tuple[dict[str, str], list[str]]:
    """Sixty answer in random order, each with a word of their own: what each wrote, and in which order they came."""
    stratum = Stratum.objects.create(survey=survey, municipality="Malmö", size=PEOPLE)
    invitations = factories.InvitationFactory.create_batch(PEOPLE, survey=survey, stratum=stratum)
    words = [f"word{number}" for number in range(PEOPLE)]
    random.Random(5).shuffle(invitations)
    random.Random(6).shuffle(words)
    known = {}
    for number, one in enumerate(invitations):
        known[one.email] = words[number]
        answers = {"satisfied": "satisfied", "why": known[one.email]}
        services.submit_answers(
            invitation=one, answers=answers, shown={"satisfied": 1, "why": 1}, at=NOW, receipt=f"{number:022}"
        )
    return known, [one.email for one in invitations]


def open_all(survey) -> None:
    type(survey).objects.filter(pk=survey.pk).update(state="closed")
    open_ballots(survey=survey.pk, at=NOW)


def open_naively(survey) -> None:
    """A box that is emptied in the order in which it was filled, with numbers that count up."""
    for number, sealed in enumerate(sealed_as_they_lie(survey)):
        ballot = Ballot.objects.create(id=f"{number:032x}", survey=survey, source=sealed["source"])
        for question, _version, value in sealed["answers"]:
            Answer.objects.create(ballot=ballot, question_id=question, value=value)
        for question, _version, text in sealed["texts"]:
            TextAnswer.objects.create(id=f"{number:032x}", question_id=question, text=text)
    SealedBallot.objects.all().delete()


def sealed_as_they_lie(survey) -> list[dict[str, Any]]:
    keys = [row["id"] for row in dump("surveys_sealedballot")]
    by_key = {str(one.pk).replace("-", ""): one for one in survey.sealed.all()}
    found = [by_key[str(key).replace("-", "")] for key in keys]
    return [{"source": one.source, "answers": one.answers, "texts": one.texts} for one in found]


def test_reader_of_the_database_wins_against_a_naive_box(survey):
    known, sent = everybody_answers(survey)
    open_naively(survey)

    assert best_attack(survey, known, sent) == PEOPLE


def test_reader_of_the_database_does_no_better_than_chance_against_ours(survey):
    known, sent = everybody_answers(survey)
    open_all(survey)

    assert (survey.ballots.count(), TextAnswer.objects.count(), SealedBallot.objects.count()) == (PEOPLE, PEOPLE, 0)
    assert best_attack(survey, known, sent) < BY_CHANCE


def test_what_is_left_after_an_opening_while_the_survey_is_open_was_written_with_nobody(survey):
    known, sent = everybody_answers(survey)
    assert open_ballots(survey=survey.pk, at=NOW) == PEOPLE - 5

    assert SealedBallot.objects.count() == 5
    assert best_attack(survey, known, sent) < BY_CHANCE


def test_opened_ballots_keep_their_source_and_stratum_and_words_keep_neither(survey):
    everybody_answers(survey)
    key = ways.switch_open_link(survey=survey, on=True, by=None, at=NOW).open_key
    for number in range(6):
        facts = {"answers": {"satisfied": "neither", "why": "words"}, "shown": {"satisfied": 1, "why": 1}, "at": NOW}
        ways.submit_openly(key=key, receipt=f"open{number:022}", **facts)
    open_all(survey)

    told = survey.ballots.order_by("source").values_list("source", "stratum__municipality", "stratum__size")
    assert list(told) == [("link", "Malmö", PEOPLE)] * PEOPLE + [("open", None, None)] * 6
    assert {field.name for field in TextAnswer._meta.fields} == {"id", "question", "text"}
    assert {field.name for field in Receipt._meta.fields} == {"id", "survey", "digest"}
    assert Invitation.objects.filter(used=True).count() == PEOPLE
