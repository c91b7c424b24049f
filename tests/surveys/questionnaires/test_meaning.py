import unicodedata
from dataclasses import replace

import pytest

from surveys.questionnaires.drafts import BOUND, draft_from
from surveys.questionnaires.meaning import meaning_of
from surveys.questionnaires.models import Question
from surveys.questionnaires.templates import questionnaire
from tests.surveys.questionnaires.drafts import choice, option, scale, yes_no


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (yes_no(), yes_no("  kommer du\nIGEN? ")),
        (yes_no("Är det så?"), yes_no(unicodedata.normalize("NFD", "Är det så?"))),
        (yes_no(), yes_no(text_en="Shall you come again?", required=False, group="x", only_if="y")),
        (choice("a", "b"), choice("b", "a")),
        (choice(options=(option("a", en="One"), option("b"))), choice(options=(option("a", en="First"), option("b")))),
        (yes_no(), yes_no(options=choice().options, low_label="Lite", lowest=4)),  # what the kind has no use for
    ],
)
def test_meaning_stays(before, after):
    assert meaning_of(before) == meaning_of(after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (yes_no(), yes_no("Kommer du inte igen?")),
        (yes_no(), replace(yes_no(), kind="agree")),
        (yes_no(), yes_no(dont_know_counts=False)),
        (choice("a", "b"), choice("a", "b", "c")),
        (choice("a", "b"), choice(options=(option("a", "Annat"), option("b")))),
        (choice("a", "b"), choice("a", "b", offers_dont_know=True)),
        (choice("a", "b"), choice("a", "b", kind="choices")),
        (scale(1, 5), scale(1, 7)),
        (scale(1, 5), scale(0, 5)),
        (scale(), scale(high_label="Hur mycket som helst")),
    ],
)
def test_meaning_changes(before, after):
    assert meaning_of(before) != meaning_of(after)


def test_meaning_of_a_row_is_that_of_what_was_written():
    for template in questionnaire("exhibitors", "fair") + questionnaire("pupils", "night"):
        draft = draft_from(template)
        row = Question(**{name: getattr(draft, name) for name in BOUND})

        assert meaning_of(row) == meaning_of(draft)
        assert len(meaning_of(row)) == 16
