"""Freezing: numbers, contents, one moment; corrections, and figures that have moved."""

import json
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import translation

from events.access.models import AuditEntry
from events.seal import seal
from surveys.followup.frozen import services
from surveys.followup.frozen.models import FrozenFollowup
from surveys.followup.frozen.queries import contents_in, since
from surveys.followup.frozen.services import FrozenMeanwhile, UnknownFigure, note_correction
from tests import factories
from tests.factories import NOW
from tests.invoice_factories import issued
from tests.races import at_once
from tests.surveys.figures.test_queries import answered
from tests.surveys.followup.frozen.example import freeze, make_example

pytestmark = pytest.mark.django_db


@pytest.fixture
def example():
    return make_example()


def test_frozen_version_keeps_the_document_and_its_seal(example, organiser):
    frozen = freeze(example.plan, organiser)

    contents = contents_in(frozen)
    share = contents["figures"][0]
    assert (frozen.name, frozen.frozen_by, frozen.is_whole) == ("2019:1", organiser, True)
    assert frozen.sha256 == seal(frozen.contents)
    assert contents["frozen"] == {
        "number": 1,
        "meeting": "Direktörsgruppen",
        "meeting_on": "2027-03-02",
        "frozen_at": "2027-03-01T09:00:00+00:00",
    }
    assert [row["title"] for row in contents["activities"]] == ["B2B-mässan 2019", "Studiebesök"]
    assert [row["title"] for row in contents["planned"]] == ["Nästa mässa"]
    assert [row["number"] for row in contents["goals"]] == ["E1", "L1"]
    assert {piece["id"]: piece["text"] for piece in contents["reflections"]}["lessons"] == "Börja tidigare."
    assert (share["k"], share["n"], share["population"], share["value_words"]) == (54, 71, 134, "76,1\u00a0%")
    assert (share["question"]["version"], share["method"]) == (1, "wilson-1")
    assert contents["activities"][0]["figures"] == [example.indicator.pk, example.exhibitors.pk]
    assert AuditEntry.objects.about(frozen).get().verb == services.FROZEN


def test_frozen_income_stays_when_more_is_invoiced(example):
    event = example.exhibitors.event
    row = factories.IndicatorFactory(activity=example.fair, event=event, question=None, source="income", position=2)
    issued(event)
    frozen = freeze(example.plan)
    issued(event)

    then = next(one for one in contents_in(frozen)["figures"] if one["id"] == row.pk)
    assert (then["kind"], then["value"], then["parts"]) == ("told", 12_170, [["invoices", 1], ["credits", 0]])
    now = next(one for one in contents_in(freeze(example.plan, seen=1))["figures"] if one["id"] == row.pk)
    assert (now["value"], now["parts"][0]) == (24_340, ["invoices", 2])


def test_frozen_version_is_swedish_whoever_freezes(example):
    with translation.override("en"):
        frozen = freeze(example.plan)

    assert contents_in(frozen)["language"] == "sv"
    assert contents_in(frozen)["figures"][0]["draft"]["figure"].startswith("54 av 71")


def test_same_document_is_the_same_text(example):
    first, second = freeze(example.plan), freeze(example.plan, seen=1)

    one, other = contents_in(first), contents_in(second)
    assert one.pop("frozen")["number"] + 1 == other.pop("frozen")["number"]
    assert one == other


def test_numbers_are_unbroken_for_each_plan_and_year(example):
    other = factories.PlanFactory(first_year=2019, last_year=2019)
    names = [freeze(example.plan, seen=n).name for n in range(3)] + [freeze(other).name]

    assert names == ["2019:1", "2019:2", "2019:3", "2019:1"]


def test_form_that_is_sent_twice_makes_one_version(example):
    freeze(example.plan)

    with pytest.raises(FrozenMeanwhile):
        freeze(example.plan)

    assert FrozenFollowup.objects.count() == 1


def test_empty_plan_can_be_frozen():
    frozen = freeze(factories.PlanFactory(first_year=2019))

    contents = contents_in(frozen)
    assert (contents["goals"], contents["activities"], contents["figures"]) == ([], [], [])


def test_correction_is_listed_and_cannot_be_about_a_figure_that_is_not_there(example, organiser):
    frozen = freeze(example.plan)
    note_correction(
        frozen=frozen, figure=example.indicator.pk, what="55 av 72", why="Ett svar till.", by=organiser, at=NOW
    )

    with pytest.raises(UnknownFigure):
        note_correction(frozen=frozen, figure=10**9, what="x", why="y", by=organiser, at=NOW)

    assert [one.what for one in frozen.corrections.all()] == ["55 av 72"]


def test_figures_that_have_moved_are_told(example):
    frozen = freeze(example.plan)
    assert since(frozen, at=NOW).moved == []

    answered(example.question, "very_satisfied")
    example.exhibitors.delete()

    moved = since(frozen, at=NOW + timedelta(days=1)).moved
    assert [(one.before.replace("\u00a0", " "), one.after.replace("\u00a0", " ")) for one in moved] == [
        ("76,1 % (54/71)", "76,4 % (55/72)"),
        ("–", ""),
    ]
    assert [one.row for one in moved] == ["B2B-mässan 2019"] * 2


def test_freezing_leaves_the_document_in_as_many_questions(example, django_assert_max_num_queries):
    with django_assert_max_num_queries(40):
        freeze(example.plan)


# --- At the same moment ---------------------------------------------------------------------------------------------


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("steady", [True, False])
def test_figures_are_of_one_moment_while_they_move(steady, monkeypatch):
    """An answer and an exhibitor arrive in one transaction, after the answers were read and before the exhibitors.

    Without the steady transaction the paper would show a moment that never was.
    """
    example = make_example()
    event = example.fair.events.get()
    from surveys.followup import findings

    counted = findings.counts_of_events

    def arrive():
        with transaction.atomic():
            answered(example.question, "very_satisfied")
            factories.ExhibitorFactory(event=event, state="accepted")

    def count_later(*args, **kwargs):
        at_once(arrive)
        return counted(*args, **kwargs)

    monkeypatch.setattr(findings, "counts_of_events", count_later)
    if not steady:
        monkeypatch.setattr(services, "_one_moment", transaction.atomic)

    figures = contents_in(freeze(example.plan))["figures"]

    assert (figures[0]["n"], figures[1]["value"] or 0) == ((71, 0) if steady else (71, 1))


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_who_freeze_at_once_make_one_version():
    plan = factories.PlanFactory(first_year=2019)

    told = at_once(*[lambda: freeze(plan)] * 4)

    assert sorted(told) == ["done"] + ["frozen_meanwhile"] * 3
    assert [one.number for one in FrozenFollowup.objects.all()] == [1]
    assert json.loads(FrozenFollowup.objects.get().contents)["frozen"]["number"] == 1
    assert connection.vendor == "postgresql"
