"""One table over every address and every role. An address that is missing from it fails the build."""

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.permissions import (
    allocation,
    board,
    bookings,
    companies,
    desk,
    door,
    door_app,
    events,
    frozen,
    hall,
    invoices,
    money,
    orders,
    papers,
    placement,
    places,
    registrations,
    schools,
    site,
    stations,
    surveys,
    tasks,
)
from tests.permissions.row import EVERYONE, Row, World, make_world

TABLE = [
    *site.ROWS,
    *events.ROWS,
    *board.ROWS,
    *bookings.ROWS,
    *companies.ROWS,
    *desk.ROWS,
    *door.ROWS,
    *door_app.ROWS,
    *registrations.ROWS,
    *placement.ROWS,
    *places.ROWS,
    *stations.ROWS,
    *surveys.ROWS,
    *frozen.ROWS,
    *hall.ROWS,
    *invoices.ROWS,
    *money.ROWS,
    *orders.ROWS,
    *papers.ROWS,
    *schools.ROWS,
    *allocation.ROWS,
    *tasks.ROWS,
]

# Pages of libraries, with their own rules and tests.
LIBRARIES = ("account_", "mfa_", "socialaccount_", "openid_connect_", "api:api-root")


class Undo(Exception):
    """Leaves the savepoint of one try."""


def url_names(patterns: list, namespace: str = "") -> set[str]:
    names: set[str] = set()
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            names |= url_names(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern) and pattern.name:
            names.add(f"{namespace}{pattern.name}")
    return names


def test_every_address_is_in_the_table():
    named = {name for name in url_names(get_resolver().url_patterns) if not name.startswith(LIBRARIES)}

    assert named == {row.url for row in TABLE}


@pytest.mark.django_db
@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row.method} {row.url}")
def test_only_those_who_may_get_in(row: Row, client_for):
    world = make_world()

    answers = {role: try_as(role, row, world, client_for) for role in sorted(EVERYONE)}

    assert answers == {role: expected(role, row) for role in sorted(EVERYONE)}


def expected(role: str, row: Row) -> int:
    if role in row.allowed:
        return row.ok
    return row.anonymous if role == "anonymous" else row.denied


def try_as(role: str, row: Row, world: World, client_for) -> int:
    client = Client() if role == "anonymous" else client_for(world.users[role])
    address = reverse(row.url, kwargs=row.kwargs(world))
    status = 0
    extra = {"content_type": "application/json"} if row.json else {}
    try:
        with transaction.atomic():
            status = getattr(client, row.method)(address, row.data(world), **extra).status_code
            raise Undo
    except Undo:
        return status
