"""Who may open the pages of plan and events."""

from tests.permissions.row import Row

ROWS: list[Row] = []
