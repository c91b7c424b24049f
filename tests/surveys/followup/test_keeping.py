"""The editor's words when the figure moves under them: kept, changed, brought back, left out and taken back."""

import pytest
from django.urls import reverse

from events.access.models import AuditEntry, Role
from surveys.followup.models import Indicator
from tests import factories
from tests.surveys.figures.test_queries import answered
from tests.surveys.followup.frozen.example import freeze, make_example

pytestmark = pytest.mark.django_db
WARNING = "Siffran har ändrats sedan du skrev"


@pytest.fixture
def example():
    return make_example()


@pytest.fixture
def client(example, organiser, client_for):
    factories.grant(organiser, Role.EDITOR, area=example.plan.area)
    return client_for(organiser)


def address(example, name: str = "sentence") -> str:
    return reverse(f"surveys:{name}", args=[example.plan.pk, example.indicator.pk])


def page(client, example) -> str:
    text = client.get(reverse("surveys:followup", args=[example.plan.pk, 2019])).content.decode()
    return " ".join(text.replace("\u00a0", " ").split())


def write(client, example, sentence: str = "Nästan alla trivdes.") -> Indicator:
    example.indicator.refresh_from_db()
    client.post(address(example), {"sentence": sentence, "version": example.indicator.version})
    example.indicator.refresh_from_db()
    return example.indicator


def test_words_are_told_when_their_figure_has_moved_and_not_before(client, example):
    write(client, example)
    assert WARNING not in page(client, example)

    answered(example.question, *["very_satisfied"] * 9)

    text = page(client, example)
    assert WARNING in text
    assert "54 av 71 (76 %)" in text
    assert "63 av 80 (79 %)" in text


def test_warning_is_the_editors_alone(client, client_for, example):
    write(client, example)
    answered(example.question, *["very_satisfied"] * 9)
    reader = factories.UserFactory()
    factories.grant(reader, Role.READER, area=example.plan.area)

    assert WARNING not in page(client_for(reader), example)


def test_words_that_are_kept_are_about_the_figure_as_it_is_now(client, example):
    indicator = write(client, example)
    answered(example.question, *["very_satisfied"] * 9)

    response = client.post(address(example, "sentence-keep"), {"version": indicator.version})

    assert response.url.endswith(f"#activity-{example.fair.pk}")
    assert WARNING not in page(client, example)
    indicator.refresh_from_db()
    assert (indicator.sentence, indicator.written_about["n"]) == ("Nästan alla trivdes.", 80)
    assert AuditEntry.objects.about(indicator).filter(verb="indicator.sentence_kept").count() == 1


def test_words_that_were_never_written_cannot_be_kept(client, example):
    client.post(address(example, "sentence-keep"), {"version": 1})

    example.indicator.refresh_from_db()
    assert (example.indicator.sentence, example.indicator.written_about) == ("", None)


def test_sentence_that_is_left_out_is_neither_on_the_paper_nor_lost(client, client_for, example):
    indicator = write(client, example)

    client.post(address(example, "sentence-drop"), {"version": indicator.version, "dropped": "1"})

    assert "<s>Nästan alla trivdes.</s>" in page(client, example)
    frozen = freeze(example.plan)
    assert (
        "Nästan alla trivdes."
        not in client.get(reverse("surveys:frozen", args=[example.plan.pk, 2019, frozen.number])).content.decode()
    )


def test_sentence_is_taken_back_or_written_anew(client, example):
    client.post(address(example, "sentence-drop"), {"version": 1, "dropped": "1"})
    client.post(address(example, "sentence-drop"), {"version": 2, "dropped": "0"})
    assert "<s>" not in page(client, example)

    client.post(address(example, "sentence-drop"), {"version": 3, "dropped": "1"})
    indicator = write(client, example, "Nya ord.")

    assert (indicator.dropped, "Nya ord." in page(client, example)) == (False, True)


@pytest.mark.parametrize("name", ["sentence-keep", "sentence-drop", "sentence-draft"])
@pytest.mark.parametrize("version", ["1", "", "x", "9" * 30])
def test_nothing_is_done_over_a_colleagues_words(client, example, name, version):
    Indicator.objects.filter(pk=example.indicator.pk).update(sentence="Kollegans ord.", version=2)

    response = client.post(address(example, name), {"version": version, "dropped": "1"}, follow=True)

    example.indicator.refresh_from_db()
    assert (example.indicator.sentence, example.indicator.dropped) == ("Kollegans ord.", False)
    assert "Någon annan har ändrat" in response.content.decode()
