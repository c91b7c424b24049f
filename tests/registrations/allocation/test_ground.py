"""The rule and the numbers behind the shares."""

import pytest

from events.access.models import AuditEntry
from events.errors import Stale
from events.municipalities.models import MunicipalCount
from events.nights.models import FirstAim, ShareBasis
from registrations.allocation import ground

pytestmark = pytest.mark.django_db


def change(night, by, at, **values):
    usual = {
        "share_basis": ShareBasis.COHORT,
        "first_aim": FirstAim.MUNICIPALITIES,
        "places": 40,
        "year": 2027,
        "source": "SCB",
        "counts": {},
        "seen": night.version,
    }
    return ground.change_rule(night=night, by=by, at=at, **{**usual, **values})


def test_the_rule_is_saved_with_version_and_trail(night, organiser, now):
    changed = change(night, organiser, now)

    night.refresh_from_db()
    assert (night.share_basis, night.first_aim, night.places) == (ShareBasis.COHORT, FirstAim.MUNICIPALITIES, 40)
    assert changed.version == 2
    assert AuditEntry.objects.get(verb=ground.RULE_CHANGED).changes["places"] == [30, 40]


def test_two_who_change_the_rule_hear_of_each_other(night, organiser, now):
    change(night, organiser, now)

    with pytest.raises(Stale):
        change(night, organiser, now, places=50)

    night.refresh_from_db()
    assert night.places == 40


def test_numbers_keep_their_source_until_they_change(night, organiser, now):
    MunicipalCount.objects.filter(municipality="1281").delete()
    MunicipalCount.objects.create(municipality_id="1281", year=2027, population=100, cohort=10, source="Gammal")
    same, new = ground.Counts(100, 10), ground.Counts(200, None)

    change(night, organiser, now, counts={"1281": same, "1280": new})

    lund = MunicipalCount.objects.get(municipality="1281", year=2027)
    malmo = MunicipalCount.objects.get(municipality="1280", year=2027)
    assert (lund.source, malmo.population, malmo.cohort, malmo.source) == ("Gammal", 200, None, "SCB")
    assert AuditEntry.objects.filter(verb=ground.COUNT_CHANGED).count() == 1
