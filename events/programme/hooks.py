"""Where the higher apps hang their pieces on the pages of events; the imports still run one way.

Registered once, in an app's ``ready()``::

    def ready(self):
        from events.programme import hooks
        from registrations.exhibitors import pieces

        hooks.event_page_sections.register(pieces.confirmed_exhibitors, order=10)

Providers are called in ``order`` (lower first; those with the same order as they came). A provider that has nothing
to say answers ``""`` or ``[]``. It checks itself what ``user`` or ``request.user`` may see.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, NamedTuple, TypeVar

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.safestring import SafeString

from events.access.models import User
from events.plan.models import Activity
from events.programme.models import Event

Provider = TypeVar("Provider", bound=Callable)


class Hook(Generic[Provider]):
    """An ordered list of providers; iterating gives them in their order."""

    def __init__(self) -> None:
        self._providers: list[tuple[int, Provider]] = []

    def register(self, provider: Provider, *, order: int = 100) -> Provider:
        """Add ``provider``, once however often it is said; gives it back."""
        if provider not in self:
            self._providers.append((order, provider))
            self._providers.sort(key=lambda pair: pair[0])
        return provider

    def unregister(self, provider: Provider) -> None:
        """Take ``provider`` away again; for tests."""
        self._providers = [pair for pair in self._providers if pair[1] is not provider]

    def __iter__(self) -> Iterator[Provider]:
        return iter([provider for _order, provider in self._providers])

    def __contains__(self, provider: object) -> bool:
        return any(known is provider for _order, known in self._providers)


class Number(NamedTuple):
    """One of the overview's numbers. ``url=""`` for somebody who may not open the list behind it.

    ``hint`` is a few words under the number; ``of`` what it is out of (a capacity), or ``None``.
    """

    label: str | Promise
    value: int
    url: str = ""
    hint: str | Promise = ""
    of: int | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """Something that waits for ``user``: ``text`` in the plural that fits ``count`` ("applications to decide on")."""

    text: str | Promise
    count: int
    url: str


# A section of the public event page, rendered: a whole ``<section class="section">`` with its own h2, or "".
event_page_sections: Hook[Callable[[Event, HttpRequest], SafeString | str]] = Hook()

# Numbers for the top of an event's overview, the most telling first: (event, user).
overview_numbers: Hook[Callable[[Event, User], list[Number]]] = Hook()

# What waits for a decision of ``user`` on an event; nothing with a count of 0: (event, user).
waiting_decisions: Hook[Callable[[Event, User], list[Decision]]] = Hook()

# A section of somebody's own page (/me/), rendered like ``event_page_sections``: (user, request).
home_sections: Hook[Callable[[User, HttpRequest], SafeString | str]] = Hook()


# Writes to those who had registered when an event is cancelled, inside the transaction: (event, by, at).
when_cancelled: Hook[Callable[[Event, User, datetime], None]] = Hook()

# Gives a new event what belongs to the one it was copied from, inside the transaction: (earlier, event, by, at).
when_copied: Hook[Callable[[Event, Event, User, datetime], object]] = Hook()

# How many have registered, so that the event can no longer vanish from under them: (event).
registered: Hook[Callable[[Event], int]] = Hook()


class Step(NamedTuple):
    """Somebody's next step for the yellow box on /me/. ``by`` is an aware moment or ``None``.

    Of all that are given the one with the nearest ``by`` is shown (those without come last), the others as a list.
    """

    title: str | Promise
    text: str | Promise
    url: str
    action: str | Promise
    by: datetime | None = None


# What ``user`` should do next: (user, request).
next_steps: Hook[Callable[[User, HttpRequest], list[Step]]] = Hook()

# A section of an activity's page in the plan (its figures, say), rendered like the others: (activity, request).
activity_sections: Hook[Callable[[Activity, HttpRequest], SafeString | str]] = Hook()


class Stage(NamedTuple):
    """A step on an event's line of time that the higher apps know of (a survey, the follow-up).

    ``when`` is an aware moment or ``None``; ``done`` whether it lies behind us. ``whole_day``: nobody promised an hour.
    """

    title: str | Promise
    done: bool
    when: datetime | None = None
    text: str | Promise = ""
    whole_day: bool = False

    @property
    def shown(self) -> datetime | date | None:
        """When it is, as one says it: a moment, or only the day (Stockholm)."""
        return timezone.localdate(self.when) if self.when and self.whole_day else self.when


# Steps with a day of their own that stand among registration and the day itself: (event, at). Each has ``when``.
dated_stages: Hook[Callable[[Event, datetime], list[Stage]]] = Hook()

# What follows the day on the overview's line of time: (event, at). Without providers: survey and follow-up, undated.
later_stages: Hook[Callable[[Event, datetime], list[Stage]]] = Hook()
