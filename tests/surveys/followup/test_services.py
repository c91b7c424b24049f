import pytest

from events.access.models import AuditEntry
from events.errors import Stale
from surveys.followup import services
from surveys.followup.models import Indicator
from surveys.followup.services import Choice
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db
QUESTION, EXHIBITORS, ATTENDANCE = Indicator.Source.QUESTION, Indicator.Source.EXHIBITORS, Indicator.Source.ATTENDANCE


@pytest.fixture
def question(db):
    return factories.QuestionFactory(survey__event__activity=factories.ActivityFactory())


def choose(question, by, *sources):
    event = question.survey.event
    choices = [Choice(event, source, question if source == QUESTION else None) for source in sources]
    return services.choose_indicators(activity=event.activity, choices=choices, by=by, at=NOW)


def standing(question) -> list[str]:
    return list(question.survey.event.activity.indicators.values_list("source", flat=True))


def test_choose_indicators_lets_them_stand_in_their_order(question, organiser):
    choose(question, organiser, EXHIBITORS, QUESTION, ATTENDANCE)

    assert standing(question) == ["exhibitors", "question", "attendance"]
    entry = AuditEntry.objects.about(question.survey.event.activity).get()
    assert entry.changes["indicators"][0] is None
    assert len(entry.changes["indicators"][1]) == 3


def test_choose_indicators_again_keeps_the_sentence_of_what_stays(question, organiser):
    kept, _gone = choose(question, organiser, QUESTION, ATTENDANCE)
    services.change_sentence(indicator=kept, sentence="Alla trivdes.", seen=1, by=organiser, at=NOW)

    choose(question, organiser, EXHIBITORS, QUESTION)

    assert standing(question) == ["exhibitors", "question"]
    assert Indicator.objects.get(pk=kept.pk).sentence == "Alla trivdes."


def test_choose_indicators_unchanged_leaves_no_trail(question, organiser):
    choose(question, organiser, QUESTION)
    choose(question, organiser, QUESTION)

    assert AuditEntry.objects.about(question.survey.event.activity).count() == 1


def test_choose_none_takes_all_away(question, organiser):
    choose(question, organiser, QUESTION)
    choose(question, organiser)

    assert standing(question) == []


def test_choose_indicators_refuses_figures_of_others(question, organiser):
    activity, event = question.survey.event.activity, question.survey.event
    foreign = [
        Choice(factories.EventFactory(), EXHIBITORS),
        Choice(event, QUESTION, factories.QuestionFactory()),
        Choice(event, QUESTION),
        Choice(event, EXHIBITORS, question),
    ]

    for choice in foreign:
        with pytest.raises(services.ForeignFigure):
            services.choose_indicators(activity=activity, choices=[choice], by=organiser, at=NOW)

    assert standing(question) == []


def test_change_sentence_puts_own_words_and_brings_the_draft_back(organiser):
    indicator = factories.IndicatorFactory()

    indicator = services.change_sentence(indicator=indicator, sentence=" Bra! ", seen=1, by=organiser, at=NOW)
    assert (indicator.sentence, indicator.version) == ("Bra!", 2)
    indicator = services.change_sentence(indicator=indicator, sentence="", seen=2, by=organiser, at=NOW)

    assert (indicator.sentence, indicator.version) == ("", 3)
    changes = [entry.changes for entry in AuditEntry.objects.about(indicator)]
    assert changes == [{"sentence": ["Bra!", ""]}, {"sentence": ["", "Bra!"]}]


def test_change_sentence_tells_the_second_editor(organiser):
    indicator = factories.IndicatorFactory()
    services.change_sentence(indicator=indicator, sentence="Först.", seen=1, by=organiser, at=NOW)

    with pytest.raises(Stale):
        services.change_sentence(indicator=indicator, sentence="Sist.", seen=1, by=organiser, at=NOW)

    indicator.refresh_from_db()
    assert indicator.sentence == "Först."
