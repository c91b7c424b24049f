"""The next number of an issuer's papers in a year, without a gap: whoever draws one holds the series until it is written."""

from datetime import date
from typing import NamedTuple

from registrations.invoices.models import Biller, Series
from registrations.money.references import make_ocr

# A paper's number in the whole house is its series and five digits: from it the OCR reference is made.
MOST = 99_999


class Drawn(NamedTuple):
    series: Series
    number: int
    name: str
    ocr: str


def locked_series(biller: Biller, year: int) -> Series:
    """The series' row, begun by the first paper of the year and locked until the transaction ends."""
    series, _new = Series.objects.get_or_create(biller=biller, year=year)
    row: Series = Series.objects.select_for_update(of=("self",), no_key=True).get(pk=series.pk)
    return row


def draw_number(biller: Biller, issued_on: date) -> Drawn:
    """The next number, taken in the caller's transaction: if that fails, nobody has had the number."""
    series = locked_series(biller, issued_on.year)
    number = series.last + 1
    if number > MOST:
        raise ValueError(f"{biller} has issued {MOST} papers in {issued_on.year}")
    series.last = number
    series.save(update_fields=["last"])
    return Drawn(series, number, name_of(biller, issued_on.year, number), make_ocr(series.pk * (MOST + 1) + number))


def name_of(biller: Biller, year: int, number: int) -> str:
    """What people call it: IUC-2027-0042."""
    prefix = f"{biller.series_prefix}-" if biller.series_prefix else ""
    return f"{prefix}{year}-{number:04d}"
