"""How each kind of question becomes a figure, and what is said of it."""

from django.utils.translation import pgettext_lazy

from surveys.figures.figure import Asked
from surveys.figures.tallies import DONT_KNOW, Rule, Tally, base_of, commonest
from surveys.questionnaires.models import Question
from surveys.questionnaires.scales import COUNTED_TOP_2, WITH_OPTIONS, Kind

# The index's three as the bank asks them.
PART_NAMES = {
    "nki_satisfaction": pgettext_lazy("part of the customer satisfaction index", "Satisfaction"),
    "nki_expectations": pgettext_lazy("part of the customer satisfaction index", "Expectations"),
    "nki_ideal": pgettext_lazy("part of the customer satisfaction index", "The ideal"),
}
STATISTICS: dict[str, str] = {Kind.SCALE: "mean", Kind.NUMBER: "mean", Kind.NPS: "nps", Kind.NKI: "mean"}


def rule_of(question: Question, tally: Tally, *, whole_index: bool, below: int) -> Rule:
    """The rule for ``question``. Of many answers to choose from, the share counts the one that most of all chose.

    ``whole_index``: the question is one of the index's three, whose figure it has. With fewer than ``below`` answers
    nothing is told, nor which answer is the commonest.
    """
    statistic = STATISTICS.get(question.kind, "share")
    options = tuple(question.choices)
    if statistic != "share":
        ends = None if question.kind == Kind.NUMBER else question.ends
        return Rule("nki" if whole_index else statistic, options=options, ends=ends)
    without = frozenset() if question.dont_know_counts else frozenset({DONT_KNOW})
    rule = Rule(statistic, question.counted, options, without)
    if question.kind in WITH_OPTIONS and base_of(rule, tally) >= max(below, 1):
        counted = commonest(tally, [code for code, _label in options if code != DONT_KNOW])
        return Rule(statistic, counted, options, without)
    return rule


def part_name(key: str, wording: str) -> str:
    """What one of the index's three is called: by its ``key`` where it is the bank's, otherwise its own words."""
    return str(PART_NAMES.get(key, wording))


def top_two_of(question: Question, rule: Rule) -> Rule | None:
    """The rule that counts the next best answer too; ``None`` where there is none."""
    counted = COUNTED_TOP_2.get(question.kind)
    return Rule(rule.statistic, counted, rule.options, rule.base_without) if counted else None


def asked_of(question: Question, rule: Rule) -> Asked:
    """What was asked, in the reader's language. The question's survey and event are read with it."""
    survey = question.survey
    return Asked(
        event=survey.event.slug,
        event_kind=survey.event.kind,
        survey=survey.slug,
        audience=survey.audience,
        question=question.pk,
        key=question.key,
        version=question.version,
        kind=question.kind,
        label=question.wording,
        counted=" / ".join(label for code, label in rule.options if code in rule.counted),
        text=question.text,
        retired=question.retired_at is not None,
        without_dont_know=bool(rule.base_without),
    )
