"""How much room is left before the fire limit. Pure."""

from dataclasses import dataclass

NEARLY = 0.9


@dataclass(frozen=True, slots=True)
class Room:
    """``inside`` people of ``limit`` at most; ``None``: nobody has set a limit."""

    inside: int
    limit: int | None

    @property
    def left(self) -> int:
        """How many more may come in; 0 where it is full, and where there is no limit."""
        return max(0, (self.limit or 0) - self.inside)

    @property
    def over(self) -> int:
        """How many are in that should not be."""
        return max(0, self.inside - self.limit) if self.limit is not None else 0

    @property
    def level(self) -> str:
        """``open`` (no limit), ``room``, ``nearly`` (nine tenths of the limit or more), ``full`` or ``over``."""
        if self.limit is None:
            return "open"
        if self.inside >= self.limit:
            return "over" if self.over else "full"
        return "nearly" if self.inside >= NEARLY * self.limit else "room"

    @property
    def tone(self) -> str:
        return {"nearly": "mind", "full": "stop", "over": "stop"}.get(self.level, "good")

    @property
    def bar(self) -> str:
        return width_of(self.inside / self.limit if self.limit else 0.0)


def width_of(share: float) -> str:
    """How wide the bar of ``share`` is, as a picture wants it, whatever the language: "76.06%", never past the end."""
    return f"{min(1.0, share) * 100:.2f}%"
