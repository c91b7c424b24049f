"""Class codes, the open link, the ticket's link, paper: answers that come without a letter."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from events.programme.models import Event
from registrations.bookings.states import ClassState
from registrations.checkin.models import Presence
from surveys.answers import ways
from surveys.answers.box import LinkSpent
from surveys.answers.class_codes import NoClasses, make_class_codes
from surveys.answers.codes import new_class_code, read_class_code, spoken_class_code
from surveys.answers.models import ClassCode, Invitation, PaperEntry, Receipt, SealedBallot, TextAnswer
from surveys.answers.oddities import oddities_of
from surveys.answers.paper import SheetDiffers, SheetIsIn, Typed, type_sheet
from surveys.answers.retention import erase_class_codes, erase_paper_entries, erase_receipts, erase_texts
from surveys.figures.queries import figures_of_event  # noqa: F401 — the figures' side reads what we write
from tests import factories, night_factories
from tests.factories import NOW
from tests.surveys.answers.test_views import hidden, press

pytestmark = pytest.mark.django_db
RECEIPT = "r" * 22


@pytest.fixture(autouse=True)
def fresh_cache():
    cache.clear()


@pytest.fixture
def survey(db):
    night = night_factories.NightFactory(event__kind=Event.Kind.NIGHT)
    survey = factories.SurveyFactory(event=night.event, audience="pupils", closes_at=timezone.now() + timedelta(days=9))
    factories.QuestionFactory(survey=survey)
    survey.night = night
    return survey


@pytest.fixture
def code(survey):
    booking = night_factories.BookingFactory(night=survey.night)
    wave = night_factories.WaveFactory(night=survey.night)
    school_class = night_factories.SchoolClassFactory(booking=booking, state=ClassState.CONFIRMED, wave=wave, pupils=2)
    return ClassCode.objects.create(survey=survey, school_class=school_class, code="7KQ4M2XD", cap=2)


def send(code: ClassCode, receipt: str, **more):
    facts = {"answers": {"satisfied": "satisfied"}, "shown": {"satisfied": 1}, "at": timezone.now()}
    return ways.submit_with_code(code=code, receipt=receipt, **facts, **more)


# --- Class codes ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["7kq4-m2xd", " 7KQ4 M2XD ", "7KQ4M2XD", "https://torget.example/svar/7KQ4M2XD/"])
def test_code_is_read_however_it_is_typed(typed):
    assert read_class_code(typed) == "7KQ4M2XD"


@pytest.mark.parametrize("typed", ["", "7KQ4M2X", "7KQ4M2XDD", "7KQ4M2XU", "åäö"])
def test_what_is_no_code_is_none(typed):
    assert read_class_code(typed) is None


def test_new_codes_are_read_as_they_are_spoken():
    code = new_class_code()

    assert read_class_code(spoken_class_code(code)) == code


def test_class_answers_as_often_as_it_has_pupils(code):
    assert (send(code, "a" * 22), send(code, "b" * 22)) == (True, True)
    with pytest.raises(LinkSpent):
        send(code, "c" * 22)

    assert list(SealedBallot.objects.values_list("source", flat=True)) == ["class", "class"]


def test_same_answer_sent_again_counts_once(code):
    assert (send(code, RECEIPT), send(code, RECEIPT)) == (True, False)

    code.refresh_from_db()
    assert (code.used, SealedBallot.objects.count(), Receipt.objects.count()) == (1, 1, 1)


def test_pupil_types_the_code_answers_and_hands_the_tablet_on(code, client):
    start = client.post(reverse("surveys:class-code"), {"code": "7kq4 m2xd"})
    first = client.get(start.url)
    summary = press(client, start.url, first, choice="satisfied")
    done = press(client, start.url, summary, go="send")
    thanks = client.get(done.url).content.decode()
    again = client.get(start.url)

    assert done.url == "/svar/7KQ4M2XD/done/?language=sv"
    assert 'href="/svar/7KQ4M2XD/"' in thanks
    assert "Hur nöjd är du?" in again.content.decode()
    assert hidden(again)["receipt"] != hidden(first)["receipt"]
    assert "answer-satisfied" not in hidden(again)


def test_codes_that_cannot_be_used_get_the_same_answer(code, client):
    used_up = code
    closed = ClassCode.objects.create(
        survey=factories.SurveyFactory(state="closed"), school_class=code.school_class, code="AAAABBBB", cap=3
    )
    ClassCode.objects.filter(pk=used_up.pk).update(used=2)

    pages = [client.get(reverse("surveys:class-answer", args=[one])) for one in (used_up.code, closed.code, "CCCCDDDD")]
    typed = [client.post(reverse("surveys:class-code"), {"code": one.code}) for one in (used_up, closed)]
    typed.append(client.post(reverse("surveys:class-code"), {"code": "CCCCDDDD"}))

    assert [page.status_code for page in pages] == [410, 410, 410]
    assert len({page.content for page in pages}) == 1
    assert [page.status_code for page in typed] == [422, 422, 422]


def test_who_guesses_codes_is_slowed_down(client, limits):
    address = reverse("surveys:class-answer", args=["CCCCDDDD"])
    statuses = {client.get(address).status_code for _ in range(62)}

    assert statuses == {410, 429}


def test_answers_faster_than_a_tablet_are_counted_and_not_refused(code, client, survey):
    ClassCode.objects.update(cap=20)
    for number in range(8):
        sent = {"at": "2", "go": "send", "answer-satisfied": "1.satisfied", "receipt": f"{number:022}"}
        assert client.post(reverse("surveys:class-answer", args=[code.code]), sent).status_code == 302

    code.refresh_from_db()
    assert (code.used, code.bursts) == (8, 3)
    odd = oddities_of(survey, answered=8, population=7)
    assert ([one.pk for one in odd.bursts], odd.too_many, odd.alike) == ([code.pk], 1, 0)


def test_every_class_with_a_place_gets_a_code_with_its_heads(survey, organiser):
    booking = night_factories.BookingFactory(night=survey.night)
    wave = night_factories.WaveFactory(night=survey.night)
    placed = [
        night_factories.SchoolClassFactory(booking=booking, state=state, wave=wave, pupils=24)
        for state in (ClassState.CONFIRMED, ClassState.OFFERED)
    ]
    night_factories.SchoolClassFactory(booking=booking, state=ClassState.APPLIED, pupils=24)
    ticket = factories.TicketFactory(visitor=None, school_class=placed[0], event=survey.event, kind="class")
    Presence.objects.create(event=survey.event, ticket=ticket, came=22)

    made = make_class_codes(survey=survey, by=organiser, at=NOW)

    assert made == 2
    assert dict(survey.class_codes.values_list("school_class", "cap")) == {placed[0].pk: 22, placed[1].pk: 24}
    assert make_class_codes(survey=survey, by=organiser, at=NOW) == 0
    assert {stratum.size for stratum in survey.strata.all()} <= {22, 24, 46}


def test_strata_follow_the_heads_at_the_first_press(survey, organiser):
    booking = night_factories.BookingFactory(night=survey.night)
    wave = night_factories.WaveFactory(night=survey.night)
    placed = night_factories.SchoolClassFactory(booking=booking, state=ClassState.CONFIRMED, wave=wave, pupils=24)
    make_class_codes(survey=survey, by=organiser, at=NOW)
    placed.pupils = 27
    placed.save(update_fields=["pupils"])

    make_class_codes(survey=survey, by=organiser, at=NOW)

    assert (survey.class_codes.get().cap, survey.strata.get().size) == (27, 27)


def test_no_class_no_codes(survey, organiser):
    with pytest.raises(NoClasses):
        make_class_codes(survey=survey, by=organiser, at=NOW)


# --- The open link --------------------------------------------------------------------------------------------------


def test_open_link_works_until_it_is_renewed_or_switched_off(survey, organiser, client):
    def statuses(*keys):
        return [client.get(reverse("surveys:open-answer", args=[key])).status_code for key in keys]

    first = ways.switch_open_link(survey=survey, on=True, by=organiser, at=NOW).open_key
    assert statuses(first, uuid4()) == [200, 410]
    second = ways.switch_open_link(survey=survey, on=True, by=organiser, at=NOW).open_key
    assert statuses(first, second) == [410, 200]
    ways.switch_open_link(survey=survey, on=False, by=organiser, at=NOW)
    assert statuses(second) == [410]


def test_open_link_takes_the_same_form_once_and_another_form_again(survey, organiser, client):
    key = ways.switch_open_link(survey=survey, on=True, by=organiser, at=NOW).open_key
    sent = {"at": "2", "go": "send", "answer-satisfied": "1.satisfied", "receipt": RECEIPT}
    for receipt in (RECEIPT, RECEIPT, "s" * 22):
        client.post(reverse("surveys:open-answer", args=[key]), {**sent, "receipt": receipt})

    assert list(SealedBallot.objects.values_list("source", flat=True)) == ["open", "open"]


# --- The ticket -----------------------------------------------------------------------------------------------------


def test_visitor_who_came_answers_from_the_ticket(client):
    now = timezone.now()
    ticket = factories.TicketFactory()
    survey = factories.SurveyFactory(event=ticket.event, audience="visitors", closes_at=now + timedelta(days=2))
    factories.QuestionFactory(survey=survey)
    page, way = (
        reverse("registrations:ticket", args=[ticket.code]),
        reverse("surveys:ticket-answer", args=[ticket.code]),
    )
    assert way not in client.get(page).content.decode()
    assert client.post(way).status_code == 410
    Presence.objects.create(event=ticket.event, ticket=ticket, came=1, inside=1, first_at=now)

    assert way in client.get(page).content.decode()
    links = {client.post(way).url, client.post(way).url}

    assert (len(links), Invitation.objects.count()) == (1, 1)
    assert client.get(links.pop()).status_code == 200
    Invitation.objects.update(used=True)
    assert way not in client.get(page).content.decode()
    assert client.post(way).status_code == 410


# --- Paper ----------------------------------------------------------------------------------------------------------


def typing(survey, answer: str, organiser, **more):
    facts = {"sheet": 12, "settled": False, "by": organiser, "at": NOW, **more}
    return type_sheet(survey=survey, answers={"satisfied": answer}, **facts)


def test_two_typings_that_agree_are_one_ballot_and_leave_nothing_else(survey, organiser):
    assert typing(survey, "satisfied", organiser) == Typed.ONCE
    assert (SealedBallot.objects.count(), PaperEntry.objects.count()) == (0, 1)
    assert typing(survey, "satisfied", organiser) == Typed.COUNTED

    assert (SealedBallot.objects.get().source, PaperEntry.objects.count()) == ("paper", 0)
    with pytest.raises(SheetIsIn):
        typing(survey, "satisfied", organiser)


def test_sheet_whose_words_grow_when_they_are_screened_is_counted(survey, organiser):
    factories.QuestionFactory(survey=survey, key="why", position=2, kind="short_text", required=False)
    words = f"{'x' * 193} a@b.se"
    facts = {"survey": survey, "sheet": 12, "settled": False, "by": organiser, "at": NOW}

    done = [type_sheet(answers={"satisfied": "satisfied", "why": words}, **facts) for _ in range(2)]

    assert done == [Typed.ONCE, Typed.COUNTED]
    assert [text for _key, _version, text in SealedBallot.objects.get().texts] == [f"{'x' * 193} [e-post]"]


def test_typings_that_differ_are_shown_until_one_is_settled(survey, organiser):
    typing(survey, "satisfied", organiser)
    with pytest.raises(SheetDiffers) as said:
        typing(survey, "neither", organiser)
    assert (said.value.keys, said.value.first) == (["satisfied"], {"satisfied": "satisfied"})

    typing(survey, "neither", organiser, settled=True)

    assert [row[2] for row in SealedBallot.objects.get().answers] == ["neither"]


def test_sheet_is_typed_with_a_number_and_enter(survey, organiser, client):
    client.force_login(organiser)
    factories.grant(organiser, "organiser", area=survey.event.area)
    page = reverse("surveys:paper-typing", args=[survey.event.slug, "pupils"])

    once = client.post(page, {"sheet": "3", "q-satisfied": "2"}, follow=True).content.decode()
    differs = client.post(page, {"sheet": "3", "q-satisfied": "1"})
    counted = client.post(page, {"sheet": "3", "q-satisfied": "2"}, follow=True)
    wrong = client.post(page, {"sheet": "4", "q-satisfied": "9"})

    assert 'name="sheet" inputmode="numeric" value="4"' in once
    assert [differs.status_code, counted.status_code, wrong.status_code] == [422, 200, 422]
    assert [row[2] for row in SealedBallot.objects.get().answers] == ["satisfied"]


def test_sheet_that_is_sent_again_is_no_second_typing(survey, organiser, client):
    client.force_login(organiser)
    factories.grant(organiser, "organiser", area=survey.event.area)
    page = reverse("surveys:paper-typing", args=[survey.event.slug, "pupils"])
    sent = {"sheet": "3", "q-satisfied": "2", "once": hidden(client.get(page))["once"]}

    first, again = client.post(page, sent), client.post(page, sent)

    assert (first.url, again.url) == (f"{page}?sheet=4", f"{page}?sheet=4")
    assert (SealedBallot.objects.count(), PaperEntry.objects.count()) == (0, 1)


# --- How long it is kept --------------------------------------------------------------------------------------------


def test_what_answers_came_with_is_erased_after_the_surveys_last_day(code, survey, organiser):
    send(code, RECEIPT)
    typing(survey, "satisfied", organiser)
    question = factories.QuestionFactory(survey=survey, key="why", position=2, kind="long_text")
    TextAnswer.objects.create(question=question, text="Bra")
    rules = [(erase_class_codes, ClassCode), (erase_receipts, Receipt), (erase_texts, TextAnswer)]
    assert [erase(survey.closes_at, 10) for erase, _model in rules] == [0, 0, 0]

    after = survey.closes_at + timedelta(seconds=1)

    assert [erase(after, 10) for erase, _model in rules] == [1, 1, 1]
    assert [model.objects.count() for _erase, model in rules] == [0, 0, 0]
    assert (erase_paper_entries(NOW, 10), erase_paper_entries(NOW + timedelta(seconds=1), 10)) == (0, 1)
    assert SealedBallot.objects.count() == 1


def test_words_in_ballots_that_stay_sealed_are_erased_too(survey):
    written = factories.SealedBallotFactory(survey=survey, texts=[[1, 1, "Bra"]])
    other = factories.SealedBallotFactory(texts=[[1, 1, "Bra"]])
    factories.SealedBallotFactory(survey=survey)
    after = survey.closes_at + timedelta(seconds=1)
    other.survey.closes_at = after
    other.survey.save(update_fields=["closes_at"])
    answers = written.answers

    assert [erase_texts(after, limit) for limit in (0, 10, 10)] == [0, 1, 0]

    written.refresh_from_db()
    other.refresh_from_db()
    assert (written.texts, written.answers, other.texts) == ([], answers, [[1, 1, "Bra"]])
