"""Counts answers in the database: as many queries for all questions of many events as for one."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable

from django.db.models import Count, FilteredRelation, Q, QuerySet

from surveys.answers.models import Answer, Ballot
from surveys.figures.tallies import DONT_KNOW, Marks, Tally
from surveys.questionnaires.models import Question
from surveys.questionnaires.scales import Kind

# The customer satisfaction index is of three questions; of fewer or more it would be something else.
INDEX_OF = 3

# Tallies by question and group of respondents (keys); ``None`` is whoever came from none that may be told.
ByGroup = dict[int, dict[int | None, Tally]]


def tallies_of(questions: Collection[Question], siblings: Iterable[Question] = ()) -> dict[int, Tally]:
    """How many gave each answer, by question (key). One query, one more for many of many, and one for each index.

    ``siblings``: all questions of the index, where ``questions`` holds some.
    """
    return {pk: groups[None] for pk, groups in _counted(questions, siblings, grouped=False).items()}


def tallies_by_group(questions: Collection[Question], siblings: Iterable[Question] = ()) -> ByGroup:
    """The same, by question and by stratum of the ballots."""
    return _counted(questions, siblings, grouped=True)


def indexes(questions: Iterable[Question]) -> dict[tuple[int, str], list[int]]:
    """The questions (keys) that make up each index, by survey and group, in the order in which they are asked.

    Only those that are three and asked now.
    """
    found: dict[tuple[int, str], list[int]] = defaultdict(list)
    for question in sorted(questions, key=lambda one: (one.position, one.pk)):
        if question.kind == Kind.NKI and question.group and question.retired_at is None:
            found[question.survey_id, question.group].append(question.pk)
    return {key: keys for key, keys in found.items() if len(keys) == INDEX_OF}


def _counted(questions: Collection[Question], siblings: Iterable[Question], *, grouped: bool) -> ByGroup:
    tallies: ByGroup = {question.pk: defaultdict(Tally) for question in questions}
    for question, stratum, value, k in _rows(Answer.objects.filter(question__in=tallies), grouped, "value"):
        tallies[question][stratum].values[value] = k
    many = [question.pk for question in questions if question.kind == Kind.CHOICES]
    if many:
        rows = Answer.objects.filter(question__in=many)
        for question, stratum, n in _rows(rows, grouped, count=Count("ballot", distinct=True)):
            tallies[question][stratum].respondents = n
    for keys in indexes([*questions, *siblings]).values():
        wanted = [key for key in keys if key in tallies]
        marks = _marks(keys, grouped) if wanted else {}
        for key in wanted:
            for stratum, counts in marks.items():
                tallies[key][stratum].marks = counts
    for question in questions:
        if not grouped:
            tallies[question.pk][None]  # a question that nobody has answered has its tally too
        if question.kind == Kind.CHOICES:
            for tally in tallies[question.pk].values():
                tally.respondents = tally.respondents or 0
    return tallies


def _rows(answers: QuerySet, grouped: bool, *by: str, count: Count | None = None) -> Iterable[tuple]:
    """(question, stratum, …, how many), the stratum ``None`` where nobody asks for it."""
    fields = ["question", *(["ballot__stratum"] if grouped else []), *by]
    rows = answers.order_by().values_list(*fields).annotate(found=count or Count("pk"))
    return rows if grouped else ((row[0], None, *row[1:]) for row in rows)


def _marks(questions: list[int], grouped: bool) -> dict[int | None, Counter[Marks]]:
    """How many gave which three answers to ``questions``, of those who gave a number to each, by their stratum."""
    names = ("first", "second", "third")
    ballots = Ballot.objects.all()
    for name, question in zip(names, questions, strict=True):
        ballots = ballots.annotate(**{name: FilteredRelation("answers", condition=Q(answers__question=question))})
    told = {f"{name}__value__isnull": False for name in names}
    rows = ballots.filter(**told).order_by().values_list("stratum", *(f"{name}__value" for name in names))
    found: dict[int | None, Counter[Marks]] = defaultdict(Counter)
    for stratum, first, second, third, k in rows.annotate(k=Count("pk")):
        if DONT_KNOW not in (first, second, third):
            found[stratum if grouped else None][int(first), int(second), int(third)] += k
    return found
