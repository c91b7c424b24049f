"""How long the figures of an event with 100 000 answers take, with tables by group, and how much memory."""

import itertools
import os
import random
import time
import tracemalloc
from typing import Any

ANSWERS = int(os.environ.get("BENCH_ANSWERS", "100000"))
SCHOOLS = 30
LEFT_OUT = 0.1


def figures() -> dict[str, Any]:
    """Ten questions, 10 000 ballots and more from 30 schools in as many municipalities, three grades and four admissions.

    Every tenth answer is left out, so that each question was answered by others and has tables planned for itself.
    ``MB`` is what Python took at its highest while counting, in a second run, for watching it slows it down.
    """
    from surveys.figures.breakdowns import findings_of_event
    from surveys.figures.queries import figures_of_event
    from surveys.figures.tables import plan_of
    from tests.factories import NOW

    event = _event()
    start = time.perf_counter()
    plain = figures_of_event(event, at=NOW)
    plain_seconds = time.perf_counter() - start
    plan_of.cache_clear()
    start = time.perf_counter()
    findings = findings_of_event(event, at=NOW)
    seconds = time.perf_counter() - start
    plan_of.cache_clear()
    tracemalloc.start()
    findings_of_event(event, at=NOW)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return {
        "answers": ANSWERS,
        "questions": len(plain),
        "tables": sum(len(one.tables or ()) for one in findings),
        "seconds": round(plain_seconds, 2),
        "seconds_with_tables": round(seconds, 2),
        "MB": round(peak / 1e6, 1),
    }


def _event() -> Any:
    from surveys.answers.models import Answer, Ballot, Stratum
    from tests import factories

    survey = factories.SurveyFactory(state="closed", population=12_000, audience="pupils")
    kinds = [*["satisfaction"] * 3, *["agree"] * 3, "yes_no", "scale", "nps", "number"]
    questions = [
        factories.QuestionFactory(survey=survey, key=f"q{n}", kind=kind, position=n, lowest=0, highest=10)
        for n, kind in enumerate(kinds)
    ]
    strata = Stratum.objects.bulk_create(
        Stratum(survey=survey, municipality=f"M{n}", school=f"S{n}", grade=grade, wave=wave, size=40)
        for n, grade, wave in itertools.product(range(SCHOOLS), "789", "ABCD")
    )
    chance = random.Random(5)
    ballots = [
        Ballot(survey=survey, source="class", stratum=chance.choice(strata))
        for _number in range(round(ANSWERS / len(questions) / (1 - LEFT_OUT)))
    ]
    Ballot.objects.bulk_create(ballots, batch_size=2000)
    codes = [[code for code, _label in question.choices] or ["3", "7"] for question in questions]
    Answer.objects.bulk_create(
        (
            Answer(ballot=ballot, question=question, value=chance.choice(values))
            for ballot in ballots
            for question, values in zip(questions, codes, strict=True)
            if chance.random() >= LEFT_OUT
        ),
        batch_size=2000,
    )
    return survey.event
