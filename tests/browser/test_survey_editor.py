"""The organiser writes a survey in Chromium, and a class answers it on one tablet."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from events.access.models import Role
from registrations.bookings.models import ClassState
from surveys.answers.models import ClassCode, SealedBallot
from surveys.questionnaires.models import Audience, Question, Survey
from tests import factories, night_factories
from tests.browser.conftest import DESK, PHONE

TABLET = (768, 1024)


@pytest.fixture
def organiser():
    user = factories.UserFactory()
    factories.grant(user, Role.ORGANISER, event=factories.EventFactory(slug="massan", name="Företagsmässan"))
    return user


def write_question(page: Page) -> None:
    """One of many, with three answers, by keyboard alone from the choice of its kind on."""
    page.get_by_role("link", name="Ett av flera svar", exact=True).click()
    page.get_by_label("Frågan på svenska").fill("Hur hörde du talas om mässan?")
    page.keyboard.press("Tab")
    page.keyboard.type("How did you hear about the fair?")
    for number, (swedish, english) in enumerate([("En vän", "A friend"), ("Kommunen", "The municipality")], start=1):
        page.get_by_label(f"Svar {number} på svenska").fill(swedish)
        page.get_by_label(f"Svar {number} på engelska").fill(english)


def turn_quickly(page: Page, *kinds: str) -> None:
    """Each kind in turn, as with an arrow held down: all but the last before any answer, the last as one comes."""
    page.evaluate(
        """async (kinds) => {
          const choose = (kind) => {
            const select = document.querySelector("select[name=kind]");
            select.value = kind;
            select.dispatchEvent(new Event("change", { bubbles: true }));
          };
          const last = kinds.pop();
          const comes = new Promise((done) => {
            new MutationObserver(done).observe(document.querySelector("main"), { childList: true, subtree: true });
          });
          kinds.forEach(choose);
          await comes;
          choose(last);
        }""",
        list(kinds),
    )


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_survey_is_written_opened_and_reworded(organiser, open_page, axe, no_sideways, settings, size):
    settings.ORGANISERS_NEED_MFA = False
    page = open_page("/e/massan/manage/surveys/", user=organiser, size=size)
    page.get_by_role("button", name="Skapa besökarnas enkät").click()
    expect(page.get_by_role("heading", name="Besökarnas enkät")).to_be_visible()
    assert page.evaluate("scrollY") == 0  # the survey in the phone beside takes no focus
    axe(page)
    no_sideways(page)

    page.get_by_role("link", name="Lägg till en fråga").click()
    axe(page)
    write_question(page)
    # Another kind has other fields; what was typed stays.
    page.get_by_label("Typ").focus()
    page.get_by_label("Typ").select_option("nps")
    expect(page.get_by_label("Svar 1 på svenska")).to_have_count(0)
    page.get_by_label("Typ").select_option("choice")
    expect(page.get_by_label("Svar 2 på svenska")).to_have_value("Kommunen")
    expect(page.get_by_label("Typ")).to_be_focused()
    turn_quickly(page, "number", "nps", "choice")
    expect(page.get_by_label("Svar 2 på svenska")).to_have_value("Kommunen")
    axe(page)
    no_sideways(page)
    page.get_by_label("Frågan på svenska").press("Control+End")
    page.get_by_role("button", name="Lägg till frågan").click()
    expect(page.get_by_role("heading", name="Hur hörde du talas om mässan?")).to_be_visible()
    question = Question.objects.get(text="Hur hörde du talas om mässan?")
    assert [(one["sv"], one["en"]) for one in question.options] == [
        ("En vän", "A friend"),
        ("Kommunen", "The municipality"),
    ]

    # What has answers keeps what it means: other words are another version.
    factories.AnswerFactory(question=question, ballot__survey=question.survey, value=question.options[0]["code"])
    page.goto(reverse("surveys:question-edit", args=["massan", "visitors", question.key]))
    page.get_by_label("Frågan på svenska").fill("Hur fick du veta att mässan fanns?")
    page.get_by_role("button", name="Spara frågan").click()
    expect(page.get_by_text("Inget är sparat än")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Ersätt frågan").click()
    expect(page.get_by_role("heading", name="Hur fick du veta att mässan fanns?")).to_be_visible()
    question.refresh_from_db()
    assert question.retired_at is not None
    assert Question.objects.get(replaces=question).version == question.version + 1


@pytest.fixture
def code():
    """A class of two, asked two questions."""
    night = night_factories.NightFactory()
    survey = factories.SurveyFactory(
        event=night.event, audience=Audience.PUPILS, closes_at=timezone.now() + timedelta(days=3)
    )
    factories.QuestionFactory(survey=survey, text="Hur nöjd är du med kvällen?")
    factories.QuestionFactory(survey=survey, key="again", kind="yes_no", position=2, text="Vill du komma igen?")
    booking = night_factories.BookingFactory(night=night)
    wave = night_factories.WaveFactory(night=night)
    school_class = night_factories.SchoolClassFactory(booking=booking, state=ClassState.CONFIRMED, wave=wave, pupils=2)
    return ClassCode.objects.create(survey=survey, school_class=school_class, code="7KQ4M2XD", cap=2)


def test_class_answers_on_one_tablet_until_all_have(code, open_page, axe, no_sideways):
    page = open_page("/svar/", size=TABLET)
    axe(page)
    page.get_by_label("Vilken kod har din klass?").fill("7kq4 m2xe")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label("Vilken kod har din klass?").fill("7kq4 m2xd")
    page.keyboard.press("Enter")

    for pupil in range(2):
        page.get_by_role("button", name="Mycket nöjd").click()
        page.get_by_role("button", name="Ja", exact=True).click()
        page.get_by_role("button", name="Skicka").click()
        expect(page.get_by_role("heading", name="Tack för dina svar")).to_be_visible()
        axe(page)
        no_sideways(page)
        if pupil == 0:
            page.get_by_role("link", name="Nästa elev").press("Enter")
            expect(page.get_by_role("heading", name="Hur nöjd är du med kvällen?")).to_be_visible()
            # Whoever has the tablet next finds nothing of the one before.
            expect(page.locator("[aria-pressed=true]")).to_have_count(0)
            page.go_back()
            expect(page.locator("[aria-pressed=true]")).to_have_count(0)
            page.goto(reverse("surveys:class-answer", args=[code.code]))
    page.get_by_role("link", name="Nästa elev").click()

    expect(page.get_by_role("heading", name="Koden går inte att använda")).to_be_visible()
    axe(page)
    code.refresh_from_db()
    assert (code.used, SealedBallot.objects.count()) == (2, 2)
    assert Survey.objects.get().sealed.filter(source="class").count() == 2
