"""Answers come in: once by an invitation, many from a file."""

import threading

import pytest
from django.db import connection, connections

from events.access.models import AuditEntry
from surveys.answers import services
from surveys.answers.csv_files import RefusedRow, UnreadableFile
from surveys.answers.models import Answer, Ballot, Invitation, SealedBallot
from surveys.questionnaires.models import SurveyState
from tests import factories
from tests.factories import NOW

BOTH = {"satisfied": "very_satisfied", "contacts": "yes"}
FIRST = {"satisfied": 1, "contacts": 1}  # the wordings that they were asked with


def submit(invitation: Invitation, answers: dict[str, str] = BOTH, shown: dict[str, int] = FIRST) -> None:
    services.submit_answers(invitation=invitation, answers=answers, shown=shown, at=NOW)


# --- Answering ------------------------------------------------------------------------------------------------------


def test_submit_answers_leaves_a_sealed_ballot_and_spends_the_invitation(survey):
    invitation = factories.InvitationFactory(survey=survey)

    submit(invitation)

    invitation.refresh_from_db()
    assert invitation.used
    satisfied, contacts = survey.questions.all()
    ballot = SealedBallot.objects.get()
    assert (ballot.survey, Ballot.objects.count()) == (survey, 0)
    assert ballot.answers == [[satisfied.pk, 1, "very_satisfied"], [contacts.pk, 1, "yes"]]


def test_submit_answers_twice_leaves_one_ballot(survey):
    invitation = factories.InvitationFactory(survey=survey)
    submit(invitation)

    with pytest.raises(services.LinkSpent):
        submit(invitation)

    assert SealedBallot.objects.count() == 1


def test_submit_answers_leaves_no_trail_of_who_or_when(survey):
    invitation = factories.InvitationFactory(survey=survey)
    before = Invitation.objects.filter(pk=invitation.pk).values().get()

    submit(invitation)

    after = Invitation.objects.filter(pk=invitation.pk).values().get()
    assert {name for name in after if after[name] != before[name]} == {"used"}
    assert AuditEntry.objects.count() == 0
    assert {field.name for field in SealedBallot._meta.fields} == {
        "id",
        "survey",
        "source",
        "stratum",
        "answers",
        "texts",
    }
    assert {field.name for field in Ballot._meta.fields} == {"id", "survey", "source", "stratum"}
    assert {field.name for field in Answer._meta.fields} == {"id", "ballot", "question", "value"}


@pytest.mark.parametrize("facts", [{"state": SurveyState.DRAFT}, {"state": SurveyState.CLOSED}, {"closes_at": NOW}])
def test_submit_answers_refuses_when_the_survey_takes_none(survey, facts):
    invitation = factories.InvitationFactory(survey=survey)
    type(survey).objects.update(**facts)

    with pytest.raises(services.LinkSpent):
        submit(invitation)


def test_submit_answers_refuses_an_invitation_that_is_gone(survey):
    invitation = factories.InvitationFactory(survey=survey)
    Invitation.objects.all().delete()

    with pytest.raises(services.LinkSpent):
        submit(invitation)


@pytest.mark.parametrize(
    ("answers", "refusal"),
    [
        ({"satisfied": "very_satisfied"}, services.AnswerMissing),
        ({**BOTH, "contacts": ""}, services.AnswerMissing),
        ({**BOTH, "contacts": "perhaps"}, services.AnswerUnknown),
        ({**BOTH, "other": "yes"}, services.AnswerUnknown),
    ],
)
def test_submit_answers_keeps_the_invitation_when_something_is_wrong(survey, answers, refusal):
    invitation = factories.InvitationFactory(survey=survey)

    with pytest.raises(refusal):
        submit(invitation, answers)

    invitation.refresh_from_db()
    assert (invitation.used, SealedBallot.objects.count()) == (False, 0)


@pytest.mark.parametrize("shown", [{"satisfied": 1}, {"satisfied": 1, "contacts": 2}, {}])
def test_submit_answers_refuses_an_answer_to_another_wording(survey, shown):
    invitation = factories.InvitationFactory(survey=survey)

    with pytest.raises(services.QuestionReworded):
        submit(invitation, shown=shown)

    invitation.refresh_from_db()
    assert (invitation.used, SealedBallot.objects.count()) == (False, 0)


def race(invitation) -> list[object]:
    """Two who press at once: both begin before either has ended. Gives what each got."""
    ready, results = threading.Barrier(2, timeout=20), []

    def press():
        try:
            with connection.cursor() as cursor:
                cursor.execute("select 1")
            ready.wait()
            results.append(submit(invitation))
        except services.LinkSpent as refusal:
            results.append(refusal)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=press) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return results


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("at_once", [True, False])
def test_two_who_press_at_once_leave_one_ballot(survey, at_once, monkeypatch):
    """The one statement is what makes it so: who reads first and writes then reads an unspent invitation twice."""
    invitation = factories.InvitationFactory(survey=survey)
    hold_on = threading.Barrier(2, timeout=15)

    def together(spend):
        def spending(invitation):
            hold_on.wait()
            return spend(invitation)

        return spending

    def naive(invitation):
        unspent = Invitation.objects.filter(pk=invitation.pk, used=False).exists()
        hold_on.wait()
        Invitation.objects.filter(pk=invitation.pk).update(used=True)
        return (None,) if unspent else None

    monkeypatch.setattr(services, "spend_invitation", together(services.spend_invitation) if at_once else naive)

    results = race(invitation)

    assert len(results) == 2
    assert SealedBallot.objects.count() == (1 if at_once else 2)
    assert sum(isinstance(result, services.LinkSpent) for result in results) == (1 if at_once else 0)


# --- Importing ------------------------------------------------------------------------------------------------------

FILE = "\ufeffsatisfied;contacts\nvery_satisfied;yes\nsatisfied;no\nneither;dont_know\n".encode()
BAD = b"satisfied;contacts\nvery_satisfied;yes\ngreat;yes\n"


def take(survey, content: bytes = FILE, partial: bool = False):
    return services.import_answers(survey=survey, content=content, name="a.csv", partial=partial, by=None, at=NOW)


def test_import_answers_makes_one_ballot_a_row(survey):
    taken = take(survey)

    assert (len(taken.rows), taken.refused) == (3, [])
    ballots = {
        tuple(ballot.answers.order_by("question__position").values_list("value", flat=True))
        for ballot in Ballot.objects.all()
    }
    assert ballots == {("very_satisfied", "yes"), ("satisfied", "no"), ("neither", "dont_know")}
    assert set(Ballot.objects.values_list("source", flat=True)) == {"import"}
    (entry,) = AuditEntry.objects.about(survey)
    assert (entry.verb, entry.changes["file"], entry.changes["answers"]) == (
        services.IMPORTED,
        [None, "a.csv"],
        [None, 3],
    )


def test_import_answers_takes_all_or_nothing(survey):
    taken = take(survey, BAD)

    assert (taken.rows, [refused.line for refused in taken.refused]) == ([], [3])
    assert Ballot.objects.count() == 0


def test_import_answers_takes_the_good_rows_when_asked(survey):
    taken = take(survey, BAD, partial=True)

    assert len(taken.rows) == 1
    assert taken.refused == [
        RefusedRow(
            3, "satisfied: “great” is none of very_satisfied, satisfied, neither, dissatisfied, very_dissatisfied"
        )
    ]
    assert Ballot.objects.count() == 1


def test_import_answers_refuses_the_same_file_again(survey):
    take(survey)

    with pytest.raises(services.AlreadyImported):
        take(survey)

    assert Ballot.objects.count() == 3


def test_import_answers_may_be_tried_again_after_a_refusal(survey):
    take(survey, BAD)

    assert len(take(survey, BAD, partial=True).rows) == 1


def test_import_answers_refuses_an_unknown_column_by_name(survey):
    with pytest.raises(UnreadableFile, match="“colour”"):
        take(survey, b"satisfied;contacts;colour\n")


@pytest.mark.parametrize("rows", [1, 3])
def test_import_answers_takes_as_many_queries_for_more_rows(survey, django_assert_num_queries, rows):
    take(survey, b"satisfied,contacts\nneither,no\n")  # content types are looked up once a process

    with django_assert_num_queries(8):
        take(survey, b"satisfied,contacts\n" + b"satisfied,yes\n" * rows)
