"""Four stands, four companies, an organiser."""

import pytest

from tests import factories
from tests.registrations.placement.floors import a_fair, an_exhibitor, four_stands


@pytest.fixture
def event(db):
    return a_fair()


@pytest.fixture
def stands(event):
    return four_stands(event)


@pytest.fixture
def companies(event, stands):
    """Alfa, Beta, Gamma and Delta, accepted in that order."""
    return [an_exhibitor(event, f"{name} AB") for name in ("Alfa", "Beta", "Gamma", "Delta")]


@pytest.fixture
def organiser(event):
    person = factories.UserFactory(name="Olle Organisatör")
    factories.grant(person, "organiser", event=event)
    return person
