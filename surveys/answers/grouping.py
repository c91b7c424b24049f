"""Gives those who may answer the groups in which their answers can be told apart."""

from collections import Counter
from collections.abc import Mapping

from django.conf import settings

from surveys.answers.models import Stratum
from surveys.answers.strata import NOTHING, Group, Key, coarsened
from surveys.questionnaires.models import Survey


def group_of(stratum: Stratum) -> Group:
    return Group(*(getattr(stratum, fact) for fact in Group._fields))


def strata_for(
    survey: Survey,
    groups: Mapping[Key, Group],
    *,
    sizes: Mapping[Key, int] | None = None,
    told: Mapping[Group, int] | None = None,
) -> dict[Key, Stratum | None]:
    """The stratum of each of ``groups``, coarsened until SUPPRESS_BELOW could answer in it; ``None`` tells nothing.

    ``told``: how many carry a group already. The rows' sizes are put right. Two queries, and one for each new row.
    """
    sizes, told = sizes or {}, told or {}
    shown = coarsened(groups, sizes, told=told, below=settings.SUPPRESS_BELOW)
    counts = Counter(told)
    for key, group in shown.items():
        counts[group] += sizes.get(key, 1)
    rows = {group_of(stratum): stratum for stratum in survey.strata.all()}
    for group in set(shown.values()) - {NOTHING} - rows.keys():
        rows[group] = Stratum.objects.create(survey=survey, size=counts[group], **group._asdict())
    changed = [stratum for group, stratum in rows.items() if group in counts and stratum.size != counts[group]]
    for stratum in changed:
        stratum.size = counts[group_of(stratum)]
    Stratum.objects.bulk_update(changed, ["size"])
    return {key: rows.get(group) if group != NOTHING else None for key, group in shown.items()}
