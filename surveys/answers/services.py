"""Asks people, and takes their answers without knowing whose they are."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from hashlib import sha256
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from events.access import audit
from events.access.models import AuditEntry, User
from events.errors import Refusal
from events.mail.services import write_letter
from events.retention.rules import NOBODY
from surveys.answers import csv_files
from surveys.answers.batches import opens_from
from surveys.answers.links import link_of
from surveys.answers.models import Ballot, DueLetter, Invitation, SealedBallot
from surveys.answers.opening import write_ballots
from surveys.answers.queries import who_came
from surveys.questionnaires.models import Survey
from surveys.questionnaires.services import SurveyNotOpen

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


class LinkSpent(Refusal):
    """Used, expired, closed or never made: whoever holds the link is told the same."""

    code = "link_spent"
    message = _("The link cannot be used to answer.")


class AnswerMissing(Refusal):
    code = "answer_missing"
    message = _("A question is left to answer.")


class AnswerUnknown(Refusal):
    code = "answer_unknown"
    message = _("That is none of the answers.")


class QuestionReworded(Refusal):
    code = "question_reworded"
    message = _("A question has been reworded since you answered it.")


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
    addresses = who_came(survey)
    if not addresses:
        raise NobodyCame
    before = survey.invitations.count()
    known = set(survey.invitations.values_list("email", flat=True))
    new = [
        Invitation(survey=survey, email=email, language=language, due_letter=DueLetter.INVITATION, invited_at=at)
        for email, language in addresses.items()
        if email not in known
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
def submit_answers(*, key: UUID, answers: Mapping[str, str], shown: Mapping[str, int], at: datetime) -> None:
    """Put ``answers`` (code by question key) in the ballot box, sealed, and spend the invitation with ``key``.

    ``shown``: the version with which each question was shown, by its key. The survey is locked first, so that nobody
    rewords or closes meanwhile, then the invitation, so that two who press at once leave one ballot. Nothing tells who
    answered what, or when. Raises LinkSpent, AnswerMissing, AnswerUnknown or QuestionReworded; then the invitation is
    unspent.
    """
    asked = Invitation.objects.filter(key=key).values_list("survey", flat=True).first()
    if asked is None:
        raise LinkSpent
    survey = Survey.objects.locked(asked)
    invitation = Invitation.objects.select_for_update(no_key=True).filter(key=key).first()
    if invitation is None or invitation.used or not survey.takes_answers(at):
        raise LinkSpent
    questions = {question.key: question for question in survey.questions.all()}
    given = {key: value for key, value in answers.items() if value}
    if any(key not in questions or value not in questions[key].scale.values for key, value in given.items()):
        raise AnswerUnknown
    if any(question.required and key not in given for key, question in questions.items()):
        raise AnswerMissing
    if any(shown.get(key) != questions[key].version for key in given):
        raise QuestionReworded
    invitation.used = True
    invitation.save(update_fields=["used"])
    sealed = [[question.pk, question.version, given[key]] for key, question in questions.items() if key in given]
    SealedBallot.objects.create(survey=survey, answers=sealed)
    # Apart from this transaction: the task's time must not stand in a row that was written with the invitation's.
    transaction.on_commit(partial(_open_when_enough, survey.pk))


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
    questions = {question.key: question for question in survey.questions.all()}
    columns = {
        key: csv_files.Column(question.scale.values, required=question.required) for key, question in questions.items()
    }
    answers = csv_files.read_answers(content, columns)
    if answers.refused and not partial:
        return csv_files.Answers([], answers.refused)
    given = [[(questions[key].pk, value) for key, value in row.items()] for row in answers.rows]
    write_ballots(survey, Ballot.Source.IMPORT, given)
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


def _open_when_enough(survey: int) -> None:
    """Have the worker open ballots of the survey (key) once there are enough. ``tend`` sees what it was not told."""
    from surveys.answers.tasks import open_sealed

    if SealedBallot.objects.filter(survey=survey).count() >= opens_from(settings.SUPPRESS_BELOW):
        open_sealed.enqueue(survey)
