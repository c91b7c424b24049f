"""What differs between two follow-ups: added, removed and changed rows, figures that have moved, words. Pure.

Both are plain data of the format "torget.followup/1". Rows are the same where they have the same key, whatever they are
called now.
"""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

Plain = dict[str, Any]

SECTIONS = ("introduction", "goals", "activities", "planned", "reflections", "participation")
# What is compared of a row, in the order of the paper; a field that one of the two lacks counts as empty.
FIELDS = {
    "goals": ("number", "text", "description", "state_words"),
    "activities": (
        "title",
        "responsible",
        "done_by",
        "status_words",
        "status_changed_words",
        "steps_words",
        "what_happened",
        "short_term_effect",
        "long_term_effect",
    ),
}
FIELDS |= {
    "planned": FIELDS["activities"],
    "introduction": ("text",),
    "reflections": ("text",),
    "participation": ("years",),
}
# More words than this are not compared one by one.
MOST_WORDS = 3000


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words; ``mark`` is ``same``, ``gone`` (only before) or ``new`` (only after)."""

    text: str
    mark: str


@dataclass(frozen=True, slots=True)
class Field:
    """One thing of a row before and after. ``about`` names the figure where there can be several."""

    name: str
    before: list[Piece]
    after: list[Piece]
    about: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """A row that was ``added``, ``removed`` or ``changed``; ``section`` is one of SECTIONS."""

    section: str
    key: int | str
    title: str
    kind: str
    fields: list[Field]


@dataclass(frozen=True, slots=True)
class Moved:
    """A figure that is another now than in a frozen version; ``after`` is empty where it is gone from the document."""

    key: int
    row: str
    about: str
    before: str
    after: str
    redefined: bool


def compare(before: Plain, after: Plain) -> list[Change]:
    """Everything that differs, section by section: first in the order of ``after``, then what was removed.

    A section that one of the two does not know, because it was frozen before there was one, is not compared.
    """
    changes = []
    sections = [section for section in SECTIONS if section in before and section in after]
    before, after = with_figures(before), with_figures(after)
    for section in sections:
        old, new = _by_key(before[section]), _by_key(after[section])
        for key, row in new.items():
            fields = _fields(section, old.get(key, {}), row)
            if key not in old or fields:
                kind = "changed" if key in old else "added"
                changes.append(Change(section, key, _title(row), kind, fields))
        removed = [key for key in old if key not in new]
        changes += [
            Change(section, key, _title(old[key]), "removed", _fields(section, old[key], {})) for key in removed
        ]
    return changes


def moved(then: Plain, now: Plain) -> list[Moved]:
    """The figures of ``then`` that have another value, base or definition ``now``, in the order of the paper."""
    found = _by_key(now["figures"])
    stands_in = {
        key: _title(row) for section in SECTIONS for row in then.get(section, []) for key in row.get("figures", [])
    }
    rows = []
    for one in then["figures"]:
        other = found.get(one["id"])
        if other is None or _measured(one) != _measured(other):
            redefined = other is not None and _definition(one) != _definition(other)
            row = stands_in.get(one["id"], "")
            rows.append(Moved(one["id"], row, one["title"], figure_words(one), figure_words(other), redefined))
    return rows


def with_figures(contents: Plain) -> Plain:
    """``contents`` with each row's figures in it as ``findings``, in place of their keys."""
    found = _by_key(contents["figures"])
    return contents | {
        section: [
            row | {"findings": [found[key] for key in row.get("figures", [])]} for row in contents.get(section, [])
        ]
        for section in SECTIONS
    }


def figure_words(finding: Plain | None) -> str:
    """A figure in short: "76,1 % (54/71)", "42 (n = 71)", its number alone, or a dash where withheld; ``None`` is empty."""
    if finding is None:
        return ""
    value = finding["value_words"] or "–"
    k, n = finding.get("k"), finding.get("n")
    if n is None:
        return value
    return f"{value} (n = {n})" if k is None else f"{value} ({k}/{n})"


def sentence_of(finding: Plain) -> str:
    """The sentence that stands beside a figure: the editor's, or the draft; empty where it was left out."""
    draft = finding["draft"]
    if finding.get("dropped"):
        return ""
    return finding["own"] or " ".join(part for part in (draft["figure"], draft["rest"], draft["uncertainty"]) if part)


def marked(before: str, after: str) -> tuple[list[Piece], list[Piece]]:
    """Both texts in pieces, with the words that only one of them has marked."""
    old, new = re.findall(r"\s+|\S+", before), re.findall(r"\s+|\S+", after)
    if not before or not after or len(old) + len(new) > MOST_WORDS:
        return _whole(before, "gone"), _whole(after, "new")
    left, right = [], []
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        same = what == "equal"
        left += _whole("".join(old[a:b]), "same" if same else "gone")
        right += _whole("".join(new[c:d]), "same" if same else "new")
    return left, right


def _fields(section: str, old: Plain, new: Plain) -> list[Field]:
    fields = []
    for name in FIELDS[section]:
        before, after = _words(old.get(name)), _words(new.get(name))
        if before != after:
            fields.append(Field(name, *marked(before, after)))
    return fields + _figure_fields(old, new)


def _figure_fields(old: Plain, new: Plain) -> list[Field]:
    before, after = _by_key(old.get("findings", [])), _by_key(new.get("findings", []))
    fields = []
    for key in [*after, *(key for key in before if key not in after)]:
        one, other = before.get(key), after.get(key)
        about = (other or one or {})["title"]
        if one is None or other is None or _measured(one) != _measured(other):
            fields.append(Field("figure", _whole(figure_words(one), "gone"), _whole(figure_words(other), "new"), about))
        aims = [_aim(each) for each in (one, other)]
        if aims[0] != aims[1]:
            fields.append(Field("target", *marked(*aims), about))
        said, says = (sentence_of(each) if each else "" for each in (one, other))
        if said != says:
            fields.append(Field("sentence", *marked(said, says), about))
    return fields


def _measured(finding: Plain) -> tuple[Any, ...]:
    """What makes a figure the same: its value, its base, whether it is shown, and what it measures."""
    base = tuple(finding.get(name) for name in ("value", "k", "n", "population", "suppressed", "reason"))
    return (*base, *_definition(finding))


def _definition(finding: Plain) -> tuple[Any, ...]:
    return finding["source"], (finding.get("question") or {}).get("counted"), finding.get("definition") or ""


def _aim(finding: Plain | None) -> str:
    """A figure's target and how it stands to it: "80 % – Nära"; empty without a target."""
    return " – ".join(filter(None, ((finding or {}).get(name) for name in ("target_words", "standing_words"))))


def _by_key(rows: list[Plain]) -> dict[int | str, Plain]:
    return {row["id"]: row for row in rows}


def _title(row: Plain) -> str:
    return row.get("title") or " ".join(part for part in (row.get("number"), row.get("text")) if part)


def _words(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value or "")


def _whole(text: str, mark: str) -> list[Piece]:
    return [Piece(text, mark)] if text else []
