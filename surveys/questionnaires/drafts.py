"""A question as somebody writes it: what a form holds, before it is a row. Pure.

``FIELDS`` are the columns that a draft and a row have in common; ``BOUND`` are those that people have answered to, so
that they stay once there are answers. The rest says who is asked, and may change.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from surveys.questionnaires.scales import ENDS, LARGEST, NUMERIC, SCALES, WITH_OPTIONS, Kind
from surveys.questionnaires.wordings import QuestionTemplate

# A branch that would offer more answers than this to choose from is a form that nobody can read.
BRANCHES_AT_MOST = 11


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Named as the columns of Question. ``only_if`` is another question's key; empty: everybody is asked."""

    kind: str
    text: str
    text_en: str
    required: bool = True
    options: tuple[Mapping[str, str], ...] = ()
    lowest: int | None = None
    highest: int | None = None
    low_label: str = ""
    low_label_en: str = ""
    high_label: str = ""
    high_label_en: str = ""
    offers_dont_know: bool = False
    dont_know_counts: bool = True
    only_if: str = ""
    only_if_values: tuple[str, ...] = ()
    group: str = ""

    @property
    def ends(self) -> tuple[int, int]:
        """As Question.ends."""
        if self.kind in ENDS:
            return ENDS[self.kind]
        return self.lowest or 0, LARGEST if self.highest is None else self.highest

    @property
    def leading(self) -> tuple[str, ...]:
        """The answers that can lead to another question, as codes; none for numbers to type and texts."""
        if self.kind in SCALES:
            return tuple(SCALES[self.kind].values)
        if self.kind in NUMERIC and self.kind != Kind.NUMBER:
            low, high = self.ends
            return tuple(str(n) for n in range(low, high + 1)) if high - low < BRANCHES_AT_MOST else ()
        return tuple(option["code"] for option in self.options) if self.kind in WITH_OPTIONS else ()


FIELDS: tuple[str, ...] = tuple(field.name for field in fields(Draft))
FREE: tuple[str, ...] = ("required", "only_if", "only_if_values", "group")
BOUND: tuple[str, ...] = tuple(name for name in FIELDS if name not in FREE)


def draft_of(row: Any) -> Draft:
    """What the row of a question says. ``row.only_if`` is read: have it at hand."""
    values = {name: getattr(row, name) for name in FIELDS}
    return Draft(
        **values
        | {
            "options": tuple(row.options),
            "only_if": row.only_if.key if row.only_if else "",
            "only_if_values": tuple(row.only_if_values),
        }
    )


def draft_from(template: QuestionTemplate) -> Draft:
    """The question of a template, as if somebody had written it."""
    return Draft(
        kind=template.kind.value,
        text=template.words.sv,
        text_en=template.words.en,
        required=template.required,
        options=tuple({"code": code, "sv": words.sv, "en": words.en} for code, words in template.options),
        low_label=template.low.sv,
        low_label_en=template.low.en,
        high_label=template.high.sv,
        high_label_en=template.high.en,
        only_if=template.only_if,
        only_if_values=template.only_if_values,
        group=template.group,
    )


def tidy(draft: Draft) -> Draft:
    """``draft`` without what its kind has no use for: options of a scale, ends of a text, "don't know" twice."""
    values = {name: getattr(draft, name) for name in FIELDS}
    if draft.kind not in WITH_OPTIONS:
        values["options"] = ()
    if draft.kind not in {Kind.SCALE, Kind.NUMBER}:
        values |= {"lowest": None, "highest": None}
    if draft.kind not in NUMERIC or draft.kind == Kind.NUMBER:
        values |= {"low_label": "", "low_label_en": "", "high_label": "", "high_label_en": ""}
    if draft.kind in {Kind.YES_NO, Kind.SHORT_TEXT, Kind.LONG_TEXT}:
        values["offers_dont_know"] = False
    if not values["offers_dont_know"] and draft.kind != Kind.YES_NO:
        values["dont_know_counts"] = True
    if not draft.only_if:
        values["only_if_values"] = ()
    if draft.kind == Kind.NKI:
        values["group"] = values["group"] or "nki"
    return Draft(**values)
