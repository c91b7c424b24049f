"""The sentences about means, medians, NPS, the index and what is told from elsewhere, word for word."""

from datetime import date

import pytest

from events.look.formats import NBSP
from surveys.figures.measures import Measure, measure_of
from surveys.followup.sentences import draft
from surveys.followup.told import Told
from tests.surveys.figures.examples import AT, asked

INCOME = {"key": "income", "event_kind": "fair", "parts": (("invoices", 134), ("credits", 1))}
COST = {"key": "exhibitor_cost", "event_kind": "fair", "parts": (("cost", 350_000), ("exhibitors", 134))}
NPS = {10: 30, 9: 10, 8: 16, 3: 15}  # 40 promoters and 15 detractors of 71: 35.2 ± 12.9
QUESTION = "Skulle du rekommendera mässan?"


def measure(statistic: str = "nps", counts: dict[int, int] | None = None, population: int | None = 134) -> Measure:
    about = asked(kind=statistic, label=QUESTION, counted="")
    return measure_of(about, statistic, counts or NPS, population=population, below=5, computed_at=AT)


def told(**facts) -> Told:
    plain = {"key": "typed", "value": 4.5, "unit": "dagar", "what": "Svarstid", "paper": "kommunerna"}
    return Told(**plain | {"computed_at": AT, "on": date(2019, 5, 1)} | facts)


def words(figure: Measure | Told, language: str = "sv", below: int = 5) -> str:
    return str(draft(figure, language, below=below)).replace(NBSP, " ")


def test_nps_is_told_with_its_interval_its_question_and_who_answered():
    assert words(measure()) == (
        f"NPS 35 (22–48) 71 svarande på frågan ”{QUESTION}”. "
        "95 % konfidensintervall inom parentes; 71 av 134 utställare svarade (53 %)."
    )


def test_nps_is_told_in_english():
    assert words(measure(), "en") == (
        f"NPS 35 (22–48) 71 respondents to the question “{QUESTION}”. "
        "95% confidence interval in brackets; 71 of 134 exhibitors answered (53%)."
    )


@pytest.mark.parametrize(
    ("statistic", "counts", "begins"),
    [
        ("mean", {1: 5, 4: 5}, "Medelvärde 2,5 ("),
        ("median", {1: 5, 4: 6}, "Median 4 "),
        ("median", {1: 5, 4: 5}, "Median 2,5 "),
        ("nki", {21: 8, 24: 2}, "NKI 69 av 100 ("),
    ],
)
def test_each_statistic_has_its_name_decimals_and_scale(statistic, counts, begins):
    assert words(measure(statistic, counts)).startswith(begins)


def test_measure_of_everybody_has_no_uncertainty_and_of_nobody_knows_how_many_no_rate():
    assert (
        words(measure(population=71))
        == f"NPS 35 71 svarande på frågan ”{QUESTION}”. 71 av 71 utställare svarade (100 %)."
    )
    assert words(measure(population=None)).endswith("95 % konfidensintervall inom parentes.")


def test_measure_of_too_few_is_withheld_with_its_reason():
    assert words(measure("mean", {3: 4})) == f"För få svar (färre än 5) för att visas. Frågan: ”{QUESTION}”"


# --- Told from elsewhere --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "language", "sentence"),
    [
        ({}, "sv", "4,5 dagar: svarstid, den 1 maj 2019. Uppgift från kommunerna; hur många den vilar på är inte känt."),
        ({"n": 12}, "sv", "4,5 dagar: svarstid, den 1 maj 2019. Uppgift från kommunerna; underlag: 12."),
        ({"n": 12}, "en", "4.5 dagar: svarstid, as of 1 May 2019. Told by kommunerna; it rests on 12."),
        ({"value": 1200, "unit": "", "what": "SNI-koder"}, "sv",
         "1 200: SNI-koder, den 1 maj 2019. Uppgift från kommunerna; hur många den vilar på är inte känt."),
        ({"value": None}, "sv", "Inget värde är ifyllt än: svarstid."),
        ({"value": None}, "en", "No value is typed yet: svarstid."),
        ({"key": "money", "value": 350_000, "event_kind": "night"}, "sv", "350 000 kr i medfinansiering till kvällen."),
        ({"key": "money", "value": 350_000, "event_kind": "night"}, "en",
         "SEK 350,000 of co-financing for the evening."),
        ({"key": "money", "value": None}, "sv", "Medfinansieringen är inte ifylld än."),
        (INCOME | {"value": 1_618_610}, "sv",
         "1 618 610 kr exkl. moms har fakturerats för mässan: 134 fakturor med avdrag för 1 kreditfaktura."),
        (INCOME | {"value": 12_170.5, "parts": (("invoices", 1), ("credits", 0))}, "en",
         "SEK 12,170.50 without VAT came in from the fair: 1 invoice."),
        (INCOME | {"value": None, "parts": ()}, "sv", "Ingen faktura är utställd."),
        (COST | {"value": 2_611.94}, "sv", "2 611,94 kr per utställare: 350 000 kr delat på 134 utställare."),
        (COST | {"value": 2_611.94}, "en", "SEK 2,611.94 per exhibitor: SEK 350,000 divided by 134 exhibitors."),
        (COST | {"value": None, "parts": (("cost", None), ("exhibitors", 134))}, "sv",
         "Kostnad per utställare saknas: vad det kostade totalt är inte ifyllt."),
        (COST | {"value": None, "parts": (("cost", 350_000), ("exhibitors", None))}, "en",
         "The cost per exhibitor is missing: no company has a place."),
    ],
)  # fmt: skip
def test_told_figure_says_its_day_and_origin(facts, language, sentence):
    assert words(told(**facts), language) == sentence


@pytest.mark.parametrize(
    ("facts", "language", "sentence"),
    [
        ({"n": 12, "population": 12}, "sv", "43 sökande till IN 2019, från alla 12 kommuner. Källa: Antagningen."),
        ({"n": 9, "population": 12}, "sv",
         "43 sökande till IN 2019, från 9 av 12 kommuner; övriga redovisar inget antal. Källa: Antagningen."),
        ({"n": 9, "population": 12}, "en",
         "43 applicants to IN in 2019, from 9 of 12 municipalities; the others tell no number. Source: Antagningen."),
        ({"value": None}, "sv", "Inga sökande till IN är inlästa för året."),
    ],
)  # fmt: skip
def test_applicants_say_from_how_many_municipalities(facts, language, sentence):
    applied = told(**{"key": "applicants", "value": 43, "unit": "count", "what": "IN", "paper": "Antagningen",
                      "year": 2019, "on": None} | facts)  # fmt: skip

    assert words(applied, language) == sentence
