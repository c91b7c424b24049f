"""What is wrong with a questionnaire, so that it cannot be asked as it stands. Pure.

The form says it at the field while a question is written; a survey does not open while anything is left.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from surveys.questionnaires.drafts import Draft
from surveys.questionnaires.scales import DONT_KNOW, LARGEST, WITH_OPTIONS, Kind

OPTIONS_AT_MOST = 20
SCALE_AT_MOST = 11

WORDS: dict[str, Promise] = {
    "no_questions": _("The survey asks nothing yet."),
    "text_missing": _("Write the question in Swedish."),
    "text_en_missing": _("Write the question in English too."),
    "options_few": _("Write at least two answers to choose from."),
    "options_many": _("At most %(most)s answers can be chosen from: more do not fit on a phone."),
    "option_missing": _("Write each answer in Swedish."),
    "option_en_missing": _("Write each answer in English too."),
    "option_code_twice": _("Two answers have the same code, “%(code)s”."),
    "option_twice": _("Two answers have the same words, “%(words)s”."),
    "option_code_taken": _("“%(code)s” is the code of “don't know”."),
    "ends_missing": _("Say where the scale begins and ends."),
    "ends_order": _("The highest must be above the lowest."),
    "scale_long": _("A scale has at most %(most)s steps: more do not fit on a phone."),
    "number_range": _("Numbers from 0 to %(most)s can be asked for."),
    "labels_missing": _("Say what the ends of the scale mean."),
    "labels_en_missing": _("Say what the ends of the scale mean in English too."),
    "branch_unknown": _("The question that decides who is asked is not asked any more."),
    "branch_later": _("The question that decides who is asked must come before this one."),
    "branch_self": _("A question cannot decide about itself."),
    "branch_no_choices": _("The question that decides who is asked has no answers to choose from."),
    "branch_values": _("Say which answers lead to this question."),
    "branch_value_unknown": _("“%(code)s” is none of the answers of the question that decides who is asked."),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """``code`` is stable, ``key`` the question's (empty: the whole survey), ``field`` where the form says it."""

    code: str
    key: str = ""
    field: str = ""
    facts: tuple[tuple[str, Any], ...] = ()

    def __str__(self) -> str:
        return str(WORDS[self.code]) % dict(self.facts) if self.facts else str(WORDS[self.code])


def problems(questions: Sequence[tuple[str, Draft]]) -> list[Problem]:
    """All that is wrong with ``questions``, keys and drafts in the order in which they are asked."""
    if not questions:
        return [Problem("no_questions")]
    asked = dict(questions)
    order = {key: place for place, (key, _draft) in enumerate(questions)}
    return [
        problem for key, draft in questions for problem in [*faults_of(draft, key), *_branch(key, draft, asked, order)]
    ]


def branch_faults(key: str, draft: Draft, questions: Sequence[tuple[str, Draft]]) -> list[Problem]:
    """What is wrong with the branch of ``draft``, put among ``questions`` under ``key`` (a new one comes last)."""
    asked = dict(questions) | {key: draft}
    order = {other: place for place, other in enumerate(asked)}
    return _branch(key, draft, asked, order)


def faults_of(draft: Draft, key: str = "") -> list[Problem]:
    """What is wrong with one question, whatever the others are."""
    found = []
    if not draft.text.strip():
        found.append(Problem("text_missing", key, "text"))
    if not draft.text_en.strip():
        found.append(Problem("text_en_missing", key, "text_en"))
    if draft.kind in WITH_OPTIONS:
        found += _option_faults(draft, key)
    if draft.kind in {Kind.SCALE, Kind.NUMBER}:
        found += _end_faults(draft, key)
    if draft.kind in {Kind.SCALE, Kind.NPS, Kind.NKI}:
        found += _label_faults(draft, key)
    return found


def _option_faults(draft: Draft, key: str) -> list[Problem]:
    found = []
    if len(draft.options) < 2:
        found.append(Problem("options_few", key, "options"))
    if len(draft.options) > OPTIONS_AT_MOST:
        found.append(Problem("options_many", key, "options", (("most", OPTIONS_AT_MOST),)))
    if any(not option["sv"].strip() for option in draft.options):
        found.append(Problem("option_missing", key, "options"))
    if any(not option["en"].strip() for option in draft.options):
        found.append(Problem("option_en_missing", key, "options"))
    codes = [option["code"] for option in draft.options]
    found += [Problem("option_code_twice", key, "options", (("code", code),)) for code in _twice(codes)]
    if DONT_KNOW in codes:
        found.append(Problem("option_code_taken", key, "options", (("code", DONT_KNOW),)))
    words = [" ".join(option["sv"].split()).casefold() for option in draft.options]
    found += [Problem("option_twice", key, "options", (("words", said),)) for said in _twice(words) if said]
    return found


def _end_faults(draft: Draft, key: str) -> list[Problem]:
    low, high = draft.ends
    if draft.kind == Kind.SCALE and (draft.lowest is None or draft.highest is None):
        return [Problem("ends_missing", key, "highest" if draft.highest is None else "lowest")]
    if high <= low:
        return [Problem("ends_order", key, "highest")]
    if draft.kind == Kind.SCALE and high - low >= SCALE_AT_MOST:
        return [Problem("scale_long", key, "highest", (("most", SCALE_AT_MOST),))]
    if low < 0 or high > LARGEST:
        return [Problem("number_range", key, "lowest" if low < 0 else "highest", (("most", LARGEST),))]
    return []


def _label_faults(draft: Draft, key: str) -> list[Problem]:
    found = []
    if not (draft.low_label.strip() and draft.high_label.strip()):
        found.append(Problem("labels_missing", key, "high_label" if draft.low_label.strip() else "low_label"))
    if not (draft.low_label_en.strip() and draft.high_label_en.strip()):
        field = "high_label_en" if draft.low_label_en.strip() else "low_label_en"
        found.append(Problem("labels_en_missing", key, field))
    return found


def _branch(key: str, draft: Draft, asked: Mapping[str, Draft], order: Mapping[str, int]) -> list[Problem]:
    """Since a branch only leads forwards, no branches can go round in a ring."""
    if not draft.only_if:
        return []
    deciding = asked.get(draft.only_if)
    if deciding is None:
        return [Problem("branch_unknown", key, "after")]
    if draft.only_if == key:
        return [Problem("branch_self", key, "after")]
    if order[draft.only_if] > order[key]:
        return [Problem("branch_later", key, "after")]
    if not deciding.leading:
        return [Problem("branch_no_choices", key, "after")]
    if not draft.only_if_values:
        return [Problem("branch_values", key, "after")]
    unknown = [value for value in draft.only_if_values if value not in deciding.leading]
    return [Problem("branch_value_unknown", key, "after", (("code", value),)) for value in unknown]


def _twice(texts: Sequence[str]) -> list[str]:
    return sorted({text for text in texts if texts.count(text) > 1})
