"""A step's page as parts: forms about one class, or about all classes at once when the same is said of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, QueryDict

from events.nights.models import Wave
from registrations.bookings.classes import ClassEdit
from registrations.bookings.forms import NeedsForm, ReasonForm, TimesForm, WishesForm
from registrations.bookings.models import Booking, SchoolClass
from registrations.bookings.wishes import FieldChoice, choices_from, offer_of

Data = QueryDict | None


@dataclass
class Part:
    """``form`` says something of ``classes``; ``choices`` are what may be wished for, ``wheelchair``: somebody has one."""

    classes: list[SchoolClass]
    form: forms.Form
    choices: list[FieldChoice] | None = None
    wheelchair: bool = False

    @property
    def title(self) -> str:
        return ", ".join(one.label for one in self.classes)

    @property
    def key(self) -> str:
        return self.form.prefix or ""

    @property
    def asks_needs(self) -> bool:
        return isinstance(self.form, NeedsForm)

    @property
    def has_stations(self) -> bool:
        """Whether a station is among the wishes: then the stations are shown at once."""
        return any(one.number for group in self.choices or [] for one in group.stations)


@dataclass
class Page:
    """The parts of a step; ``each``: something else may be said of each class. ``several``: there is a choice."""

    parts: list[Part]
    each: bool
    several: bool

    def is_valid(self) -> bool:
        sound = [part.form.is_valid() for part in self.parts]  # each form is looked at, also after a wrong one
        return all(sound)

    @property
    def faults(self) -> list[dict[str, str]]:
        """What is to be put right, each with the ``id`` of its field (may be empty) and a ``text``."""
        found = []
        for part in self.parts:
            of = f"{part.title}: " if len(self.parts) > 1 and len(part.classes) == 1 else ""
            for name, errors in part.form.errors.items():
                bound = part.form[name] if name in part.form.fields else None
                label = f"{bound.label}: " if bound and not bound.is_hidden else ""
                where = bound.first_id if bound and not bound.is_hidden else ""  # type: ignore[attr-defined]
                found += [{"id": where, "text": f"{of}{label}{error}"} for error in errors]
        return found

    def forms(self) -> list[forms.Form]:
        return [part.form for part in self.parts]


def says_each(request: HttpRequest, classes: list[SchoolClass], saying: Callable[[SchoolClass], Any]) -> bool:
    """Whether the page asks about each class: as it was asked for, or because the classes differ in ``saying``."""
    asked = request.POST.get("mode") or request.GET.get("mode")
    if len(classes) < 2:
        return False
    if asked in {"each", "same"}:
        return asked == "each"
    return len({repr(saying(one)) for one in classes}) > 1


def needs_page(request: HttpRequest, booking: Booking, classes: list[SchoolClass], data: Data) -> Page:
    """A NeedsForm for each class, and a TimesForm for all or for each when there is more than one time to choose."""
    parts = [Part([one], NeedsForm(data, school_class=one, prefix=f"c{one.pk}-needs")) for one in classes]
    waves = list(Wave.objects.filter(night=booking.night_id).in_order())
    each = len(waves) > 1 and says_each(request, classes, TimesForm.initial_of)
    if len(waves) > 1:
        for group, prefix in _groups(classes, each):
            form = TimesForm(data, waves=waves, initial=TimesForm.initial_of(group[0]), prefix=f"{prefix}-times")
            parts.append(Part(group, form))
    return Page(parts, each, several=len(classes) > 1 and len(waves) > 1)


def wishes_page(request: HttpRequest, booking: Booking, classes: list[SchoolClass], data: Data) -> Page:
    """What each class, or the youngest of all, may wish for."""
    each = says_each(request, classes, WishesForm.initial_of)
    offer = offer_of(booking.night)
    parts = []
    for group, prefix in _groups(classes, each):
        form = WishesForm(data, initial=WishesForm.initial_of(group[0]), prefix=f"{prefix}-wishes")
        text = form["order"].value() or ""
        order = text.split(",") if isinstance(text, str) else text
        youngest = min(one.grade for one in group)
        wheelchair = any(one.wheelchairs for one in group)
        parts.append(Part(group, form, choices_from(offer, youngest, order), wheelchair))
    return Page(parts, each, several=len(classes) > 1)


def reason_page(request: HttpRequest, booking: Booking, classes: list[SchoolClass], data: Data) -> Page:
    each = says_each(request, classes, ReasonForm.initial_of)
    parts = [
        Part(group, ReasonForm(data, initial=ReasonForm.initial_of(group[0]), prefix=f"{prefix}-reason"))
        for group, prefix in _groups(classes, each)
    ]
    return Page(parts, each, several=len(classes) > 1)


def _groups(classes: list[SchoolClass], each: bool) -> list[tuple[list[SchoolClass], str]]:
    return [([one], f"c{one.pk}") for one in classes] if each else [(classes, "all")] if classes else []


def edits_of(page: Page, versions: Mapping[int, int]) -> list[ClassEdit]:
    """What the page's sound fields say, one edit a class. ``versions`` are those that the page was opened with."""
    said: dict[int, dict[str, Any]] = {}
    for part in page.parts:
        for one in part.classes:
            edit = said.setdefault(one.pk, {"fields": {}})
            form = part.form
            if isinstance(form, TimesForm):
                if "waves" in form.cleaned_data:
                    edit["waves"] = form.chosen()
            elif isinstance(form, WishesForm):
                if "order" in form.cleaned_data:
                    edit["wishes"] = tuple(form.cleaned_data["order"])
            elif isinstance(form, NeedsForm) or (isinstance(form, ReasonForm) and "reason" in form.cleaned_data):
                edit["fields"] |= form.columns()
    return [ClassEdit(pk, versions.get(pk, 0), **edit) for pk, edit in said.items()]


def versions_in(data: QueryDict) -> dict[int, int]:
    """The versions that a page carries, by the class's key: ``version-12=3``."""
    found = {}
    for name, value in data.items():
        key = name.removeprefix("version-")
        if key != name and _is_number(key) and isinstance(value, str) and _is_number(value):
            found[int(key[:15])] = int(value[:9])
    return found


def _is_number(text: str) -> bool:
    """Plain digits: "²" is a digit too, and no number."""
    return text.isascii() and text.isdigit()


def said_otherwise(page: Page, stored: list[SchoolClass]) -> list[tuple[str, str]]:
    """What is stored and what the page says otherwise, as (label, stored text), for ``components/stale.html``."""
    fresh = {one.pk: one for one in stored}
    pairs = []
    for part in page.parts:
        for one in part.classes:
            now = fresh.get(one.pk)
            if now is None:
                continue
            said = part.form.cleaned_data if part.form.is_valid() else {}
            for name, value in part.form.initial_of(now).items():  # type: ignore[attr-defined]
                if _plain(said.get(name)) != _plain(value):
                    label = part.form.fields[name].label
                    pairs.append((f"{now.label}: {label}", _in_words(part.form, name, value, now)))
    return list(dict.fromkeys(pairs))


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return sorted(map(str, value)) if value and isinstance(value[0], int) else ",".join(map(str, value))
    return value if value else ""


def _in_words(form: forms.Form, name: str, value: Any, one: SchoolClass) -> str:
    if name == "order":
        return ", ".join(f"{wish.rank}. {(wish.station or wish.field)}" for wish in one.wishes.all())
    if name == "waves":
        names = dict(form.fields[name].choices)  # type: ignore[attr-defined]
        return ", ".join(str(names[key]) for key in value or names if key in names)
    return str(value)
