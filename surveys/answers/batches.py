"""How many sealed ballots may be opened at a time. Pure.

Whoever looks at a figure before and after one answer sees that answer, so figures move in steps: while a survey is
open, ballots stay sealed until as many can be opened as a figure needs to be shown, with as many left sealed. What is
left makes the last step that large too.
"""


def step_of(below: int) -> int:
    """The fewest answers by which a figure may change. ``below``: figures of fewer answers are withheld."""
    return max(1, below)


def opens_from(below: int) -> int:
    """How many sealed ballots an open survey needs before any is opened."""
    return 2 * step_of(below)


def count_to_open(sealed: int, *, opened: int, closed: bool, below: int) -> int:
    """How many of ``sealed`` ballots to open now, of a survey with ``opened`` ones in its figures already.

    Open surveys keep a whole step sealed. Closed ones keep nothing, unless figures are shown already (those of an
    import, or of a survey that was opened again) and too few have come since: the difference would tell what they said.
    """
    step = step_of(below)
    if closed:
        return 0 if opened >= step > sealed else sealed
    return sealed - step if sealed >= opens_from(below) else 0
