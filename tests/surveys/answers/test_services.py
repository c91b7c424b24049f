import contextlib
import threading
import uuid
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection, connections
from django_tasks_db.models import DBTaskResult

from events.access.models import AuditEntry
from events.mail.models import Letter
from registrations.checkin.models import Scan
from registrations.checkin.verdict import Outcome
from registrations.exhibitors.states import State
from registrations.tickets.models import Ticket
from surveys.answers import services
from surveys.answers.csv_files import RefusedRow, UnreadableFile
from surveys.answers.links import key_in, link_of, token_of
from surveys.answers.models import Answer, Ballot, DueLetter, Invitation, SealedBallot
from surveys.answers.tasks import write_invitation
from surveys.questionnaires.models import Audience, SurveyState
from tests import factories
from tests.factories import NOW

TOMORROW = NOW + timedelta(days=1)


@pytest.fixture
def survey(db):
    survey = factories.SurveyFactory(event__slug="b2b-2027", closes_at=NOW + timedelta(days=14))
    factories.QuestionFactory(survey=survey)
    factories.QuestionFactory(survey=survey, key="contacts", position=2, kind="yes_no")
    return survey


def exhibitor_who_came(event, email: str = "kim@foretaget.example"):
    staff = factories.StandStaffFactory(
        exhibitor=factories.ExhibitorFactory(event=event, state=State.ACCEPTED, contact_email=email)
    )
    ticket = factories.TicketFactory(visitor=None, staff=staff, event=event, kind=Ticket.Kind.EXHIBITOR)
    return admit(ticket)


def visitor_who_came(event, email: str, language: str = "sv"):
    return admit(factories.TicketFactory(visitor__event=event, visitor__email=email, visitor__language=language))


def admit(ticket: Ticket) -> Ticket:
    gate = factories.GateFactory(event=ticket.event, name=f"Ingång {ticket.pk}")
    Scan.objects.create(event=ticket.event, ticket=ticket, gate=gate, device_at=NOW, outcome=Outcome.ADMITTED)
    return ticket


BOTH = {"satisfied": "very_satisfied", "contacts": "yes"}
FIRST = {"satisfied": 1, "contacts": 1}  # the wordings that they were asked with


def submit(key: uuid.UUID, answers: dict[str, str] = BOTH, shown: dict[str, int] = FIRST) -> None:
    services.submit_answers(key=key, answers=answers, shown=shown, at=NOW)


# --- Inviting -------------------------------------------------------------------------------------------------------


def test_invite_asks_the_contact_person_of_each_company_that_came(survey, organiser):
    exhibitor_who_came(survey.event, "Kim@Foretaget.example")
    exhibitor_who_came(survey.event, "lo@bageriet.example")
    factories.ExhibitorFactory(event=survey.event, state=State.ACCEPTED, contact_email="never@came.example")

    assert services.invite(survey=survey, by=organiser, at=NOW) == 2

    invited = set(survey.invitations.values_list("email", "language", "due_letter"))
    assert invited == {("kim@foretaget.example", "sv", "invitation"), ("lo@bageriet.example", "sv", "invitation")}
    (entry,) = AuditEntry.objects.about(survey)
    assert (entry.verb, entry.changes) == (services.INVITED, {"invitations": [0, 2]})


def test_invite_asks_an_address_once_for_two_companies(survey, organiser):
    exhibitor_who_came(survey.event, "kim@foretaget.example")
    exhibitor_who_came(survey.event, "KIM@foretaget.example")

    assert services.invite(survey=survey, by=organiser, at=NOW) == 1


def test_invite_asks_visitors_in_their_language(organiser):
    survey = factories.SurveyFactory(audience=Audience.VISITORS)
    visitor_who_came(survey.event, "anna@bageriet.example")
    visitor_who_came(survey.event, "bob@bakery.example", language="en")
    factories.TicketFactory(visitor__event=survey.event)

    services.invite(survey=survey, by=organiser, at=NOW)

    assert set(survey.invitations.values_list("email", "language")) == {
        ("anna@bageriet.example", "sv"),
        ("bob@bakery.example", "en"),
    }


def test_invite_asks_an_exhibitor_in_the_language_of_the_account(survey, organiser):
    factories.UserFactory(email="kim@foretaget.example", language="en")
    exhibitor_who_came(survey.event)

    services.invite(survey=survey, by=organiser, at=NOW)

    assert survey.invitations.get().language == "en"


def test_invite_twice_invites_only_those_who_came_since(survey, organiser):
    exhibitor_who_came(survey.event, "kim@foretaget.example")
    services.invite(survey=survey, by=organiser, at=NOW)
    exhibitor_who_came(survey.event, "lo@bageriet.example")

    assert services.invite(survey=survey, by=organiser, at=TOMORROW) == 1
    assert services.invite(survey=survey, by=organiser, at=TOMORROW) == 0
    assert survey.invitations.count() == 2


def test_invite_hands_letters_that_were_never_written_to_the_worker_again(survey, organiser):
    exhibitor_who_came(survey.event)
    services.invite(survey=survey, by=organiser, at=NOW)
    DBTaskResult.objects.all().delete()  # the worker's machine is gone

    assert services.invite(survey=survey, by=organiser, at=TOMORROW) == 0
    assert DBTaskResult.objects.count() == 1


def test_invite_refuses_when_nobody_came(survey, organiser):
    with pytest.raises(services.NobodyCame):
        services.invite(survey=survey, by=organiser, at=NOW)


@pytest.mark.parametrize("state", [SurveyState.DRAFT, SurveyState.CLOSED])
def test_invite_refuses_while_the_survey_is_not_open(organiser, state):
    with pytest.raises(services.SurveyNotOpen):
        services.invite(survey=factories.SurveyFactory(state=state), by=organiser, at=NOW)


# --- The letter -----------------------------------------------------------------------------------------------------


def test_task_and_invitation_hold_no_link(survey, organiser):
    exhibitor_who_came(survey.event)
    services.invite(survey=survey, by=organiser, at=NOW)

    invitation = survey.invitations.get()
    assert DBTaskResult.objects.get().args_kwargs == {"args": [invitation.pk], "kwargs": {}}
    assert Letter.objects.count() == 0


def test_write_due_letter_puts_the_link_in_the_letter(survey, settings):
    settings.BASE_URL = "https://torget.example"
    invitation = factories.InvitationFactory(survey=survey, due_letter=DueLetter.INVITATION)

    assert services.write_due_letter(invitation=invitation.pk, at=NOW)

    letter = Letter.objects.get()
    assert (letter.to, letter.event) == (invitation.email, survey.event)
    assert link_of(invitation) in letter.text
    assert link_of(invitation) in letter.html
    assert link_of(invitation).startswith("https://torget.example/s/")


def test_write_due_letter_writes_it_once(survey):
    invitation = factories.InvitationFactory(survey=survey, due_letter=DueLetter.INVITATION)

    assert [services.write_due_letter(invitation=invitation.pk, at=NOW) for _ in range(2)] == [True, False]
    assert Letter.objects.count() == 1


def test_write_due_letter_leaves_whoever_has_answered_alone(survey):
    invitation = factories.InvitationFactory(survey=survey, due_letter=DueLetter.REMINDER, used=True)

    assert not services.write_due_letter(invitation=invitation.pk, at=NOW)
    assert Letter.objects.count() == 0


def test_write_due_letter_writes_none_when_the_survey_has_closed(survey):
    invitation = factories.InvitationFactory(survey=survey, due_letter=DueLetter.INVITATION)

    assert not services.write_due_letter(invitation=invitation.pk, at=survey.closes_at)


@pytest.mark.django_db(transaction=True)
def test_letter_is_sent_by_the_worker_and_its_link_erased(survey, organiser, settings):
    from events.mail.tasks import deliver

    invitation = factories.InvitationFactory(
        survey=survey, due_letter=DueLetter.INVITATION, language="en", email="kim@foretaget.example"
    )
    survey.closes_at = None
    survey.save()

    assert write_invitation.call(invitation.pk) == "written"
    deliver.call(Letter.objects.get().pk)

    (message,) = mail.outbox
    assert message.to == ["kim@foretaget.example"]
    assert link_of(invitation) in message.body
    letter = Letter.objects.get()
    assert (letter.text, letter.html) == ("", "")


# --- Reminding ------------------------------------------------------------------------------------------------------


def test_remind_asks_only_those_who_have_not_answered(survey, organiser):
    waiting = factories.InvitationFactory(survey=survey, invited_at=NOW - timedelta(days=3))
    factories.InvitationFactory(survey=survey, invited_at=NOW - timedelta(days=3), used=True)

    assert services.remind(survey=survey, by=organiser, at=NOW) == 1

    assert list(survey.invitations.exclude(due_letter="")) == [waiting]
    assert AuditEntry.objects.about(survey).get().changes == {"reminders": [None, 1]}


def test_remind_once_a_day(survey, organiser):
    factories.InvitationFactory(survey=survey, invited_at=NOW - timedelta(days=3))
    services.remind(survey=survey, by=organiser, at=NOW)

    with pytest.raises(services.NobodyToRemind):
        services.remind(survey=survey, by=organiser, at=NOW + timedelta(hours=9))

    assert services.remind(survey=survey, by=organiser, at=TOMORROW) == 1


def test_remind_leaves_whoever_was_invited_today(survey, organiser):
    factories.InvitationFactory(survey=survey, invited_at=NOW - timedelta(hours=2))

    with pytest.raises(services.NobodyToRemind):
        services.remind(survey=survey, by=organiser, at=NOW)


def test_remind_counts_days_in_stockholm(survey, organiser):
    last_evening = NOW.replace(hour=22, minute=30) - timedelta(days=1)  # 23.30 in Stockholm, the day before NOW's
    past_midnight = NOW.replace(hour=23, minute=30) - timedelta(days=1)  # 00.30 on NOW's day
    evening = factories.InvitationFactory(survey=survey, invited_at=last_evening)
    factories.InvitationFactory(survey=survey, invited_at=past_midnight)

    services.remind(survey=survey, by=organiser, at=NOW)

    assert list(survey.invitations.filter(due_letter=DueLetter.REMINDER)) == [evening]


# --- Answering ------------------------------------------------------------------------------------------------------


def test_submit_answers_leaves_a_sealed_ballot_and_spends_the_invitation(survey):
    invitation = factories.InvitationFactory(survey=survey)

    submit(invitation.key)

    invitation.refresh_from_db()
    assert invitation.used
    satisfied, contacts = survey.questions.all()
    ballot = SealedBallot.objects.get()
    assert (ballot.survey, Ballot.objects.count()) == (survey, 0)
    assert ballot.answers == [[satisfied.pk, 1, "very_satisfied"], [contacts.pk, 1, "yes"]]


def test_submit_answers_twice_leaves_one_ballot(survey):
    invitation = factories.InvitationFactory(survey=survey)
    submit(invitation.key)

    with pytest.raises(services.LinkSpent):
        submit(invitation.key)

    assert SealedBallot.objects.count() == 1


def test_submit_answers_leaves_no_trail_of_who_or_when(survey):
    invitation = factories.InvitationFactory(survey=survey)
    before = Invitation.objects.filter(pk=invitation.pk).values().get()

    submit(invitation.key)

    after = Invitation.objects.filter(pk=invitation.pk).values().get()
    assert {name for name in after if after[name] != before[name]} == {"used"}
    assert AuditEntry.objects.count() == 0
    assert {field.name for field in SealedBallot._meta.fields} == {"id", "survey", "answers"}
    assert {field.name for field in Ballot._meta.fields} == {"id", "survey", "source"}
    assert {field.name for field in Answer._meta.fields} == {"id", "ballot", "question", "value"}


@pytest.mark.parametrize("facts", [{"state": SurveyState.DRAFT}, {"state": SurveyState.CLOSED}, {"closes_at": NOW}])
def test_submit_answers_refuses_when_the_survey_takes_none(survey, facts):
    invitation = factories.InvitationFactory(survey=survey)
    type(survey).objects.update(**facts)

    with pytest.raises(services.LinkSpent):
        submit(invitation.key)


def test_submit_answers_refuses_a_key_of_nobody(survey):
    with pytest.raises(services.LinkSpent):
        submit(uuid.uuid4())


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
        submit(invitation.key, answers)

    invitation.refresh_from_db()
    assert (invitation.used, SealedBallot.objects.count()) == (False, 0)


@pytest.mark.parametrize("shown", [{"satisfied": 1}, {"satisfied": 1, "contacts": 2}, {}])
def test_submit_answers_refuses_an_answer_to_another_wording(survey, shown):
    invitation = factories.InvitationFactory(survey=survey)

    with pytest.raises(services.QuestionReworded):
        submit(invitation.key, shown=shown)

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
            results.append(submit(invitation.key))
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
@pytest.mark.parametrize("locked", [True, False])
def test_two_who_press_at_once_leave_one_ballot(survey, locked, monkeypatch):
    """The lock is what makes it so: without it both read an unspent invitation, and there are two ballots."""
    invitation = factories.InvitationFactory(survey=survey)
    hold_on = threading.Barrier(2, timeout=1 if locked else 15)
    takes_answers = type(survey).takes_answers

    def slowly(self, at):
        # Both have read the invitation; with the lock the second never comes this far in time.
        with contextlib.suppress(threading.BrokenBarrierError):
            hold_on.wait()
        return takes_answers(self, at)

    monkeypatch.setattr(type(survey), "takes_answers", slowly)
    if not locked:
        monkeypatch.setattr("django.db.models.query.QuerySet.select_for_update", lambda self, **options: self)

    results = race(invitation)

    assert len(results) == 2
    assert SealedBallot.objects.count() == (1 if locked else 2)
    assert sum(isinstance(result, services.LinkSpent) for result in results) == (1 if locked else 0)


# --- Links ----------------------------------------------------------------------------------------------------------


def test_token_leads_back_to_its_invitation(survey):
    invitation = factories.InvitationFactory(survey=survey)

    assert key_in(token_of(invitation)) == invitation.key


def test_token_that_was_changed_leads_nowhere(survey):
    token = token_of(factories.InvitationFactory(survey=survey))
    other = uuid.uuid4().hex

    assert [key_in(t) for t in (token[:-1], other + token[32:], other, "", "å.b", "x" * 5000)] == [None] * 6


def test_token_is_stored_nowhere(survey):
    invitation = factories.InvitationFactory(survey=survey)
    signature = token_of(invitation).rpartition(".")[2]

    stored = str(Invitation.objects.values().get())
    assert signature not in stored


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
