"""Asks people, and takes their answers without knowing whose they are."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from events.access import audit
from events.access.models import AuditEntry, User
from events.errors import Refusal
from events.mail.services import write_letter
from events.retention.rules import NOBODY
from surveys.answers import csv_files
from surveys.answers.asked import asked_people
from surveys.answers.box import (
    AnswerMissing,
    AnswerUnknown,
    LinkSpent,
    QuestionReworded,
    asked_questions,
    asks_of,
    is_repeated,
    seal,
    sealed_rows,
    survey_taking_answers,
)
from surveys.answers.grouping import group_of, strata_for
from surveys.answers.links import link_of
from surveys.answers.models import DueLetter, Invitation, Source
from surveys.answers.opening import Sheet, write_ballots
from surveys.answers.spending import spend_invitation
from surveys.questionnaires.models import Question, Survey
from surveys.questionnaires.services import SurveyNotOpen

__all__ = ["AnswerMissing", "AnswerUnknown", "LinkSpent", "QuestionReworded"]

INVITED = audit.verb("survey.invited", _("sent invitations"))
REMINDED = audit.verb("survey.reminded", _("sent reminders"))
IMPORTED = audit.verb("survey.imported", _("imported answers"))


class NobodyCame(Refusal):
    code = "nobody_came"
    message = _("Nobody has come through the door, so there is nobody to ask.")


class InvitedErased(Refusal):
    code = "invited_erased"
    message = _("It is no longer known who was invited, so nobody can be invited or reminded.")


class NobodyToRemind(Refusal):
    code = "nobody_to_remind"
    message = _("There is nobody to remind: everybody has answered, or has had a letter today.")


class AlreadyImported(Refusal):
    code = "already_imported"
    message = _("That file has been imported already.")


@transaction.atomic
def invite(*, survey: Survey, by: User | None, at: datetime) -> int:
    """Invite everybody who came and has not been invited; how many that were.

    Pressed again it invites only those who came since, and hands letters that were never written to the worker
    again. Raises SurveyNotOpen, InvitedErased or NobodyCame.
    """
    survey = _open_survey(survey, at)
    people = asked_people(survey)
    if not people:
        raise NobodyCame
    invited = survey.invitations.select_related("stratum")
    known, told = {one.email for one in invited}, Counter(group_of(one.stratum) for one in invited if one.stratum)
    before = len(known)
    uninvited = {email: person for email, person in people.items() if email not in known}
    strata = strata_for(survey, {email: person.group for email, person in uninvited.items()}, told=told)
    new = [
        Invitation(
            survey=survey,
            email=email,
            language=person.language,
            stratum=strata[email],
            due_letter=DueLetter.INVITATION,
            invited_at=at,
        )
        for email, person in uninvited.items()
    ]
    Invitation.objects.bulk_create(new)
    if new:
        audit.record(survey, INVITED, by=by, at=at, changes={"invitations": [before, before + len(new)]})
    _hand_to_worker(survey)
    return len(new)


@transaction.atomic
def remind(*, survey: Survey, by: User | None, at: datetime) -> int:
    """Remind everybody who has not answered and has had no letter today; how many that were.

    Raises SurveyNotOpen, InvitedErased or NobodyToRemind.
    """
    survey = _open_survey(survey, at)
    reminded = survey.invitations.to_remind(at).update(due_letter=DueLetter.REMINDER, reminded_at=at)
    if not reminded:
        raise NobodyToRemind
    audit.record(survey, REMINDED, by=by, at=at, changes={"reminders": [None, reminded]})
    _hand_to_worker(survey)
    return reminded


@transaction.atomic
def write_due_letter(*, invitation: int, at: datetime) -> bool:
    """Write the letter that the invitation (key) is owed, once; whether there was one to write.

    Whoever has answered in the meantime gets none, nor anybody when the survey has closed.
    """
    found = (
        Invitation.objects.select_for_update(of=("self",), no_key=True)
        .select_related("survey__event")
        .filter(pk=invitation)
        .exclude(due_letter="")
        .first()
    )
    if found is None:
        return False
    kind, found.due_letter = found.due_letter, ""
    found.save(update_fields=["due_letter"])
    survey = found.survey
    if found.used or not survey.takes_answers(at):
        return False
    write_letter(
        to=found.email,
        template=f"surveys/answers/mail/{kind}",
        context={"survey": survey, "action_url": link_of(found)},
        language=found.language,
        event=survey.event,
    )
    return True


@transaction.atomic
def submit_answers(
    *, invitation: Invitation, answers: Mapping[str, str], shown: Mapping[str, int], at: datetime, receipt: str = ""
) -> bool:
    """Put ``answers`` (by question key) in the ballot box, sealed, and spend ``invitation``.

    ``shown``: the version with which each question was shown, by its key. ``receipt``: the form's random number;
    whether they came now, and not before under the same number. The survey is held first, so that nobody rewords or
    closes meanwhile; of two who press at once one spends the invitation. Nothing tells who
    answered what, or when. Raises LinkSpent, AnswerMissing, AnswerUnknown or QuestionReworded; then the invitation is
    unspent.
    """
    survey = survey_taking_answers(invitation.survey_id, at)
    if is_repeated(survey, receipt):
        return False
    spent = spend_invitation(invitation)
    if spent is None:
        raise LinkSpent
    seal(survey, answers=answers, shown=shown, source=Source.LINK, stratum=spent[0])
    return True


@transaction.atomic
def import_answers(
    *, survey: Survey, content: bytes, name: str, partial: bool, by: User | None, at: datetime
) -> csv_files.Answers:
    """Put the answers of a file in the ballot box, one ballot a row; gives what was taken and what was refused.

    All or nothing unless ``partial``: with any row refused, nothing is written and no row is given as taken.
    Raises AlreadyImported for the same content again, and csv_files.UnreadableFile.
    """
    survey = Survey.objects.locked(survey.pk)
    digest = sha256(content).hexdigest()
    if AuditEntry.objects.about(survey).filter(verb=IMPORTED, changes__fingerprint=[None, digest]).exists():
        raise AlreadyImported
    questions = asked_questions(survey)
    answers = csv_files.read_answers(content, asks_of(questions))
    if answers.refused and not partial:
        return csv_files.Answers([], answers.refused)
    write_ballots(survey, (_sheet(questions, row) for row in answers.rows))
    if answers.rows:
        changes = {"file": [None, name], "answers": [None, len(answers.rows)], "fingerprint": [None, digest]}
        audit.record(survey, IMPORTED, by=by, at=at, changes=changes)
    return answers


def _open_survey(survey: Survey, at: datetime) -> Survey:
    """``survey``, locked. Raises SurveyNotOpen; InvitedErased when some could be asked twice because nobody knows."""
    survey = Survey.objects.locked(survey.pk)
    if not survey.takes_answers(at):
        raise SurveyNotOpen
    if survey.invitations.filter(email__endswith=NOBODY).exists():
        raise InvitedErased
    return survey


def _hand_to_worker(survey: Survey) -> None:
    """One task for each letter that is owed. Twice is harmless: whoever comes first crosses it out."""
    from surveys.answers.tasks import write_invitation

    for pk in survey.invitations.unanswered().exclude(due_letter="").values_list("pk", flat=True):
        write_invitation.enqueue(pk)


def _sheet(questions: list[Question], row: Mapping[str, str]) -> Sheet:
    values, texts = sealed_rows(questions, row)
    return Sheet(
        source=Source.IMPORT,
        answers=[(question, value) for question, _version, value in values],
        texts=[(question, text) for question, _version, text in texts],
    )
