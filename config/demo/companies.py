"""The invented companies, and more of them for a larger demo."""

from datetime import datetime
from itertools import count

from stdnum import luhn

from config.demo.files import rows
from registrations.organisations.models import Organisation


def add_companies(scale: int, at: datetime) -> list[tuple[Organisation, dict[str, str]]]:
    """Every company of companies.csv ``scale`` times, with its row; copies get a number behind the name."""
    told = rows("companies.csv")
    fresh = _numbers({row["organisation_number"].replace("-", "") for row in told})
    pairs = []
    for copy in range(scale):
        for row in told:
            number = row["organisation_number"].replace("-", "") if copy == 0 else next(fresh)
            name = row["name"] if copy == 0 else f"{row['name']} {copy + 1}"
            pairs.append((_company(name, number, row, at), row))
    Organisation.objects.bulk_create([company for company, _row in pairs], batch_size=500)
    return pairs


def _company(name: str, number: str, row: dict[str, str], at: datetime) -> Organisation:
    return Organisation(
        name=name,
        organisation_number=number,
        municipality_id=row["municipality_code"],
        street=row["street"],
        postal_code=row["postal_code"],
        city=row["city"],
        website=row["website"],
        added_at=at,
    )


def _numbers(taken: set[str]):
    """Unused numbers of the invented series 5599xx-xxxx."""
    for n in count():
        base = f"5599{n:05d}"
        number = base + luhn.calc_check_digit(base)
        if number not in taken:
            yield number
