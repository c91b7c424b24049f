"""The document's words, part by part."""

from dataclasses import dataclass

from events.plan.models import ActivityPlan
from surveys.followup.words.models import Part, Words


@dataclass(frozen=True, slots=True)
class Piece:
    """One part as it stands: its heading in the reader's language and its text, empty where nothing is written.

    ``version`` is 0 as long as nobody has written anything.
    """

    part: Part
    text: str = ""
    version: int = 0

    @property
    def title(self) -> str:
        return str(self.part.label)

    @property
    def anchor(self) -> str:
        """Its place in the document."""
        return f"words-{self.part.value.replace('_', '-')}"


def pieces_of(plan: ActivityPlan, year: int) -> dict[Part, Piece]:
    """Every part of the follow-up of ``year``, in the document's order. One query."""
    written = {row.part: row for row in Words.objects.of(plan, year)}
    return {
        part: Piece(part, written[part].text, written[part].version) if part in written else Piece(part)
        for part in Part
    }


def piece_of(plan: ActivityPlan, year: int, part: Part) -> Piece:
    """One part of the follow-up of ``year``."""
    row = Words.objects.of(plan, year).filter(part=part).first()
    return Piece(part, row.text, row.version) if row else Piece(part)
