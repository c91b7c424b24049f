"""Who may watch the door's live board."""

from tests.permissions.row import DOOR, EDITOR, ORGANISER, READER, TREASURER, Row

ROWS: list[Row] = [
    Row(
        "registrations:door-board",
        {ORGANISER, EDITOR, TREASURER, DOOR, READER},
        lambda w: {"slug": w.event.slug},
    ),
]
