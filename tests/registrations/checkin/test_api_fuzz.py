"""The API's own description, taken at its word: whatever it allows, and a good deal that it does not, is answered."""

from collections.abc import Iterator

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from config.api import api
from config.wsgi import application
from events.memory import forget_everything
from registrations.checkin.devices.models import DeviceRole
from tests import factories
from tests.door_factories import open_door

CHECKS = [content_type_conformance, status_code_conformance, response_schema_conformance]
OPERATIONS = sorted(
    (method, path)
    for path, methods in api.get_openapi_schema(path_prefix="/api/")["paths"].items()
    for method in methods
)


@pytest.fixture
def schema(db) -> Iterator[schemathesis.BaseSchema]:
    """The API inside this process, on the test's own connection: a server would close it after each request."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi("/api/openapi.json", application)
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def headers(phone_at):
    """A phone of each role, with a ticket for it to find, and a stranger."""
    gate = factories.GateFactory()
    open_door(gate.event)
    factories.TicketFactory(visitor__event=gate.event)
    phones = [phone_at(gate, role=role).headers for role in DeviceRole]
    return [*phones, {"Authorization": "Bearer " + "z" * 43}]


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_no_request_breaks_the_api(method, path, schema, headers):
    operation = schema[path][method.upper()]
    cases = operation.as_strategy() | operation.as_strategy(generation_mode=schemathesis.GenerationMode.NEGATIVE)

    @seed(1)
    @settings(max_examples=30, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(cases, st.sampled_from(headers))
    def ask(case, who):
        forget_everything()  # how often a phone may ask is another test's
        response = case.call(headers=who)
        assert response.status_code < 500, response.text
        case.validate_response(response, checks=CHECKS)

    ask()
