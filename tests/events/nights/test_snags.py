"""What is said about a programme that will not work."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation

from events.nights.snags import Admission, Programme, snags_of
from events.nights.times import Rhythm
from events.nights.wording import words_of

FIVE = datetime(2027, 4, 22, 15, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
SOUND = Programme(
    places=200,
    visits=3,
    rhythm=Rhythm(10, 15, 5),
    event_starts_at=FIVE,
    event_ends_at=FIVE + 4 * HOUR,
    bookings_open_at=FIVE - 900 * HOUR,
    bookings_close_at=FIVE - 700 * HOUR,
    answers_on=date(2027, 4, 1),
    closes_on=date(2027, 3, 24),
    day=date(2027, 4, 22),
    # Rounds 17.10–18.25 and 18.40–19.55 in Stockholm.
    admissions=(Admission("Första", FIVE, 100, 4), Admission("Andra", FIVE + 1.5 * HOUR, 100, 4)),
    zones=("Hall A", "Gård"),
    walks={("Hall A", "Gård"): 5},
)


def codes(plan: Programme) -> list[str]:
    return [snag.code for snag in snags_of(plan)]


def test_a_sound_programme_has_no_snags():
    assert codes(SOUND) == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"admissions": ()}, "no_admissions"),
        ({"places": 201}, "too_little_room"),
        ({"event_ends_at": FIVE + 2.9 * HOUR}, "outside_the_event"),
        ({"event_starts_at": FIVE + timedelta(minutes=1)}, "outside_the_event"),
        ({"walks": {}}, "walk_missing"),
        ({"walks": {("Hall A", "Gård"): 6}}, "walk_costs"),
        ({"walks": {("Hall A", "Gård"): 26}}, "walk_too_long"),
        ({"walks": SOUND.walks | {("Gård", "Gård"): 60}}, "walk_too_long"),
        ({"bookings_close_at": FIVE + HOUR}, "closes_after_the_start"),
        ({"answers_on": date(2027, 3, 23)}, "told_before_closing"),
        ({"answers_on": date(2027, 4, 22)}, "told_too_late"),
        ({"admissions": (SOUND.admissions[0], replace(SOUND.admissions[1], starts_at=FIVE + 1.1 * HOUR))}, "at_once"),
    ],
)
def test_what_is_wrong_is_named_and_put_in_words(change, code):
    plan = replace(SOUND, **change)

    assert codes(plan) == [code]
    with translation.override("en"):
        words = [words_of(snag) for snag in snags_of(plan)]
    assert words
    assert "%(" not in "".join(words)


def test_too_few_rounds_for_the_visits_names_each_admission():
    plan = replace(SOUND, visits=5)

    assert codes(plan) == ["too_few_rounds", "too_few_rounds"]
    with translation.override("en"):
        assert words_of(snags_of(plan)[0]) == (
            "Första has 4 rounds, but every pupil is to visit 5 stations: nobody can come then."
        )
