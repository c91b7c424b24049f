"""Tags and filters of the house, built into every template. docs/look.md is their table of contents."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.core.paginator import Page
from django.db import models
from django.db.models.enums import Choices
from django.http import QueryDict
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from events.access import rules
from events.access.models import AuditEntry
from events.look import formats
from events.look.history import lines_of
from events.look.rooms import ROOMS
from events.look.states import look_of

register = template.Library()
Text = str | Promise


# --- Pictures and states --------------------------------------------------------------------------------------------


@register.simple_tag
def icon(name: str, label: Text = "", size: str = "") -> SafeString:
    """The symbol ``name`` of the sprite. With ``label`` it speaks; without, it is decoration beside a word."""
    css = f"icon icon-{size}" if size else "icon"
    address = f"{static('icons.svg')}#{name}"
    if label:
        return format_html(
            '<svg class="{}" role="img" aria-label="{}"><use href="{}"></use></svg>', css, label, address
        )
    return format_html('<svg class="{}" aria-hidden="true"><use href="{}"></use></svg>', css, address)


@register.inclusion_tag("components/state_badge.html")
def state_badge(thing: Any, field: str = "state", label: Text = "") -> dict[str, Any]:
    """The state of ``thing``: a model instance (its ``field``), a TextChoices member, or a value with its ``label``."""
    value, enumeration = thing, ""
    if isinstance(thing, models.Model):
        value = getattr(thing, field)
        label = label or getattr(thing, f"get_{field}_display")()
        enumeration = type(thing).__name__
    elif isinstance(thing, Choices):
        value, label, enumeration = thing.value, label or thing.label, type(thing).__name__
    look = look_of(str(value), enumeration)
    return {"tone": look.tone, "icon": look.icon, "label": label or value, "value": value}


@register.simple_block_tag
def notice(content: str, tone: str = "info", title: Text = "") -> str:
    """A box that says how things are; ``tone`` is info, good, mind or stop."""
    return render_to_string("components/notice.html", {"content": content, "tone": tone, "title": title})


@register.simple_block_tag
def next_step(content: str, title: Text, by: date | str | None = None, icon: str = "arrow-right-circle") -> str:
    """The one yellow box of a page: what to do now, ``by`` when."""
    return render_to_string("components/next_step.html", {"content": content, "title": title, "by": by, "icon": icon})


@register.inclusion_tag("components/empty.html")
def empty(
    title: Text, text: Text = "", action_url: str = "", action_label: Text = "", icon: str = "inbox"
) -> dict[str, Any]:
    """Says that there is nothing yet, why, and what to do."""
    return {"title": title, "text": text, "action_url": action_url, "action_label": action_label, "icon": icon}


@register.inclusion_tag("components/stat.html")
def stat(value: Any, label: Text, hint: Text = "", url: str = "", tone: str = "", of: Any = None) -> dict[str, Any]:
    """A number and what it counts, ``of`` how many. Text values (a share, money) are shown as they are."""
    return {"value": value, "label": label, "hint": hint, "url": url, "tone": tone, "of": of}


@register.inclusion_tag("components/timeline.html")
def timeline(steps: Iterable[Any]) -> dict[str, Any]:
    """What has been, what is and what comes: each with title, state (done now later stopped), perhaps when and text."""
    return {"steps": steps}


@register.inclusion_tag("components/history.html")
def history(entries: Iterable[AuditEntry], named: bool = False) -> dict[str, Any]:
    """The audit ``entries`` of an object in words; of several objects each is ``named``."""
    return {"lines": lines_of(entries), "named": named}


# --- Finding one's way ----------------------------------------------------------------------------------------------


@register.inclusion_tag("components/steps.html")
def steps(names: Iterable[Any], current: int) -> dict[str, Any]:
    """A way in steps; ``current`` counts from 1. A name is a text, or a dict with title and url (a way back)."""
    items = [dict(name) if isinstance(name, dict) else {"title": name} for name in names]
    for number, item in enumerate(items, start=1):
        item |= {"number": number, "state": "done" if number < current else "now" if number == current else "later"}
    return {"steps": items, "current": current, "count": len(items), "title": items[current - 1]["title"]}


@register.inclusion_tag("components/tabs.html")
def tabs(items: Iterable[dict[str, Any]], label: Text = "") -> dict[str, Any]:
    """Pages side by side: each with title, url, current and perhaps count."""
    return {"tabs": items, "label": label}


@register.inclusion_tag("components/filter_chips.html", takes_context=True)
def filter_chips(
    context: template.Context, name: str, choices: Iterable[tuple], label: Text = "", everything: Text = ""
) -> dict[str, Any]:
    """Links that set ``name`` in the query string and start over at page one.

    ``choices`` are (value, label) or (value, label, count); the one that takes the filter away is put first.
    """
    query = context["request"].GET
    chosen = query.get(name, "")
    chips = [{"label": everything, "url": _with(query, name, None), "current": not chosen, "count": None}]
    for value, title, *count in choices:
        chips.append(
            {
                "label": title,
                "url": _with(query, name, str(value)),
                "current": str(value) == chosen,
                "count": count[0] if count else None,
            }
        )
    return {"chips": chips, "label": label}


@register.inclusion_tag("components/sort_link.html", takes_context=True)
def sort_link(context: template.Context, name: str, title: Text, default: str = "") -> dict[str, Any]:
    """A column's title that sorts by ``name``, the other way round at the second click; ``default`` is the page's own."""
    query = context["request"].GET
    current = query.get("sort", default)
    state = {name: "up", f"-{name}": "down"}.get(current, "")
    return {"title": title, "state": state, "url": _with(query, "sort", f"-{name}" if state == "up" else name)}


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: template.Context, page: Page) -> dict[str, Any]:
    """Where one is in a long list, and the ways on; the rest of the query string stays."""
    query = context["request"].GET
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    pages = [
        {"number": number, "url": _with(query, "page", str(number), start_over=False), "current": number == page.number}
        if isinstance(number, int)
        else {"gap": True}
        for number in numbers
    ]
    around = {
        "previous": _with(query, "page", str(page.number - 1), start_over=False) if page.has_previous() else "",
        "next": _with(query, "page", str(page.number + 1), start_over=False) if page.has_next() else "",
    }
    return {"page": page, "pages": pages, **around}


@register.simple_block_tag
def table(content: str, caption: Text, cards: bool = True, sticky: bool = False, id: str = "") -> str:  # noqa: A002
    """A table that scrolls inside itself, or turns its rows into cards on a phone."""
    facts = {"content": content, "caption": caption, "cards": cards, "sticky": sticky, "id": id}
    return render_to_string("components/table.html", facts)


def _with(query: QueryDict, name: str, value: str | None, start_over: bool = True) -> str:
    """``query`` with ``name`` set to ``value`` (``None``: without it), as an address of the same page."""
    changed = query.copy()
    if start_over:
        changed.pop("page", None)
    changed.pop(name, None)
    if value is not None:
        changed[name] = value
    return f"?{changed.urlencode()}"


@register.filter
def fault_count(errors: Mapping[str, list]) -> int:
    """How many faults a form's ``errors`` hold, all fields together."""
    return sum(len(faults) for faults in errors.values())


# --- Who may --------------------------------------------------------------------------------------------------------


@register.simple_tag(takes_context=True)
def may(context: template.Context, permission: str, obj: models.Model) -> bool:
    """Whether the page's user holds ``permission`` on ``obj``: ``{% may "event.edit" event as can_edit %}``."""
    return rules.may(context["user"], permission, obj)


@register.inclusion_tag("components/event_rooms.html", takes_context=True)
def event_rooms(context: template.Context, event: Any, room: str = "") -> dict[str, Any]:
    """The rooms of ``event``'s workspace that the page's user may enter, in the order of the work."""
    user = context["user"]
    return {
        "event": event,
        "rooms": [one for one in ROOMS if one.is_in(event) and rules.may(user, one.permission, event)],
        "current": str(room).strip(),
    }


# --- Days, times and numbers ----------------------------------------------------------------------------------------


@register.filter(expects_localtime=True)
def day(value: date | None) -> str:
    """ "12 mars 2019"."""
    return formats.day(value, get_language()) if value else formats.NOTHING


@register.filter(expects_localtime=True)
def weekday(value: date | None) -> str:
    """ "tisdag 22 oktober"."""
    return formats.weekday(value, get_language()) if value else formats.NOTHING


@register.filter(expects_localtime=True)
def short_day(value: date | None) -> str:
    """ "tis 22 okt", with the year when it is not this one: for narrow columns."""
    return formats.short_day(value, get_language(), timezone.localdate().year) if value else formats.NOTHING


@register.filter(expects_localtime=True)
def clock(value: datetime | None) -> str:
    """ "17.30"."""
    return formats.clock(value, get_language()) if value else formats.NOTHING


@register.filter(expects_localtime=True)
def moment(value: datetime | date | str | None) -> str:
    """ "tis 22 okt 17.30", with the year when it is not this one. A date without time is a day; text stays text."""
    if not value:
        return formats.NOTHING
    if isinstance(value, datetime):
        return formats.moment(value, get_language(), timezone.localdate().year)
    return day(value) if isinstance(value, date) else str(value)


@register.simple_tag
def span(start: datetime, end: datetime) -> str:
    """ "tis 22 okt 17.30–20.00"."""
    start, end = timezone.localtime(start), timezone.localtime(end)
    return formats.span(start, end, get_language(), timezone.localdate().year)


@register.filter
def number(value: int | float | Decimal | None, decimals: int | None = None) -> str:
    """ "16 310"."""
    return formats.NOTHING if value is None or value == "" else formats.number(value, get_language(), decimals)


@register.filter
def number_or_text(value: Any) -> Any:
    """Numbers as ``number`` writes them, anything else as it is."""
    return number(value) if isinstance(value, int | float | Decimal) else value


@register.filter
def percent(value: float | Decimal | None, decimals: int = 1) -> str:
    """0.7606 is "76,1 %"."""
    return formats.NOTHING if value is None or value == "" else formats.percent(value, get_language(), decimals)


@register.filter
def kronor(ore: int | None) -> str:
    """1217000 öre is "12 170 kr"."""
    return formats.NOTHING if ore is None or ore == "" else formats.kronor(ore, get_language())


@register.filter
def hundredths(amount: int | None) -> str:
    """1217000 is "12 170,00": for ledgers, where decimals stand under each other, and for other currencies."""
    return (
        formats.NOTHING if amount is None or amount == "" else formats.number(Decimal(amount) / 100, get_language(), 2)
    )


@register.simple_tag
def once_token() -> str:
    """A fresh token for one drawing of a form (``events.once.guard.makes_once``)."""
    return str(uuid.uuid4())
