"""The rule, a new proposal, what is decided by hand, and the day to answer by."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.timezone import localdate, make_aware
from django.utils.translation import gettext_lazy as _

from events.look.widgets import DayInput
from events.municipalities.models import Municipality
from events.nights.models import FirstAim, Night, ShareBasis, Wave
from events.versions import VersionField
from registrations.allocation.bases import latest_counts, year_of
from registrations.allocation.ground import Counts

MOST = 5_000_000
COLUMNS = (("population", _("Inhabitants")), ("cohort", _("Pupils in the age group")))


class RuleForm(forms.ModelForm):
    """The rule of a night, and the municipalities' numbers of one year (its own: that of the evening)."""

    version = VersionField()
    share_basis = forms.ChoiceField(
        label=_("A municipality's fair share follows"), choices=ShareBasis, widget=forms.RadioSelect
    )
    first_aim = forms.ChoiceField(label=_("What comes first"), choices=FirstAim, widget=forms.RadioSelect)
    year = forms.IntegerField(label=_("Year of the numbers"), min_value=2000, max_value=2100)
    source = forms.CharField(
        label=_("Source of the numbers that you change"),
        max_length=120,
        required=False,
        help_text=_("Such as Statistics Sweden, 31 December 2026."),
    )

    class Meta:
        model = Night
        fields = ["share_basis", "first_aim", "places"]

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        night = self.instance
        self.initial.setdefault("version", night.version)
        self.initial.setdefault("year", year_of(night))
        self.latest = latest_counts(year_of(night))
        self.municipalities = list(Municipality.objects.alphabetical())
        for row in self.municipalities:
            known = self.latest.get(row.code)
            for name, label in COLUMNS:
                self.fields[f"{name}_{row.code}"] = forms.IntegerField(
                    label=f"{row.name}: {label}",
                    required=False,
                    min_value=0,
                    max_value=MOST,
                    initial=getattr(known, name, None),
                )

    def lines(self) -> list[dict[str, Any]]:
        """The table of numbers: municipality, what is stored, and the two fields with the titles of their columns."""
        return [
            {
                "municipality": row,
                "count": self.latest.get(row.code),
                "fields": [{"title": title, "field": self[f"{name}_{row.code}"]} for name, title in COLUMNS],
            }
            for row in self.municipalities
        ]

    def sources(self) -> list[str]:
        """Where the numbers that are shown come from, such as "2026, Statistics Sweden"."""
        found = {(row.year, row.source) for row in self.latest.values()}
        return [f"{year}, {source}" if source else str(year) for year, source in sorted(found)]

    def details(self) -> dict[str, Any]:
        data = self.cleaned_data
        changed = {name.rpartition("_")[2] for name in self.changed_data if name.startswith(("population_", "cohort_"))}
        return {
            "share_basis": ShareBasis(data["share_basis"]),
            "first_aim": FirstAim(data["first_aim"]),
            "places": data["places"],
            "year": data["year"],
            "source": data["source"],
            "counts": {code: Counts(data[f"population_{code}"], data[f"cohort_{code}"]) for code in sorted(changed)},
            "seen": data["version"],
        }


class AskForm(forms.Form):
    """How long a proposal may take."""

    SECONDS = (
        (15, _("15 seconds: a first look")),
        (60, _("1 minute: usually enough")),
        (180, _("3 minutes: as good as it gets")),
    )

    seconds = forms.TypedChoiceField(
        label=_("How long may it take?"), choices=SECONDS, coerce=int, initial=60, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("A note to yourselves"),
        max_length=200,
        required=False,
        help_text=_("What you try, such as: municipalities first."),
    )
    seed = forms.IntegerField(
        label=_("Seed"),
        min_value=1,
        max_value=1_000_000,
        initial=1,
        help_text=_("Between two solutions that are equally good, another seed may choose the other."),
    )


class HandForm(forms.Form):
    """A place for certain, or none, with a why."""

    decision = forms.ChoiceField(label=_("What the class gets"), widget=forms.RadioSelect)
    note = forms.CharField(label=_("Why"), max_length=300, help_text=_("Colleagues see it; the school does not."))

    def __init__(self, *args: Any, night: Night, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.waves = {f"wave-{wave.pk}": wave for wave in Wave.objects.filter(night=night).in_order()}
        self.fields["decision"].choices = [
            ("any", _("Always a place, at any time that suits it")),
            *((key, _("Always a place: %(wave)s") % {"wave": wave.name}) for key, wave in self.waves.items()),
            ("none", _("No place")),
        ]

    def details(self) -> dict[str, Any]:
        chosen = self.cleaned_data["decision"]
        return {
            "gets_a_place": chosen != "none",
            "wave": self.waves.get(chosen),
            "note": self.cleaned_data["note"],
        }


class PublishForm(forms.Form):
    """Until when schools may answer: the whole of that day."""

    answer_by = forms.DateField(
        label=_("Schools answer by"), widget=DayInput, help_text=_("The whole of that day counts.")
    )

    def moment(self) -> datetime:
        return end_of(self.cleaned_data["answer_by"])


def end_of(day: date) -> datetime:
    """The last minute of ``day`` in Sweden, aware."""
    return make_aware(datetime.combine(day, time(23, 59)))


def usual_answer_by(night: Night, at: datetime) -> date:
    """A week to answer, but before the evening."""
    latest = localdate(night.event.starts_at) - timedelta(days=1)
    return min(localdate(at) + timedelta(days=7), latest)
