"""Two things at once, on PostgreSQL: nobody waits for each other for ever, and no answer lands under other words."""

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connections

from surveys.answers import services, ways
from surveys.answers.box import LinkSpent
from surveys.answers.models import ClassCode, Invitation, SealedBallot
from surveys.questionnaires.drafts import draft_of
from surveys.questionnaires.editing import QuestionHasAnswers, change_question
from surveys.questionnaires.services import close_survey
from tests import factories, night_factories
from tests.factories import NOW

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def invitation():
    survey = factories.SurveyFactory(closes_at=NOW + timedelta(days=14))
    factories.QuestionFactory(survey=survey)
    return factories.InvitationFactory(survey=survey, invited_at=NOW - timedelta(days=3))


@pytest.fixture
def half_sent(monkeypatch) -> threading.Event:
    """Set once somebody has read the questions and has not yet left a ballot; they rest there a while."""
    read, save = threading.Event(), SealedBallot.save

    def slowly(self, **options):
        read.set()
        time.sleep(1)
        save(self, **options)

    monkeypatch.setattr(SealedBallot, "save", slowly)
    return read


def together(invitation: Invitation, half_sent: threading.Event, act: Callable[[], object]) -> dict[str, object]:
    """Somebody answers, and half-way ``act`` begins. Gives what each got: a result, or what was raised."""
    results: dict[str, object] = {}

    def keep(name: str, act: Callable[[], object]) -> None:
        try:
            results[name] = act()
        except Exception as error:  # noqa: BLE001 — the test looks at what it was
            results[name] = error
        finally:
            connections.close_all()

    def submit() -> None:
        services.submit_answers(
            invitation=invitation, answers={"satisfied": "satisfied"}, shown={"satisfied": 1}, at=NOW
        )

    first = threading.Thread(target=keep, args=("submit", submit))
    first.start()
    assert half_sent.wait(20)
    keep("act", act)
    first.join(30)
    return results


def test_reminding_waits_for_whoever_is_answering(invitation, half_sent, organiser):
    factories.InvitationFactory(survey=invitation.survey, invited_at=NOW - timedelta(days=3))

    results = together(invitation, half_sent, lambda: services.remind(survey=invitation.survey, by=organiser, at=NOW))

    assert results == {"submit": None, "act": 1}


def test_closing_waits_for_whoever_is_answering(invitation, half_sent, organiser):
    results = together(invitation, half_sent, lambda: close_survey(survey=invitation.survey, by=organiser, at=NOW))

    assert (results["submit"], invitation.survey.ballots.count(), SealedBallot.objects.count()) == (None, 1, 0)


@pytest.mark.parametrize("locked", [True, False])
def test_rewording_waits_for_whoever_is_answering(invitation, half_sent, organiser, locked, monkeypatch):
    """The lock is what makes it so: without it the question is reworded under an answer that is on its way in."""
    if not locked:
        monkeypatch.setattr("django.db.models.query.QuerySet.select_for_update", lambda self, **options: self)
    question = invitation.survey.questions.get()
    reworded = replace(draft_of(question), text="Motsatsen?", text_en="No?")

    results = together(
        invitation,
        half_sent,
        lambda: change_question(question=question, draft=reworded, seen=1, by=organiser, at=NOW),
    )

    question.refresh_from_db()
    ((_question, version, _value),) = SealedBallot.objects.get().answers
    assert results["submit"] is None
    assert isinstance(results["act"], QuestionHasAnswers) == locked
    assert (version == question.version) == locked


@pytest.mark.parametrize("at_once", [True, False])
def test_class_answers_no_more_than_it_has_pupils_however_many_press_at_once(invitation, at_once, monkeypatch):
    """Who reads first and writes then finds room for one more, as all do."""
    school_class = night_factories.SchoolClassFactory()
    code = ClassCode.objects.create(survey=invitation.survey, school_class=school_class, code="7KQ4M2XD", cap=1)
    hold_on = threading.Barrier(4, timeout=15)
    spend_code = ways.spend_code

    def together(code, *, quick):
        hold_on.wait()
        return spend_code(code, quick=quick)

    def naive(code, *, quick):
        code.refresh_from_db()
        room = code.used < code.cap
        hold_on.wait()
        ClassCode.objects.filter(pk=code.pk).update(used=1)
        return (None,) if room else None

    monkeypatch.setattr(ways, "spend_code", together if at_once else naive)
    results: list[object] = []

    def press(number: int) -> None:
        facts = {"answers": {"satisfied": "satisfied"}, "shown": {"satisfied": 1}, "at": NOW}
        try:
            results.append(ways.submit_with_code(code=code, receipt=f"{number:022}", **facts))
        except LinkSpent:
            results.append("spent")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=press, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert (SealedBallot.objects.count(), results.count("spent")) == ((1, 3) if at_once else (4, 0))


def test_same_form_sent_twice_at_once_through_the_open_link_counts_once(invitation, monkeypatch):
    survey = ways.switch_open_link(survey=invitation.survey, on=True, by=None, at=NOW)
    results: list[object] = []

    def press() -> None:
        facts = {"answers": {"satisfied": "satisfied"}, "shown": {"satisfied": 1}, "at": NOW}
        try:
            results.append(ways.submit_openly(key=survey.open_key, receipt="r" * 22, **facts))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=press) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert (sorted(results), SealedBallot.objects.count()) == ([False] * 5 + [True], 1)
