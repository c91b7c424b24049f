"""A company's wishes, a new proposal, a move by hand, and until when an offer stands."""

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.look.widgets import DayInput
from events.programme.models import Event
from events.versions import VersionField
from registrations.allocation.forms import AskForm, end_of
from registrations.exhibitors.models import Exhibitor
from registrations.exhibitors.queries import confirmed
from registrations.placement.models import Nearness, StandProposal, StandWish
from registrations.placement.wishes import MOST, neighbours_of
from registrations.stands.models import Stand

OFFER_DAYS = 3


class WishForm(forms.Form):
    """Everything that a company can wish for, on one page."""

    power_w = forms.TypedChoiceField(
        label=gettext_lazy("Power that you need"), coerce=int, empty_value=None, required=False
    )
    corner = forms.BooleanField(label=gettext_lazy("A corner, open on two sides"), required=False)
    entrance = forms.BooleanField(label=gettext_lazy("Near the entrance"), required=False)
    apart_from_field = forms.BooleanField(
        label=gettext_lazy("Not beside others in our line of business"), required=False
    )
    version = VersionField()

    def __init__(self, *args: Any, exhibitor: Exhibitor, wish: StandWish | None, package_w: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.exhibitor = exhibitor
        others = [(row.pk, row.organisation.name) for row in confirmed(exhibitor.event) if row.pk != exhibitor.pk]
        named = neighbours_of(exhibitor)
        for kind, label in ((Nearness.NEAR, _("Beside")), (Nearness.APART, _("Not beside"))):
            for place in range(MOST):
                before = named[kind][place] if place < len(named[kind]) else None
                self.fields[f"{kind.value}_{place}"] = forms.TypedChoiceField(
                    label=_("%(label)s, company %(n)s") % {"label": label, "n": place + 1},
                    choices=[("", "–"), *others],
                    coerce=int,
                    empty_value=None,
                    required=False,
                    initial=before,
                )
        watts = Stand.objects.for_event(exhibitor.event).filter(power_w__gt=package_w)
        usual = _("What is in the package (%(w)s W)") % {"w": package_w} if package_w else _("What the stand has")
        more = set(watts.values_list("power_w", flat=True))
        if wish is not None and wish.power_w:
            more.add(wish.power_w)  # also when no stand has so much any more
        self.fields["power_w"].choices = [("", usual), *((w, f"{w} W") for w in sorted(more))]
        if wish is not None:
            for name in ("power_w", "corner", "entrance", "apart_from_field", "version"):
                self.initial.setdefault(name, getattr(wish, name))
        self.initial.setdefault("version", 1)

    def fields_of(self, kind: str) -> list[Any]:
        return [self[f"{kind}_{place}"] for place in range(MOST)]

    @property
    def near_fields(self) -> list[Any]:
        return self.fields_of(Nearness.NEAR)

    @property
    def apart_fields(self) -> list[Any]:
        return self.fields_of(Nearness.APART)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        near, apart = self.named(Nearness.NEAR), self.named(Nearness.APART)
        for pk in sorted({*near} & {*apart}):
            place = apart.index(pk)
            self.add_error(
                f"{Nearness.APART}_{place}", _("You have named the same company as one that you want beside you.")
            )
        return cleaned

    def named(self, kind: str) -> list[int]:
        """The companies that were chosen, each once."""
        chosen = (self.cleaned_data.get(f"{kind}_{place}") for place in range(MOST))
        return list(dict.fromkeys(pk for pk in chosen if pk))

    def details(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "power_w": data["power_w"],
            "corner": data["corner"],
            "entrance": data["entrance"],
            "apart_from_field": data["apart_from_field"],
            "near": self.named(Nearness.NEAR),
            "apart": self.named(Nearness.APART),
            "seen": data["version"],
        }


class StandAskForm(AskForm):
    """How long a proposal for the stands may take, no longer than the settings say; ``keep`` is an earlier proposal."""

    keep = forms.IntegerField(required=False, min_value=1, max_value=100_000, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["seconds"]
        within = [choice for choice in self.SECONDS if choice[0] <= settings.STANDS_MOST_SECONDS]
        field.choices = within or self.SECONDS[:1]
        field.initial = min(60, field.choices[-1][0])
        self.fields["note"].help_text = _("What you try, such as: with the east row blocked.")


class MoveForm(forms.Form):
    """Which exhibitor goes to which stand."""

    exhibitor = forms.ChoiceField(label=gettext_lazy("Exhibitor"))
    stand = forms.ChoiceField(label=gettext_lazy("To the stand"), required=False)

    def __init__(
        self,
        *args: Any,
        proposal: StandProposal,
        exhibitors: list[tuple[str, str]],
        companies: dict[str, str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        given = {proposal.arrangement[ident] for ident in proposal.instance["given"] if ident in proposal.arrangement}
        self.fields["exhibitor"].choices = exhibitors
        self.fields["stand"].choices = [
            *(
                (row["id"], f"{row['number']}: {companies.get(row['id'], _('free'))}, {row['size']} m²")
                for row in proposal.instance["stands"]
                if row["id"] not in given
            ),
            ("", _("No stand")),
        ]


class OfferForm(forms.Form):
    """Until when an offer stands: the whole of that day."""

    until = forms.DateField(label=gettext_lazy("Answer by"), widget=DayInput)

    def moment(self) -> datetime:
        return end_of(self.cleaned_data["until"])


def usual_until(event: Event, at: datetime) -> date:
    """Some days to answer, but before the event."""
    return min(localdate(at) + timedelta(days=OFFER_DAYS), localdate(event.starts_at) - timedelta(days=1))
