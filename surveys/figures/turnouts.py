"""How many came of those who were to come: shares of everybody, counted at the door and not asked for. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Turnout:
    """``came`` of the ``of`` whom ``key`` names: ``booked`` or ``confirmed`` pupils, ``visitors`` or ``exhibitors``."""

    key: str
    came: int
    of: int

    @property
    def share(self) -> float:
        """From 0; above 1 where more came than were announced."""
        return self.came / self.of


def turnout(key: str, came: int | None, of: int | None) -> Turnout | None:
    """The turnout, or ``None`` where the door has counted nobody or nobody was to come."""
    return Turnout(key, came, of) if came and of else None


# What a turnout is called among an event's figures.
NAMES = {
    "booked": "arrived_of_booked",
    "confirmed": "arrived_of_confirmed",
    "visitors": "visitors_came",
    "exhibitors": "exhibitors_came",
}
BASES = {
    "booked": "pupils that schools applied for, the cancelled not counted",
    "confirmed": "pupils whose school has confirmed",
    "visitors": "visitors who signed up beforehand, the cancelled not counted",
    "exhibitors": "exhibitors that hold a place",
}
