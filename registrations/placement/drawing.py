"""The floor as a drawing: rectangles with a number and a company, hall by hall. Numbers for the template, no markup."""

from collections.abc import Mapping
from dataclasses import dataclass

from registrations.stands.models import Hall, Stand

MARGIN = 100
LETTER_CM = 22
"""How wide a letter of a company's name is drawn."""

PIXELS_A_METRE = 30
"""So large that names can be read; a floor that is wider than its frame is scrolled."""


@dataclass(frozen=True, slots=True)
class DrawnStand:
    """``kind`` is ``placed given free blocked mine moved other``; ``lines`` the company's name, cut to the stand's width.

    ``mover`` is the id of an exhibitor that can be moved away, ``takes`` the stand's own where somebody can be moved to.
    """

    stand: Stand
    kind: str
    company: str
    lines: list[str]
    mover: str = ""
    takes: str = ""

    @property
    def middle(self) -> int:
        return self.stand.x_cm + self.stand.width_cm // 2

    @property
    def number_y(self) -> int:
        return self.stand.y_cm + 70

    @property
    def name_y(self) -> int:
        return self.stand.y_cm + 125


@dataclass(frozen=True, slots=True)
class DrawnHall:
    hall: Hall
    stands: list[DrawnStand]

    @property
    def frame(self) -> tuple[int, int, int, int]:
        """What is shown, as x, y, width and depth: stands and entrance with a margin, no empty corners of the hall."""
        x, y = self.hall.entrance
        rows = [one.stand for one in self.stands]
        left = max(-MARGIN, min(x, *(row.x_cm for row in rows)) - 2 * MARGIN)
        top = max(-MARGIN, min(y, *(row.y_cm for row in rows)) - 2 * MARGIN)
        right = min(self.hall.width_cm + MARGIN, max(x, *(row.x_cm + row.width_cm for row in rows)) + 2 * MARGIN)
        bottom = min(self.hall.depth_cm + MARGIN, max(y, *(row.y_cm + row.depth_cm for row in rows)) + 2 * MARGIN)
        return left, top, right - left, bottom - top

    @property
    def view_box(self) -> str:
        return " ".join(map(str, self.frame))

    @property
    def pixels(self) -> int:
        return self.frame[2] * PIXELS_A_METRE // 100


def drawn_halls(
    halls: list[Hall],
    stands: list[Stand],
    companies: Mapping[int, str],
    kinds: Mapping[int, str],
    movers: Mapping[int, tuple[str, str]] | None = None,
) -> list[DrawnHall]:
    """``companies`` and ``kinds`` by stand's key; a stand of no kind is free, or blocked.

    ``movers`` are exhibitor's and stand's ids where somebody may be moved, by stand's key.
    """
    found = []
    for hall in halls:
        mine = [row for row in stands if row.hall_id == hall.pk]
        drawn = [
            DrawnStand(
                row,
                kinds.get(row.pk) or ("blocked" if row.blocked_at else "free"),
                companies.get(row.pk, ""),
                lines_for(companies.get(row.pk, ""), row.width_cm),
                *(movers or {}).get(row.pk, ("", "")),
            )
            for row in mine
        ]
        if drawn:
            found.append(DrawnHall(hall, drawn))
    return found


def lines_for(name: str, width_cm: int, most: int = 2) -> list[str]:
    """``name`` in at most two lines that a stand of that width has room for; what does not fit ends with an ellipsis."""
    room = max(3, (width_cm - 20) // LETTER_CM)
    lines: list[str] = []
    for word in name.split():
        if lines and len(lines[-1]) + 1 + len(word) <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    cut = lines[:most]
    if len(lines) > most:
        cut[-1] += "…"
    return [line if len(line) <= room else f"{line[: room - 1].rstrip('…')}…" for line in cut]
