"""Who may open the pages of registrations."""

from tests.permissions.row import Row

ROWS: list[Row] = []
