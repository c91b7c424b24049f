"""What a credit note takes back, and that all of them together never take back more than was charged. Pure.

A part is said as an amount without VAT per group (rate and category). Its VAT is the VAT on everything credited so far,
this part included, less what the earlier notes bore: many small parts sum to the invoice's VAT to the öre. The note that
takes the last of it takes the rounding too.
"""

from collections.abc import Iterable, Mapping

from registrations.money.amounts import KRONA, Totals, Vat, VatSum, rounding_of, summed, vat_of


class TooMuch(ValueError):
    """More than is left would be credited. ``vat`` is the group, ``left_ore`` what is left of it, without VAT."""

    def __init__(self, vat: Vat, left_ore: int):
        self.vat = vat
        self.left_ore = left_ore
        super().__init__(f"{left_ore} öre are left")


def left_of(charged: Totals, credited: Iterable[Totals]) -> dict[Vat, int]:
    """What is left to credit in each of the invoice's groups, in öre without VAT. ``credited`` are negative totals."""
    left = {one.vat: one.taxable_ore for one in charged.sums}
    for note in credited:
        for one in note.sums:
            left[one.vat] += one.taxable_ore
    return left


def credit_of(charged: Totals, credited: Iterable[Totals], parts: Mapping[Vat, int]) -> Totals:
    """The (negative) totals of a note that credits ``parts`` (öre without VAT, above zero) of what is left.

    Raises TooMuch; ValueError where nothing, or something the invoice does not have, would be credited.
    """
    credited = list(credited)
    left = left_of(charged, credited)
    parts = {vat: ore for vat, ore in parts.items() if ore}
    if not parts:
        raise ValueError("Nothing would be credited")
    sums = []
    for vat, ore in parts.items():
        if vat not in left:
            raise ValueError(f"The invoice has nothing at {vat}")
        # A group may itself be negative (a discount larger than what it was given on); it is only taken back whole.
        if left[vat] < 0 and ore != left[vat]:
            raise TooMuch(vat, left[vat])
        if left[vat] >= 0 and not 0 < ore <= left[vat]:
            raise TooMuch(vat, left[vat])
        sums.append(VatSum(vat, -ore, -_vat_on(charged, credited, vat, ore, last=ore == left[vat])))
    ends_it = all(left[vat] == parts.get(vat, 0) for vat in left)
    note = summed(sums, rounded=False)
    if not ends_it:
        return _rounded_within(note, charged, credited)
    rest = charged.rounding_ore + sum(one.rounding_ore for one in credited)
    return Totals(note.net_ore, note.vat_ore, -rest, note.sums)


def credit_all(charged: Totals, credited: Iterable[Totals] = ()) -> Totals:
    """The note that takes back everything that is left. Raises ValueError when nothing is."""
    credited = list(credited)
    return credit_of(charged, credited, left_of(charged, credited))


def parts_paying_back(charged: Totals, credited: Iterable[Totals], payable_ore: int) -> dict[Vat, int]:
    """What to take back of each group so that the note pays back ``payable_ore`` (whole kronor) with VAT.

    Each group gives its share. Raises TooMuch where more would be paid back than is left; ValueError where that is not
    whole kronor, or a group is below zero and can only be taken back with all the others.
    """
    credited = list(credited)
    left = {vat: ore for vat, ore in left_of(charged, credited).items() if ore}
    left_payable = payable_left(charged, credited)
    if payable_ore > left_payable:
        raise TooMuch(next(iter(left), charged.sums[0].vat), left_payable)
    if payable_ore == left_payable:
        return left
    if payable_ore <= 0 or payable_ore % KRONA:
        raise ValueError("A note pays back whole kronor")
    if any(ore < 0 for ore in left.values()):
        raise ValueError("A group below zero is only taken back whole")
    with_vat = charged.total_ore + sum(one.total_ore for one in credited)
    # Rounded down in each group: some öre short of whole kronor, which the note's own rounding adds.
    shares = {vat: ore * payable_ore // with_vat for vat, ore in left.items()}
    return {vat: ore for vat, ore in shares.items() if ore}


def payable_left(charged: Totals, credited: Iterable[Totals]) -> int:
    """How much notes can still pay back, in öre with VAT and rounding."""
    return charged.payable_ore + sum(one.payable_ore for one in credited)


def _vat_on(charged: Totals, credited: list[Totals], vat: Vat, ore: int, *, last: bool) -> int:
    before_net = -sum(one.taxable_ore for note in credited for one in note.sums if one.vat == vat)
    before_vat = -sum(one.vat_ore for note in credited for one in note.sums if one.vat == vat)
    if last:
        return next(one.vat_ore for one in charged.sums if one.vat == vat) - before_vat
    return vat_of(before_net + ore, vat) - before_vat


def _rounded_within(note: Totals, charged: Totals, credited: list[Totals]) -> Totals:
    """Whole kronor, but never so that more is paid back than was to be paid."""
    rounding = rounding_of(note.total_ore)
    left = charged.payable_ore + sum(one.payable_ore for one in credited)
    if -(note.total_ore + rounding) > left:
        rounding += 100
    return Totals(note.net_ore, note.vat_ore, rounding, note.sums)
