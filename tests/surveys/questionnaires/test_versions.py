"""Whatever is done to the questions of a survey, in whatever order: what was answered keeps its meaning."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, assume, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from events.errors import Stale
from surveys.answers.models import Answer, SealedBallot
from surveys.answers.opening import open_ballots
from surveys.questionnaires import editing, services
from surveys.questionnaires.drafts import draft_of
from surveys.questionnaires.meaning import meaning_of
from surveys.questionnaires.models import Question
from tests import factories
from tests.factories import NOW
from tests.surveys.questionnaires.drafts import choice, scale, yes_no

DRAFTS = [yes_no(), yes_no("Kommer du aldrig igen?"), choice(), choice("bread", "cake", "fruit"), scale(), scale(1, 7)]
KEYS = ["one", "two", "three"]
PLACES = st.integers(0, 2)


class Versions(RuleBasedStateMachine):
    """An organiser edits while answers come in and are opened."""

    def __init__(self) -> None:
        super().__init__()
        self.survey = factories.SurveyFactory()
        self.meant: dict[int, tuple[str, int]] = {}  # meaning and version of each answered row, when first answered
        self.sealed = 0

    def asked(self) -> list[Question]:
        return list(self.survey.questions.asked().select_related("only_if", "survey"))

    def pick(self, place: int) -> Question:
        rows = self.asked()
        assume(rows)
        return rows[place % len(rows)]

    @rule(key=st.sampled_from(KEYS), draft=st.sampled_from(DRAFTS), after=st.booleans())
    def add(self, key, draft, after):
        rows = self.asked()
        if after and rows and draft_of(rows[0]).leading:
            draft = replace(draft, only_if=rows[0].key, only_if_values=draft_of(rows[0]).leading[:1])
        try:
            editing.add_question(survey=self.survey, draft=draft, key=key, by=None, at=NOW)
        except (editing.AlreadyAsked, editing.QuestionFaulty):
            assert key in {row.key for row in rows} or draft.only_if == key

    @rule(place=PLACES, draft=st.sampled_from(DRAFTS), anew=st.booleans(), behind=st.booleans())
    def reword(self, place, draft, anew, behind):
        question = self.pick(place)
        bound = question.pk in self.meant or self.sealed
        draft = replace(draft, only_if=question.only_if.key if question.only_if else "")
        draft = replace(draft, only_if_values=tuple(question.only_if_values))
        changes = meaning_of(draft) != meaning_of(question)
        try:
            editing.change_question(
                question=question, draft=draft, seen=question.version - behind, anew=anew, by=None, at=NOW
            )
        except Stale:
            assert behind
        except editing.QuestionHasAnswers:
            assert (bool(bound), changes, anew) == (True, True, False)
        except editing.OthersFollow:
            assert question.follows.filter(retired_at=None).exists()
        else:
            assert not behind
            assert bool(bound and changes) <= anew

    @rule(place=PLACES, required=st.booleans())
    def require(self, place, required):
        question = self.pick(place)
        draft = replace(draft_of(question), required=required)
        editing.change_question(question=question, draft=draft, seen=question.version, by=None, at=NOW)

    @rule(place=PLACES)
    def remove(self, place):
        question = self.pick(place)
        bound = question.pk in self.meant or self.sealed
        try:
            gone = editing.remove_question(question=question, by=None, at=NOW)
        except editing.OthersFollow:
            assert question.follows.filter(retired_at=None).exists()
        else:
            assert gone == (not bound)

    @rule(place=PLACES, to=st.integers(0, 4))
    def move(self, place, to):
        question = self.pick(place)
        try:
            editing.move_question(question=question, to=to, by=None, at=NOW)
        except editing.OrderBroken:
            assert any(row.only_if for row in self.asked())

    @rule()
    def answer_sealed(self):
        rows = self.asked()
        assume(rows)
        answers = [[row.pk, row.version, row.codes[0]] for row in rows]
        SealedBallot.objects.create(survey=self.survey, answers=answers)
        self.sealed += 1
        for row in rows:
            self.meant.setdefault(row.pk, (meaning_of(row), row.version))

    @precondition(lambda self: self.sealed)
    @rule()
    def open(self):
        before = Answer.objects.count()
        opened = open_ballots(survey=self.survey.pk, at=NOW)
        self.sealed -= opened
        assert (Answer.objects.count() > before) == (opened > 0)

    @rule()
    def copy(self):
        asked = self.asked()
        copied = services.copy_survey(event=factories.EventFactory(), source=self.survey, by=None, at=NOW)
        rows = list(copied.questions.select_related("only_if"))
        assert [(row.key, meaning_of(row)) for row in rows] == [(row.key, meaning_of(row)) for row in asked]
        assert [draft_of(row) for row in rows] == [draft_of(row) for row in asked]

    @invariant()
    def answered_rows_keep_their_meaning_and_version(self):
        rows = {row.pk: row for row in self.survey.questions.all()}
        assert {pk: (meaning_of(rows[pk]), rows[pk].version) for pk in self.meant} == self.meant

    @invariant()
    def a_key_is_asked_once_and_its_versions_are_a_chain(self):
        for key in KEYS:
            rows = list(self.survey.questions.filter(key=key).order_by("version"))
            assert len([row for row in rows if row.retired_at is None]) <= 1
            assert all(row.retired_at is not None for row in rows[:-1])
            assert [row.replaces_id for row in rows] == [None, *[row.pk for row in rows]][: len(rows)]

    @invariant()
    def branches_lead_forwards_from_questions_that_are_asked(self):
        before: set[int] = set()
        for row in self.asked():
            assert row.only_if_id is None or row.only_if_id in before
            before.add(row.pk)


@pytest.mark.django_db
class TestVersions(TestCase, Versions.TestCase):
    settings = settings(max_examples=25, stateful_step_count=15, deadline=None, suppress_health_check=list(HealthCheck))
