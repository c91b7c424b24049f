"""Groups of those who could answer, made so large that nobody stands out. Pure."""

from collections import Counter
from collections.abc import Hashable, Mapping
from typing import NamedTuple, TypeVar

Key = TypeVar("Key", bound=Hashable)

# What is told least of all first: where a group is too small, it is joined with others along this way.
DROPPED = ("company", "school", "wave", "grade", "kind", "municipality")


class Group(NamedTuple):
    """What is known of somebody who could answer; empty: not known, or not told."""

    kind: str = ""
    municipality: str = ""
    school: str = ""
    grade: str = ""
    company: str = ""
    wave: str = ""


NOTHING = Group()


def coarsened(
    groups: Mapping[Key, Group], sizes: Mapping[Key, int], *, told: Mapping[Group, int], below: int
) -> dict[Key, Group]:
    """What may be told of each of ``groups``: never a group of fewer than ``below``.

    ``sizes``: how many each stands for (1 where it is not said). ``told``: groups that others have already, and how
    many these are. A group that is too small loses one fact, in the order of ``DROPPED``, and is counted anew with
    those that it then is like; NOTHING says nothing at all.
    """
    now = dict(groups)
    for fact in DROPPED:
        counts = Counter(told)
        for key, group in now.items():
            counts[group] += sizes.get(key, 1)
        now = {key: group if counts[group] >= below else group._replace(**{fact: ""}) for key, group in now.items()}
    return now
