"""What the tests of answers share: a survey of two questions that is open for a fortnight."""

from datetime import timedelta

import pytest

from tests import factories
from tests.factories import NOW


@pytest.fixture
def survey(db):
    survey = factories.SurveyFactory(event__slug="b2b-2027", closes_at=NOW + timedelta(days=14))
    factories.QuestionFactory(survey=survey)
    factories.QuestionFactory(survey=survey, key="contacts", position=2, kind="yes_no")
    return survey
