"""Asks people, and takes their answers without knowing whose they are."""

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from events.access import audit
from events.access.models import AuditEntry, User
from events.errors import Refusal
from events.mail.services import write_letter
from surveys.answers import csv_files
from surveys.answers.links import link_of
from surveys.answers.models import Answer, Ballot, DueLetter, Invitation
from surveys.answers.queries import who_came
from surveys.questionnaires.models import Question, Survey
from surveys.questionnaires.services import SurveyNotOpen

INVITED = audit.verb("survey.invited", _("sent invitations"))
REMINDED = audit.verb("survey.reminded", _("sent reminders"))
IMPORTED = audit.verb("survey.imported", _("imported answers"))


class NobodyCame(Refusal):
    code = "nobody_came"
    message = _("Nobody has come through the door, so there is nobody to ask.")


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


class AlreadyImported(Refusal):
    code = "already_imported"
    message = _("That file has been imported already.")


@transaction.atomic
def invite(*, survey: Survey, by: User | None, at: datetime) -> int:
    """Invite everybody who came and has not been invited; how many that were.

    Pressed again it invites only those who came since, and hands letters that were never written to the worker
    again. Raises SurveyNotOpen or NobodyCame.
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

    Raises SurveyNotOpen or NobodyToRemind.
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
        Invitation.objects.select_for_update(of=("self",))
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
def submit_answers(*, key: UUID, answers: Mapping[str, str], at: datetime) -> Ballot:
    """Put ``answers`` (code by question key) in the ballot box and spend the invitation with ``key``.

    The invitation is locked first, so that two who press at once leave one ballot. Nothing tells who answered what,
    or when. Raises LinkSpent, AnswerMissing or AnswerUnknown; then the invitation is unspent.
    """
    locked = Invitation.objects.select_for_update(of=("self",)).select_related("survey")
    invitation = locked.filter(key=key).first()
    if invitation is None or invitation.used or not invitation.survey.takes_answers(at):
        raise LinkSpent
    questions = {question.key: question for question in invitation.survey.questions.all()}
    given = {key: value for key, value in answers.items() if value}
    if any(key not in questions or value not in questions[key].scale.values for key, value in given.items()):
        raise AnswerUnknown
    if any(question.required and key not in given for key, question in questions.items()):
        raise AnswerMissing
    invitation.used = True
    invitation.save(update_fields=["used"])
    ballot = Ballot.objects.create(survey=invitation.survey, source=Ballot.Source.LINK)
    Answer.objects.bulk_create(
        Answer(ballot=ballot, question=questions[key], value=value) for key, value in given.items()
    )
    return ballot


@transaction.atomic
def import_answers(
    *, survey: Survey, content: bytes, name: str, partial: bool, by: User | None, at: datetime
) -> csv_files.Answers:
    """Put the answers of a file in the ballot box, one ballot a row; gives what was taken and what was refused.

    All or nothing unless ``partial``: with any row refused, nothing is written and no row is given as taken.
    Raises AlreadyImported for the same content again, and csv_files.UnreadableFile.
    """
    survey = Survey.objects.select_for_update().get(pk=survey.pk)
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
    _write_ballots(survey, questions, answers.rows)
    if answers.rows:
        changes = {"file": [None, name], "answers": [None, len(answers.rows)], "fingerprint": [None, digest]}
        audit.record(survey, IMPORTED, by=by, at=at, changes=changes)
    return answers


def _write_ballots(survey: Survey, questions: Mapping[str, Question], rows: list[dict[str, str]]) -> None:
    ballots = [(Ballot(survey=survey, source=Ballot.Source.IMPORT), row) for row in rows]
    # Written in the order of their random keys: the file's order stays with the file.
    ballots.sort(key=lambda pair: pair[0].id)
    Ballot.objects.bulk_create([ballot for ballot, _row in ballots], batch_size=500)
    answers = [
        Answer(ballot=ballot, question=questions[key], value=value)
        for ballot, row in ballots
        for key, value in row.items()
    ]
    Answer.objects.bulk_create(sorted(answers, key=lambda answer: answer.id), batch_size=500)


def _open_survey(survey: Survey, at: datetime) -> Survey:
    """``survey``, locked; raises SurveyNotOpen."""
    survey = Survey.objects.select_for_update(of=("self",)).select_related("event").get(pk=survey.pk)
    if not survey.takes_answers(at):
        raise SurveyNotOpen
    return survey


def _hand_to_worker(survey: Survey) -> None:
    """One task for each letter that is owed. Twice is harmless: whoever comes first crosses it out."""
    from surveys.answers.tasks import write_invitation

    for pk in survey.invitations.unanswered().exclude(due_letter="").values_list("pk", flat=True):
        write_invitation.enqueue(pk)
