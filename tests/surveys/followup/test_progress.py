from datetime import date

import pytest
from django.utils import translation

from surveys.followup.progress import changed_words, steps_words


@pytest.mark.parametrize(
    ("steps", "words"),
    [
        ([], ""),
        ([("Boka lokal", True)], "The step is done."),
        ([("Boka lokal", False)], "0 of 1 step done; left: Boka lokal."),
        ([("Boka lokal", True), ("Bjud in.", False), ("Åk dit", False)], "1 of 3 steps done; left: Bjud in.; Åk dit."),
        ([("Boka lokal", True), ("Bjud in", True)], "All 2 steps are done."),
    ],
)
def test_steps_are_counted_and_those_left_named(steps, words):
    with translation.override("en"):
        assert steps_words(steps) == words


@pytest.mark.parametrize(
    ("note", "words"),
    [
        ("Hallen brann.", "Since 3 March 2020; before that On schedule. Hallen brann."),
        ("", "Since 3 March 2020; before that On schedule."),
    ],
)
def test_last_change_is_told_with_its_reason(note, words):
    with translation.override("en"):
        assert changed_words(date(2020, 3, 3), "On schedule", note, "en").replace("\u00a0", " ") == words
