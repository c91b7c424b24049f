"""Swedish organisation numbers: what somebody typed, read or refused with a reason. Pure."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from stdnum.exceptions import InvalidChecksum, ValidationError
from stdnum.se import orgnr


class NotANumber(ValueError):
    """``text`` is no organisation number; ``reason`` says why in the reader's language, ``code`` for programs."""

    def __init__(self, code: str, reason: str | Promise):
        self.code = code
        self.reason = reason
        super().__init__(code)


def read_organisation_number(text: str) -> str:
    """The ten digits in ``text``; dashes, spaces, a leading "16" and the form of a VAT number are understood.

    Raises NotANumber: ``length``, ``person`` (third digit under 2, as in a personal identity number: the Swedish Tax
    Agency gives legal persons a third digit of at least 2) or ``checksum`` (Luhn).
    """
    digits = "".join(text.split()).upper().replace("-", "").replace("–", "").replace("‑", "")
    if digits.startswith("SE") and digits.endswith("01") and len(digits) == 14:
        digits = digits[2:12]
    if len(digits) == 12 and digits.startswith("16"):
        digits = digits[2:]
    if not (digits.isascii() and digits.isdigit()) or len(digits) != 10:
        raise NotANumber(
            "length", _("An organisation number has ten digits, such as 559012-3456. Check what you typed.")
        )
    if digits[2] < "2":
        raise NotANumber(
            "person",
            _(
                "This looks like a personal identity number, and we do not keep those. "
                "If you are a sole trader, choose “We have no organisation number” below."
            ),
        )
    try:
        return orgnr.validate(digits)
    except InvalidChecksum as wrong:
        raise NotANumber("checksum", _("The last digit does not fit the others. Is there a typing error?")) from wrong
    except ValidationError as wrong:
        raise NotANumber("length", _("That is not an organisation number. Check what you typed.")) from wrong
