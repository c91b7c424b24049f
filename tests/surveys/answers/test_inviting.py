"""Who is asked, in which language, and the letters that they are asked and reminded by."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core import mail
from django_tasks_db.models import DBTaskResult

from events.access.models import AuditEntry
from events.mail.models import Letter
from registrations.checkin.lists.sealing import box_key, close_box, public_part
from registrations.exhibitors.states import State
from surveys.answers import services
from surveys.answers.links import link_of
from surveys.answers.models import DueLetter
from surveys.answers.queries import who_came
from surveys.answers.tasks import write_invitation
from surveys.questionnaires.models import Audience, SurveyState
from tests import factories
from tests.door_factories import open_door, record_of, send
from tests.factories import NOW
from tests.surveys.answers.who_came import exhibitor_who_came, visitor_who_came

TOMORROW = NOW + timedelta(days=1)

# --- Inviting -------------------------------------------------------------------------------------------------------


def test_who_came_without_a_ticket_is_asked_if_there_is_an_address_and_who_was_undone_is_not(survey):
    survey.audience = Audience.VISITORS
    survey.save()
    event, mistaken = survey.event, factories.TicketFactory(visitor__event=survey.event)
    open_door(event)
    boxes = [
        {"name": "Asta Ek", "company": "", "email": "Asta@ek.example", "language": "en"},
        {"name": "Utan Adress", "company": "Bageriet", "email": "", "language": "sv"},
    ]
    key = public_part(box_key(settings.SECRET_KEY, event.slug))
    wrong = record_of(mistaken)
    send(event, *[record_of(act="walk_in", let_in=True, box=close_box(key, box)) for box in boxes], wrong)
    before = set(who_came(survey))
    send(event, record_of(act="undo", ref=wrong["nonce"]))

    assert before == {"asta@ek.example", mistaken.visitor.email}
    assert who_came(survey) == {"asta@ek.example": "en"}


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
