"""Numbers that a payment is recognised by: OCR references and bankgiro numbers. Pure.

An OCR reference (Bankgirot, "OCR-referenskontroll", levels 3 and 4) is 2–25 digits: the last is a Luhn check digit, and
before it may stand a length digit, the number of digits modulo 10. Ours always have both, so that a digit lost or
doubled is seen.
"""

import re

from stdnum import luhn
from stdnum.exceptions import ValidationError

OCR_DIGITS = range(2, 26)


class BadReference(ValueError):
    """``code``: ``signs`` (not only digits), ``length``, ``checksum`` or ``length_digit``."""

    def __init__(self, code: str):
        self.code = code
        super().__init__(code)


def make_ocr(number: int) -> str:
    """The reference of a paper that is number ``number`` in the whole house: with length digit and check digit.

    Raises ValueError for a number under 1 or so long that it has no reference.
    """
    body = str(number)
    if number < 1 or len(body) + 2 not in OCR_DIGITS:
        raise ValueError(f"{number} makes no OCR reference")
    body += str((len(body) + 2) % 10)
    return body + luhn.calc_check_digit(body)


def read_ocr(text: str, *, with_length: bool = True) -> str:
    """The digits of the reference in ``text`` (spaces and dashes do not count). Raises BadReference."""
    digits = re.sub(r"[\s\-–]", "", text)
    if not re.fullmatch(r"[0-9]+", digits):
        raise BadReference("signs")
    if len(digits) not in OCR_DIGITS:
        raise BadReference("length")
    if not _luhn_holds(digits):
        raise BadReference("checksum")
    if with_length and int(digits[-2]) != len(digits) % 10:
        raise BadReference("length_digit")
    return digits


def read_bankgiro(text: str) -> str:
    """The 7–8 digits of the bankgiro number in ``text``, such as 5050-1055. Raises BadReference."""
    digits = re.sub(r"[\s\-–]", "", text)
    if not re.fullmatch(r"[0-9]+", digits):
        raise BadReference("signs")
    if len(digits) not in (7, 8):
        raise BadReference("length")
    if not _luhn_holds(digits):
        raise BadReference("checksum")
    return digits


def written_bankgiro(digits: str) -> str:
    """ "50501055" as Swedes write it: "5050-1055"; a number of seven digits "991-2346"."""
    return f"{digits[:-4]}-{digits[-4:]}" if digits else ""


def written_ocr(digits: str) -> str:
    """In groups of four from the left, easier to read aloud."""
    return " ".join(digits[start : start + 4] for start in range(0, len(digits), 4))


def _luhn_holds(digits: str) -> bool:
    try:
        luhn.validate(digits)
    except ValidationError:
        return False
    return True
