"""Two things at once, on PostgreSQL: nobody waits for each other for ever, and no answer lands under other words."""

import threading
import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connections

from surveys.answers import services
from surveys.answers.models import Invitation, SealedBallot
from surveys.questionnaires.services import QuestionHasAnswers, change_question, close_survey
from tests import factories
from tests.factories import NOW

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def invitation():
    survey = factories.SurveyFactory(closes_at=NOW + timedelta(days=14))
    factories.QuestionFactory(survey=survey)
    return factories.InvitationFactory(survey=survey, invited_at=NOW - timedelta(days=3))


@pytest.fixture
def half_sent(monkeypatch) -> threading.Event:
    """Set once somebody has spent an invitation and has not yet left a ballot; they rest there a while."""
    spent, save = threading.Event(), Invitation.save

    def slowly(self, **options):
        save(self, **options)
        if options.get("update_fields") == ["used"]:
            spent.set()
            time.sleep(1)

    monkeypatch.setattr(Invitation, "save", slowly)
    return spent


def together(invitation: Invitation, spent: threading.Event, act: Callable[[], object]) -> dict[str, object]:
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
        services.submit_answers(key=invitation.key, answers={"satisfied": "satisfied"}, shown={"satisfied": 1}, at=NOW)

    first = threading.Thread(target=keep, args=("submit", submit))
    first.start()
    assert spent.wait(20)
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

    results = together(
        invitation,
        half_sent,
        lambda: change_question(question=question, text="Motsatsen?", text_en="No?", seen=1, by=organiser, at=NOW),
    )

    question.refresh_from_db()
    ((_question, version, _value),) = SealedBallot.objects.get().answers
    assert results["submit"] is None
    assert isinstance(results["act"], QuestionHasAnswers) == locked
    assert (version == question.version) == locked
