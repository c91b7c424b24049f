"""Takes e-mail addresses, telephone numbers and personal identity numbers out of what people write. Pure.

Done before anything is stored. Each is replaced by a mark in Swedish, the language of the papers. What looks like a
year, a span of years, a sum of money or a time is left alone. It is a help, not a promise: names cannot be found so.
"""

import re
from datetime import date

EMAIL_MARK, PHONE_MARK, IDENTITY_MARK = "[e-post]", "[telefon]", "[personnummer]"

_DASH = r"[-+\u2010-\u2015\u2212]"
_GAP = r"[ \u00a0\u202f]"
_EMAIL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+\s?(?:@|\(at\)|\[at\])\s?\w[\w-]*(?:\.\w[\w-]*)+", re.IGNORECASE)
# Six or eight digits of a day, an optional sign, four more; nothing numeric on either side. A day with dashes of its
# own has one before the four as well: otherwise it is a day and an hour.
_IDENTITY = re.compile(
    rf"(?<![\d.,])(?P<century>19|20)?(?P<year>\d\d)(?:(?P<month>\d\d)(?P<day>\d\d){_GAP}?{_DASH}?{_GAP}?"
    rf"|{_DASH}(?P<dashed_month>\d\d){_DASH}(?P<dashed_day>\d\d){_DASH})\d{{4}}(?!\d)"
)
# +46 …, 0046 …, any other country's +…, and Swedish numbers from 0: digits in groups with dashes, dots or spaces.
_PHONE = re.compile(
    rf"(?<![\w.,+-])(?P<open>\(?)(?:(?:\+|00){_GAP}?[1-9]\d{{0,2}}|0[1-9])"
    rf"(?:(?:{_GAP}|{_DASH}|[./()])*\d){{5,13}}(?!\d)"
)
_FEWEST_DIGITS, _MOST_DIGITS = 7, 15
_HOURS = re.compile(r"(?:\d\d?[.:]\d\d(?:\D+|$))+")
_DAY = re.compile(r"[0-3]\d\D[01]\d\D(?:19|20)\d\d")


def screened(text: str) -> str:
    """``text`` with marks in place of what leads to a person. Screening twice is the same as once."""
    text = _EMAIL.sub(EMAIL_MARK, text)
    text = _IDENTITY.sub(lambda found: IDENTITY_MARK if _is_identity(found) else found[0], text)
    return _PHONE.sub(_phone_mark, text)


def _is_identity(found: re.Match[str]) -> bool:
    """Whether the first digits are a day: one of a coordination number (day + 60) too. The last digit is not
    checked: a number that was mistyped leads to somebody as well."""
    month, day = int(found["month"] or found["dashed_month"]), int(found["day"] or found["dashed_day"])
    day = day - 60 if day > 60 else day
    for century in (int(found["century"] or 20) * 100, 1900):
        try:
            date(century + int(found["year"]), month, day)
        except ValueError:
            continue
        return True
    return False


def _phone_mark(found: re.Match[str]) -> str:
    number = found[0].removeprefix("(")
    is_number = _FEWEST_DIGITS <= len(re.sub(r"\D", "", number)) <= _MOST_DIGITS
    if not is_number or _HOURS.fullmatch(number) or _DAY.fullmatch(number):
        return found[0]
    return PHONE_MARK if found["open"] == "" or ")" in number else f"({PHONE_MARK}"
