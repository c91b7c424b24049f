"""The sentences that the directors read, word for word."""

from dataclasses import replace

import pytest

from events.look.formats import NBSP
from surveys.figures.shares import Interval
from surveys.figures.turnouts import Turnout
from surveys.followup.sentences import Sentence, draft, limits
from tests.surveys.figures.examples import count, figure, reported


def plain(sentence: Sentence) -> str:
    return str(sentence).replace(NBSP, " ")


def test_draft_tells_the_fair_of_2019_in_swedish():
    assert plain(draft(figure(), "sv")) == (
        "54 av 71 svarande (76 %) var mycket nöjda med mässan. "
        "Osäkerhet: 65,0–84,5 procent (95 % konfidensintervall); 71 av 134 utställare svarade (53 %)."
    )


def test_draft_tells_of_contacts_as_respondents_not_as_contacts():
    assert plain(draft(figure(k=64, key="contacts"), "sv")) == (
        "64 av 71 svarande (90 %) fick kontakter som de tror leder till framtida affärer eller samarbeten. "
        "Osäkerhet: 81,0–95,1 procent (95 % konfidensintervall); 71 av 134 utställare svarade (53 %)."
    )


def test_draft_is_english_on_an_english_page():
    assert plain(draft(figure(), "en")) == (
        "54 of 71 respondents (76%) were very satisfied with the fair. "
        "Uncertainty: 65.0–84.5 per cent (95% confidence interval); 71 of 134 exhibitors answered (53%)."
    )


def test_draft_begins_with_the_figure_that_leads_to_its_source():
    sentence = draft(figure(), "sv")

    assert sentence.figure.replace(NBSP, " ") == "54 av 71 svarande (76 %)"
    assert sentence.rest == "var mycket nöjda med mässan."


@pytest.mark.parametrize(("event_kind", "noun"), [("fair", "mässan"), ("night", "kvällen"), ("course", "kursen")])
def test_draft_names_the_kind_of_event(event_kind, noun):
    made = figure(event_kind=event_kind, text=f"Hur nöjd är du med {noun} som helhet?")

    assert draft(made, "sv").rest == f"var mycket nöjda med {noun}."


def test_draft_of_a_reworded_question_quotes_it():
    made = figure(text="Var maten god?", label="Var maten god?", version=2)

    assert plain(draft(made, "sv")).startswith(
        "54 av 71 svarande (76 %) svarade ”Mycket nöjd” på frågan ”Var maten god?”. Osäkerhet:"
    )


def test_draft_of_a_reworded_question_quotes_it_in_english():
    made = figure(text="Var maten god?", label="Was the food good?", counted="Very satisfied", version=2)

    assert plain(draft(made, "en")).startswith(
        "54 of 71 respondents (76%) answered “Very satisfied” to the question “Was the food good?”. Uncertainty:"
    )


def test_draft_says_when_the_population_is_not_known():
    assert plain(draft(figure(population=None), "sv")).endswith(
        "Osäkerhet: 65,0–84,5 procent (95 % konfidensintervall); 71 svarade, av hur många är inte känt."
    )


def test_draft_says_that_a_share_of_everybody_is_exact():
    assert plain(draft(figure(population=71), "sv")) == (
        "54 av 71 svarande (76 %) var mycket nöjda med mässan. Alla 71 utställare svarade, så andelen är exakt."
    )


def test_draft_of_a_suppressed_figure_gives_the_reason_and_no_number_of_it():
    assert plain(draft(figure(k=3, n=4), "sv")) == (
        "För få svar (färre än 5) för att visas. Frågan: ”Hur nöjd är du med mässan som helhet?”"
    )
    assert plain(draft(figure(k=3, n=9, below=10), "en", below=10)).startswith(
        "Too few answers (fewer than 10) to be shown."
    )


@pytest.mark.parametrize(("language", "text"), [("sv", "Ingen har svarat än."), ("en", "Nobody has answered yet.")])
def test_draft_of_a_missing_figure_says_so(language, text):
    assert str(draft(figure(k=0, n=0), language)).startswith(text)


@pytest.mark.parametrize(
    ("made", "language", "text"),
    [
        (count(), "sv", "134 företag ställde ut på mässan."),
        (count(), "en", "134 companies exhibited at the fair."),
        (count(value=1), "en", "1 company exhibited at the fair."),
        (count(over=False), "sv", "134 företag har plats på mässan."),
        (count(over=False, value=1), "en", "1 company has a place at the fair."),
        (count(event_kind="course"), "sv", "134 företag deltog i kursen."),
        (count(event_kind="night"), "en", "134 companies took part in the evening."),
        (count(value=None), "sv", "Inget företag har plats."),
        (count("attendance", 1612), "sv", "1 612 personer släpptes in på mässan."),
        (count("attendance", 1), "sv", "1 person släpptes in på mässan."),
        (count("attendance", 1612), "en", "1,612 people came through the door of the fair."),
        (count("attendance", None), "sv", "Ingen har räknats vid dörren."),
        (count("attendance", None), "en", "Nobody was counted at the door."),
    ],
)
def test_draft_of_a_count_agrees_with_its_number(made, language, text):
    assert plain(draft(made, language)) == text


def test_limits_are_written_with_one_decimal():
    assert limits(Interval(0.6497, 0.8454), "sv") == "65,0–84,5 procent"


@pytest.mark.parametrize(
    ("key", "value", "over", "swedish", "english"),
    [
        ("booked", 1400, False, "För 1 400 elever söktes det plats till kvällen.", ""),
        ("placed", 1, False, "1 elev har plats på kvällen.", "1 pupil with a place at the evening."),
        ("placed", 996, True, "996 elever hade plats på kvällen.", "996 pupils had a place at the evening."),
        ("confirmed", 1000, True, "1 000 elever hade bekräftad plats på kvällen.", ""),
        ("arrived", 941, True, "941 elever kom till kvällen.", "941 pupils came to the evening."),
        ("arrived", None, True, "Inga elever har räknats vid dörren.", "No pupils were counted at the door."),
    ],
)
def test_draft_tells_of_pupils(key, value, over, swedish, english):
    made = count(key, value, "night", over)

    assert plain(draft(made, "sv")) == swedish
    if english:
        assert plain(draft(made, "en")) == english


@pytest.mark.parametrize(
    ("turnouts", "swedish", "english"),
    [
        (
            (Turnout("confirmed", 931, 1000), Turnout("booked", 931, 1000)),
            "931 av 1 000 anmälda elever (93 %) kom till kvällen.",
            "931 of 1,000 announced pupils (93%) came to the evening.",
        ),
        (
            (Turnout("confirmed", 931, 1000), Turnout("booked", 931, 1400)),
            "931 av 1 000 elever med bekräftad plats (93 %) kom till kvällen.",
            "931 of 1,000 pupils with a confirmed place (93%) came to the evening.",
        ),
        (
            (Turnout("booked", 931, 1400),),
            "931 av 1 400 anmälda elever (67 %) kom till kvällen.",
            "931 of 1,400 announced pupils (67%) came to the evening.",
        ),
        (
            (Turnout("confirmed", 931, 900), Turnout("booked", 931, 1400)),
            "931 elever kom till kvällen; 900 hade bekräftad plats.",
            "931 pupils came to the evening; 900 had a confirmed place.",
        ),
        (
            (Turnout("confirmed", 931, 900), Turnout("booked", 931, 900)),
            "931 elever kom till kvällen; 900 var anmälda.",
            "931 pupils came to the evening; 900 were announced.",
        ),
    ],
)
def test_draft_tells_how_many_came_of_the_announced(turnouts, swedish, english):
    made = replace(count("arrived", 931, "night"), turnouts=turnouts)

    assert plain(draft(made, "sv")) == swedish
    assert plain(draft(made, "en")) == english


def test_draft_tells_who_came_to_a_fair():
    turnouts = (Turnout("visitors", 361, 400), Turnout("exhibitors", 134, 134))
    made = replace(count("attendance", 590), turnouts=turnouts)

    assert plain(draft(made, "sv")) == (
        "590 personer släpptes in på mässan. 361 av 400 anmälda besökare (90 %) och 134 av 134 utställare (100 %) kom."
    )
    assert plain(draft(replace(made, turnouts=turnouts[:1]), "en")) == (
        "590 people came through the door of the fair. 361 of 400 visitors who had signed up (90%) came."
    )


def test_draft_tells_what_each_pupil_cost_and_what_it_is_made_of():
    made = replace(
        count("pupil_cost", 350, "night"), unit="kronor", parts=(("co_financing", 350_000), ("confirmed", 1000))
    )

    assert plain(draft(made, "sv")) == (
        "350 kr per elev: 350 000 kr i medfinansiering delat på 1 000 bekräftade elever."
    )
    assert plain(draft(made, "en")) == (
        "SEK 350 per pupil: SEK 350,000 of co-financing divided by 1,000 confirmed pupils."
    )


def test_draft_of_a_reported_figure_names_its_paper_and_that_the_base_is_not_known():
    made = reported()

    assert plain(draft(made, "sv")) == (
        "Cirka 90 % tyckte att det var ett bra evenemang. "
        "Rapporterat i Verksamhetsberättelse 2019; hur många som svarade är inte känt."
    )
    assert plain(draft(replace(made, label="thought it a good event", n=120, approximate=False), "en")) == (
        "90% thought it a good event. Reported in Verksamhetsberättelse 2019; 120 answered."
    )


@pytest.mark.parametrize(
    ("value", "of", "sv", "en"),
    [
        (
            38,
            134,
            "38 av 134 företag (28 %) har varit med ett tidigare år.",
            "38 of 134 companies (28%) have been there in an earlier year.",
        ),
        (
            1,
            1,
            "1 av 1 företag (100 %) har varit med ett tidigare år.",
            "1 of 1 company (100%) has been there in an earlier year.",
        ),
        (None, 134, "Det finns inget tidigare år att jämföra med.", "There is no earlier year to compare with."),
        (None, None, "Inget företag har plats.", "No company has a place."),
    ],
)
def test_draft_tells_how_many_companies_have_come_back(value, of, sv, en):
    made = replace(count("returning", value), parts=(("exhibitors", of),))

    assert (plain(draft(made, "sv")), plain(draft(made, "en"))) == (sv, en)


@pytest.mark.parametrize(
    ("parts", "sv", "en"),
    [
        (
            (("Malmö", 40), ("Lund", 31), ("elsewhere", 12)),
            "2 kommuner är representerade bland företagen: Malmö 40, Lund 31 och 12 från andra orter.",
            "2 municipalities are represented among the companies: Malmö 40, Lund 31, and 12 from elsewhere.",
        ),
        (
            (("Eslöv", 1),),
            "1 kommun är representerad bland företagen: Eslöv 1.",
            "1 municipality is represented among the companies: Eslöv 1.",
        ),
        ((("elsewhere", 3),), "Alla 3 företag kommer från andra orter.", "All 3 companies come from elsewhere."),
    ],
)
def test_draft_tells_where_the_companies_are_from(parts, sv, en):
    made = replace(count("municipalities", sum(town != "elsewhere" for town, _n in parts)), parts=parts)

    assert (plain(draft(made, "sv")), plain(draft(made, "en"))) == (sv, en)
