"""The ballot box under attack: who holds the database, or looks at the figures often, learns nobody's answer."""

import json
from datetime import timedelta
from io import StringIO
from itertools import pairwise
from statistics import correlation

import pytest
from django.core.management import call_command
from django.db import connection, models
from django_tasks_db.models import DBTaskResult

from events.access.models import AuditEntry
from events.mail.models import Letter
from surveys.answers import services
from surveys.answers.models import Answer, Ballot, Invitation, Receipt, SealedBallot, TextAnswer
from surveys.answers.opening import open_ballots, open_waiting_ballots
from surveys.answers.tasks import open_sealed
from surveys.figures.queries import figures_of_event
from surveys.questionnaires.services import close_survey, open_survey
from tests import factories
from tests.factories import NOW

CODES = ("very_satisfied", "satisfied", "neither", "dissatisfied", "very_dissatisfied")
TABLES = ("surveys_ballot", "surveys_answer", "surveys_sealedballot")
LATER = NOW + timedelta(days=14)


@pytest.fixture
def survey(db):
    survey = factories.SurveyFactory(closes_at=LATER)
    factories.QuestionFactory(survey=survey)
    return survey


def answer(survey, *values: str) -> list[Invitation]:
    """Somebody answers each of ``values``."""
    invitations = factories.InvitationFactory.create_batch(len(values), survey=survey)
    for invitation, value in zip(invitations, values, strict=True):
        services.submit_answers(invitation=invitation, answers={"satisfied": value}, shown={"satisfied": 1}, at=NOW)
    return invitations


def box(survey) -> tuple[int, int]:
    """How many ballots of ``survey`` are open, and how many sealed."""
    return survey.ballots.count(), survey.sealed.count()


def fetch(sql: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


# --- Opening --------------------------------------------------------------------------------------------------------


def test_ballots_stay_sealed_until_there_are_ten(survey):
    answer(survey, *["satisfied"] * 9)
    assert (open_ballots(survey=survey.pk, at=NOW), box(survey)) == (0, (0, 9))

    answer(survey, "neither")
    assert (open_ballots(survey=survey.pk, at=NOW), box(survey)) == (5, (5, 5))
    assert (open_ballots(survey=survey.pk, at=NOW), box(survey)) == (0, (5, 5))


def test_opened_ballots_hold_what_was_answered_under_keys_of_their_own(survey, organiser):
    answer(survey, *CODES, *CODES)
    sealed = set(SealedBallot.objects.values_list("pk", flat=True))

    close_survey(survey=survey, by=organiser, at=NOW)

    assert box(survey) == (10, 0)
    assert sorted(Answer.objects.values_list("value", flat=True)) == sorted(CODES * 2)
    assert set(Ballot.objects.values_list("source", flat=True)) == {"link"}
    assert not sealed & set(Ballot.objects.values_list("pk", flat=True))


def test_ballots_that_stay_are_sealed_anew(survey):
    answer(survey, *CODES, *CODES)
    before = set(SealedBallot.objects.values_list("pk", flat=True))

    open_ballots(survey=survey.pk, at=NOW)

    assert not before & set(SealedBallot.objects.values_list("pk", flat=True))


def test_close_opens_all(survey, organiser):
    answer(survey, *["satisfied"] * 3)

    close_survey(survey=survey, by=organiser, at=NOW)

    assert box(survey) == (3, 0)


def test_tend_opens_all_of_a_survey_that_closed_by_itself(survey):
    answer(survey, *["satisfied"] * 7)
    open_waiting_ballots(at=LATER - timedelta(seconds=1))
    assert box(survey) == (0, 7)
    type(survey).objects.update(closes_at=NOW - timedelta(days=3000))  # by the command's own clock

    call_command("tend", verbosity=0)

    assert box(survey) == (7, 0)


def test_figures_command_opens_what_has_closed(survey):
    answer(survey, *["satisfied"] * 7)
    type(survey).objects.update(closes_at=NOW - timedelta(days=3000))
    out = StringIO()

    call_command("figures", survey.event.slug, "--json", stdout=out)

    assert json.loads(out.getvalue())["figures"][0]["n"] == 7


def test_answer_that_comes_late_to_a_closed_survey_stays_sealed(survey, organiser):
    answer(survey, *CODES)
    close_survey(survey=survey, by=organiser, at=NOW)
    open_survey(survey=survey, closes_at=LATER, by=organiser, at=NOW)
    answer(survey, "satisfied")

    close_survey(survey=survey, by=organiser, at=NOW)

    assert box(survey) == (5, 1)


def test_ballots_of_an_older_wording_are_not_opened_under_the_new(survey, organiser):
    answer(survey, *CODES)
    survey.questions.update(version=2)  # past all services

    with pytest.raises(ValueError, match="another wording"):
        close_survey(survey=survey, by=organiser, at=NOW)

    survey.refresh_from_db()
    assert (box(survey), survey.state) == ((0, 5), "open")


@pytest.mark.parametrize("surveys", [1, 3])
def test_opening_takes_as_many_queries_for_more_ballots(survey, surveys, django_assert_num_queries):
    answer(survey, *["satisfied"] * 10 * surveys)

    with django_assert_num_queries(11):
        open_ballots(survey=survey.pk, at=NOW)


# --- The worker is told ---------------------------------------------------------------------------------------------


def test_worker_is_told_when_there_are_enough(survey, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        answer(survey, *["satisfied"] * 9)
    assert DBTaskResult.objects.count() == 0

    with django_capture_on_commit_callbacks(execute=True):
        answer(survey, "satisfied")

    (task,) = DBTaskResult.objects.all()
    assert task.args_kwargs == {"args": [survey.pk], "kwargs": {}}
    assert [open_sealed.call(survey.pk) for _ in range(2)] == ["opened", "nothing to do"]


# --- Looking before and after ---------------------------------------------------------------------------------------


def test_figures_never_move_by_a_single_answer(survey, organiser, client_for):
    """Somebody looks after each of 43 answers, everywhere that figures stand, and the worker always comes at once."""
    seen = []
    for _ in range(43):
        answer(survey, "very_satisfied")
        open_ballots(survey=survey.pk, at=NOW)
        (figure,) = figures_of_event(survey.event, at=NOW)
        seen.append((figure.k or 0, figure.n))
    close_survey(survey=survey, by=organiser, at=NOW)
    (figure,) = figures_of_event(survey.event, at=NOW)
    seen.append((figure.k or 0, figure.n))

    steps = [after[1] - before[1] for before, after in pairwise(seen) if after != before]
    assert min(steps) >= 5
    assert seen[-1] == (43, 43)


def test_figure_before_the_first_opening_tells_only_when_it_comes(survey):
    answer(survey, *["very_satisfied"] * 9)

    (figure,) = figures_of_event(survey.event, at=NOW)

    assert (figure.n, figure.k, figure.reason) == (0, None, "waiting")


# --- Holding the database -------------------------------------------------------------------------------------------


def test_nothing_in_the_box_tells_time_or_order():
    timely = (models.DateField, models.TimeField, models.AutoField)
    for model in (SealedBallot, Ballot, Answer, TextAnswer, Receipt):
        if model is Receipt:
            timely = (models.DateField, models.TimeField)
        assert [field.name for field in model._meta.fields if isinstance(field, timely)] == []
    assert {field.name for field in SealedBallot._meta.fields} == {
        "id",
        "survey",
        "source",
        "stratum",
        "answers",
        "texts",
    }


@pytest.mark.django_db(transaction=True)
def test_no_other_table_leads_to_an_answer(survey, organiser):
    """Audit, letters and tasks: none names an invitation, a ballot or what was answered."""
    invitations = answer(survey, *CODES * 4)
    open_ballots(survey=survey.pk, at=NOW)
    close_survey(survey=survey, by=organiser, at=NOW)

    kept = [str(row) for model in (AuditEntry, Letter, DBTaskResult) for row in model.objects.values()]
    secrets = [invitation.email for invitation in invitations] + [str(one.key) for one in invitations]
    secrets += [str(key) for model in (Ballot, Answer) for key in model.objects.values_list("pk", flat=True)]
    assert [secret for secret in [*secrets, *CODES] for row in kept if secret in row] == []
    tasks = {str(task.args_kwargs) for task in DBTaskResult.objects.filter(task_path__endswith="open_sealed")}
    assert tasks == {str({"args": [survey.pk], "kwargs": {}})}


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("closed", [False, True])
def test_no_transaction_wrote_both_an_invitation_and_answers(survey, organiser, closed):
    """PostgreSQL keeps in each row who wrote it: before the opening that is a way from a name to an answer."""
    answer(survey, *CODES * 8)
    join = "select i.email from surveys_invitation i join {} o on o.xmin = i.xmin or o.xmax = i.xmin"
    assert len(fetch(join.format("surveys_sealedballot"))) == 40

    open_ballots(survey=survey.pk, at=NOW)
    if closed:
        close_survey(survey=survey, by=organiser, at=NOW)

    assert {table: fetch(join.format(table)) for table in TABLES} == {table: [] for table in TABLES}
    assert fetch(join.format(DBTaskResult._meta.db_table)) == []
    assert box(survey) == ((40, 0) if closed else (35, 5))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("place", ["rowid", "ctid"])
def test_rows_do_not_lie_in_the_order_in_which_people_answered(organiser, place):
    """40 people who each answered something else: 3 questions of 5 answers tell 125 apart."""
    if (place == "ctid") != (connection.vendor == "postgresql"):
        pytest.skip("the other database's name for a row's place")
    survey = factories.SurveyFactory()
    for position, key in enumerate(("a", "b", "c"), start=1):
        factories.QuestionFactory(survey=survey, key=key, position=position)
    given = [{"a": CODES[n // 25], "b": CODES[n // 5 % 5], "c": CODES[n % 5]} for n in range(40)]
    for answers in given:
        invitation = factories.InvitationFactory(survey=survey)
        services.submit_answers(invitation=invitation, answers=answers, shown={"a": 1, "b": 1, "c": 1}, at=NOW)

    close_survey(survey=survey, by=organiser, at=NOW)

    for table, key in (("surveys_ballot", "id"), ("surveys_answer", "ballot_id")):
        keys = [str(row[0]).replace("-", "") for row in fetch(f"select {key} from {table} order by {place}")]
        said = {
            ballot.pk.hex: dict(ballot.answers.values_list("question__key", "value")) for ballot in Ballot.objects.all()
        }
        order = [given.index(said[key]) for key in dict.fromkeys(keys)]
        assert sorted(order) == list(range(40))
        # Chance alone passes 0.6 once in 20 000 shuffles of 40.
        assert abs(correlation(order, range(40))) < 0.6


@pytest.mark.skipif("connection.vendor != 'sqlite'")
def test_sqlite_overwrites_what_is_deleted(db):
    assert fetch("pragma secure_delete") == [(1,)]
