"""Who may open the pages of surveys and follow-up."""

from tests.permissions.row import Row

ROWS: list[Row] = []
