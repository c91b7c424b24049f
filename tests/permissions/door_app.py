"""Who may open the door's app: everybody, for it holds nothing."""

from tests.permissions.row import EVERYONE, Row

ROWS: list[Row] = [
    Row("registrations:door-app", EVERYONE),
    Row("registrations:door-manifest", EVERYONE),
    Row("registrations:door-worker", EVERYONE),
]
