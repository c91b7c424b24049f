"""Writes about the questions of a survey. What has answers keeps its meaning: a change of it is a new version."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from events.access import audit
from events.access.models import User
from events.errors import Refusal, Stale
from surveys.questionnaires.checks import Problem, branch_faults, faults_of, problems
from surveys.questionnaires.drafts import BOUND, Draft, draft_of, tidy
from surveys.questionnaires.models import Question, Survey
from surveys.questionnaires.queries import asked_drafts, has_answers

ADDED = audit.verb("survey.question_added", _("added a question"))
CHANGED = audit.verb("survey.question_changed", _("changed a question"))
REPLACED = audit.verb("survey.question_replaced", _("replaced a question with a new version"))
RETIRED = audit.verb("survey.question_retired", _("took a question out; its answers stay"))
REMOVED = audit.verb("survey.question_removed", _("removed a question"))
MOVED = audit.verb("survey.questions_moved", _("changed the order of the questions"))

# Keys that are addresses of their own beside a question's.
RESERVED = frozenset({"new", "question"})


class QuestionHasAnswers(Refusal):
    code = "question_has_answers"
    message = _(
        "The question already has answers, and what they mean must not change. "
        "Replace the question to ask something else from now on."
    )


class QuestionFaulty(Refusal):
    """``problems`` say what is wrong with the question."""

    code = "question_faulty"
    message = _("The question cannot be asked as it stands.")

    def __init__(self, problems: Sequence[Problem]):
        self.problems = list(problems)
        super().__init__(" ".join(map(str, problems)))


class AlreadyAsked(Refusal):
    code = "question_asked"
    message = _("The question is asked already.")


class OthersFollow(Refusal):
    code = "others_follow"
    message = _("“%(text)s” is asked only after certain answers to this question. Change that first.")


class OrderBroken(Refusal):
    code = "order_broken"
    message = _("“%(text)s” is asked only after certain answers to another question, which must come before it.")


@transaction.atomic
def add_question(*, survey: Survey, draft: Draft, key: str = "", by: User | None, at: datetime) -> Question:
    """Ask one more question, last. ``key`` is one of the bank's; empty: it is made from the words.

    Where the key was asked before, this is its next version. A branch from a question that is not asked is left out.
    Raises QuestionFaulty and AlreadyAsked.
    """
    survey, draft = Survey.objects.locked(survey.pk), tidy(draft)
    asked = asked_drafts(survey)
    if key and key in dict(asked):
        raise AlreadyAsked
    key = key or _free_key(survey, draft)
    _refuse_faulty(draft, key, [*asked, (key, draft)])
    before = survey.questions.filter(key=key).order_by("-version").first()
    question = Question(
        survey=survey,
        key=key,
        version=before.version + 1 if before else 1,
        position=(survey.questions.aggregate(last=Max("position"))["last"] or 0) + 1,
        replaces=before,
    )
    _write(question, draft)
    question.save()
    audit.created(question, ADDED, by=by, at=at)
    return question


@transaction.atomic
def change_question(
    *, question: Question, draft: Draft, seen: int, anew: bool = False, by: User | None, at: datetime
) -> Question:
    """Make the question say ``draft``; gives the row that is asked from now on.

    ``seen`` is the version that the editor had before them. Words, kind, options and ends that nobody has answered are
    changed in place and become the next version. With answers they are refused (QuestionHasAnswers) unless ``anew``: then
    the row is retired and the next version takes its place, and the branches that led from it. Who is asked, and
    whether they must answer, changes in place, without a new version where there are answers: sealed ones carry it.
    Raises Stale, QuestionFaulty and OthersFollow too. An answer on its way in has the survey's row, and we wait for it;
    one that comes while we have it is asked for again.
    """
    survey = Survey.objects.locked(question.survey_id)
    known = _locked(survey, question)
    if known is None or known.version != seen or known.retired_at is not None:
        raise Stale
    question = known
    before, draft = draft_of(question), tidy(draft)
    if draft == before:
        return question
    asked = [(key, draft if key == question.key else other) for key, other in asked_drafts(survey)]
    _refuse_faulty(draft, question.key, asked)
    _refuse_broken(asked, question.key, OthersFollow, survey)
    answered = has_answers(question)
    if any(getattr(draft, name) != getattr(before, name) for name in BOUND):
        if answered:
            if not anew:
                raise QuestionHasAnswers
            return _replace(question, draft, by=by, at=at)
        new_version = True
    else:
        new_version = not answered
    with audit.change(question, CHANGED, by=by, at=at):
        question.version += new_version
        _write(question, draft)
        question.save()
    return question


@transaction.atomic
def remove_question(*, question: Question, by: User | None, at: datetime) -> bool:
    """Ask the question no more. Gone for good (``True``) where nobody has answered it and no indicator leads to it;
    else it is retired with its answers (``False``). Raises OthersFollow. Twice is harmless."""
    survey = Survey.objects.locked(question.survey_id)
    known = _locked(survey, question)
    if known is None:
        return True
    question = known
    following = question.follows.filter(retired_at=None).first()
    if following:
        raise OthersFollow(text=following.text)
    if has_answers(question) or question.indicators.exists():
        if question.retired_at is None:
            with audit.change(question, RETIRED, by=by, at=at):
                question.retired_at = at
                question.save(update_fields=["retired_at"])
        return False
    audit.record(survey, REMOVED, by=by, at=at, changes={"question": [question.text, None]})
    question.delete()
    return True


@transaction.atomic
def move_question(*, question: Question, to: int, by: User | None, at: datetime) -> None:
    """Put the question in place ``to`` among those asked, counted from 1, or as near as can be. Raises OrderBroken."""
    survey = Survey.objects.locked(question.survey_id)
    rows = list(survey.questions.asked().select_related("only_if"))
    moving = next((row for row in rows if row.pk == question.pk), None)
    if moving is None:
        return
    order = [row for row in rows if row is not moving]
    order.insert(min(max(to, 1), len(rows)) - 1, moving)
    if order == rows:
        return
    _refuse_broken([(row.key, draft_of(row)) for row in order], "", OrderBroken, survey)
    for position, row in enumerate(order, start=1):
        row.position = position
    Question.objects.bulk_update(order, ["position"])
    changes = {"questions": [[row.key for row in rows], [row.key for row in order]]}
    audit.record(survey, MOVED, by=by, at=at, changes=changes)


def _replace(question: Question, draft: Draft, *, by: User | None, at: datetime) -> Question:
    """The next version of an answered ``question`` (locked), which is retired; followers follow the new one."""
    question.retired_at = at
    question.save(update_fields=["retired_at"])
    new = Question(
        survey=question.survey,
        key=question.key,
        version=question.version + 1,
        position=question.position,
        replaces=question,
    )
    _write(new, draft)
    new.save()
    question.follows.filter(retired_at=None).update(only_if=new)
    audit.created(new, REPLACED, by=by, at=at)
    return new


def _locked(survey: Survey, question: Question) -> Question | None:
    """The question as it is now; ``None`` where it is gone for good."""
    rows = survey.questions.select_for_update(of=("self",), no_key=True).select_related("only_if")
    return rows.filter(pk=question.pk).first()


def _write(question: Question, draft: Draft) -> None:
    """Put what ``draft`` says on the row; its branch by key, to the question that is asked now."""
    for name in BOUND:
        setattr(question, name, getattr(draft, name))
    question.options = list(draft.options)
    question.required, question.group = draft.required, draft.group
    deciding = Question.objects.asked().filter(survey=question.survey_id, key=draft.only_if).first()
    question.only_if = deciding if draft.only_if else None
    question.only_if_values = list(draft.only_if_values)


def _refuse_faulty(draft: Draft, key: str, asked: Sequence[tuple[str, Draft]]) -> None:
    found = [*faults_of(draft, key), *branch_faults(key, draft, asked)]
    if found:
        raise QuestionFaulty(found)


def _refuse_broken(
    asked: Sequence[tuple[str, Draft]], key: str, refusal: type[OthersFollow] | type[OrderBroken], survey: Survey
) -> None:
    """Raises ``refusal`` where a branch of another question than ``key`` breaks that is whole now."""
    broken = {problem.key for problem in problems(asked) if problem.field == "after"}
    already = {problem.key for problem in problems(asked_drafts(survey)) if problem.field == "after"}
    lost = [other for other, _draft in asked if other in broken - already - {key}]
    if lost:
        raise refusal(text=dict(asked)[lost[0]].text)


def _free_key(survey: Survey, draft: Draft) -> str:
    """A key from the words, which no question of the survey has had."""
    taken = RESERVED | set(survey.questions.values_list("key", flat=True))
    base = (slugify(draft.text_en) or slugify(draft.text))[:36].strip("-") or "question"
    key, number = base, 2
    while key in taken:
        key, number = f"{base}-{number}", number + 1
    return key
