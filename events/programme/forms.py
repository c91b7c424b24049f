"""The form of an event, with a new venue and a new issuer in the same go."""

import re
from collections import defaultdict
from typing import Any, cast

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from stdnum.exceptions import ValidationError as NumberFault
from stdnum.se import orgnr

from events.moments import MomentField
from events.municipalities.models import Area
from events.plan.models import Activity
from events.programme.models import Event, EventState, Issuer
from events.programme.queries import free_slug
from events.programme.services import EventDetails, IssuerDetails
from events.venue.forms import clean_postal_code
from events.venue.models import Venue
from events.venue.services import VenueDetails
from events.versions import VersionField

VENUE_FIELDS = ("name", "street", "postal_code", "city", "accessibility")
ISSUER_FIELDS = ("name", "organisation_number", "contact_email")


class ChosenOrAdded(forms.ModelChoiceField):
    """One must be chosen, or a new one added beside it: the form as a whole sees to that."""

    def validate(self, value: Any) -> None:
        """Empty is not wrong yet."""


class NeededWhenAdded(forms.CharField):
    """A part of what is added: it may be empty only where nothing is added, and the form as a whole sees to that."""

    def validate(self, value: Any) -> None:
        """Empty is not wrong yet."""


class EventForm(forms.ModelForm):
    """What the organiser decides about an event of ``area``. ``details()`` is what the services want.

    The instance is only read: give it a copy, or an unsaved event with what is to stand in the fields.
    """

    slug = forms.CharField(
        label=_("Address"),
        max_length=60,
        required=False,
        help_text=_("The last part of the page's address, such as b2b-2027. Leave empty and it is made from the name."),
        error_messages={"unique": _("Another event already has that address.")},
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
    )
    starts_at = MomentField(label=_("Starts"))
    ends_at = MomentField(label=_("Ends"))
    registration_opens_at = MomentField(label=_("Registration opens"))
    registration_closes_at = MomentField(label=_("Registration closes"))
    new_venue_name = NeededWhenAdded(label=_("The venue's name"), max_length=120)
    new_venue_street = NeededWhenAdded(label=_("Street address"), max_length=120)
    new_venue_postal_code = NeededWhenAdded(label=_("Postal code"), max_length=6)
    new_venue_city = NeededWhenAdded(label=_("Town"), max_length=60)
    new_venue_accessibility = forms.CharField(
        label=_("Accessibility of the place"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        help_text=Venue._meta.get_field("accessibility").help_text,
    )
    new_issuer_name = NeededWhenAdded(label=_("The issuer's name"), max_length=120)
    new_issuer_organisation_number = forms.CharField(label=_("Organisation number"), max_length=13, required=False)
    new_issuer_contact_email = forms.EmailField(label=_("E-mail for questions about personal data"), required=False)
    version = VersionField(required=False)

    class Meta:
        model = Event
        fields = [
            "activity",
            "kind",
            "name",
            "name_en",
            "slug",
            "summary",
            "summary_en",
            "description",
            "venue",
            "starts_at",
            "ends_at",
            "registration_opens_at",
            "registration_closes_at",
            "capacity",
            "visitor_capacity",
            "issuer",
            "contact_email",
        ]
        widgets = {
            "summary": forms.Textarea(attrs={"rows": 2}),
            "summary_en": forms.Textarea(attrs={"rows": 2}),
            "description": forms.Textarea(attrs={"rows": 8}),
        }
        field_classes = {"venue": ChosenOrAdded, "issuer": ChosenOrAdded}

    def __init__(self, *args: Any, area: Area, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.area = area
        self.fields["version"].initial = self.instance.version
        self.fields["venue"].queryset = Venue.objects.alphabetical()
        self.fields["issuer"].queryset = Issuer.objects.order_by("name")
        for name in ("venue", "issuer"):
            self.fields[name].empty_label = _("Choose, or add a new one below")
        self.fields["capacity"].help_text = _(
            "At an evening for pupils: how many companies receive them. The pupils' places stand in its programme."
        )
        self.fields["activity"].queryset = Activity.objects.filter(plan__area=area)
        self.fields["activity"].choices = self._activities()
        if self.instance.pk and self.instance.state != EventState.DRAFT:
            self.fields["slug"].disabled = True
            self.fields["slug"].help_text = _("The address is known by now, so it stays.")

    def _get_validation_exclusions(self) -> set[str]:
        """Venue and issuer may be new, and are then not there yet for the model to check."""
        return super()._get_validation_exclusions() | {"venue", "issuer"}

    def _activities(self) -> list[tuple]:
        """The area's activities under their years, the latest year first."""
        by_year: dict[int, list[tuple[int, str]]] = defaultdict(list)
        for activity in self.fields["activity"].queryset.order_by("-year", "position", "pk"):
            by_year[activity.year].append((activity.pk, activity.title))
        return [("", _("No activity")), *((str(year), choices) for year, choices in by_year.items())]

    @property
    def adds_venue(self) -> bool:
        """Whether something was typed about a new venue: its fields then stand open."""
        return any(self.data.get(f"new_venue_{name}", "").strip() for name in VENUE_FIELDS)

    @property
    def adds_issuer(self) -> bool:
        return any(self.data.get(f"new_issuer_{name}", "").strip() for name in ISSUER_FIELDS)

    def clean_slug(self) -> str:
        slug = self.cleaned_data["slug"].lower()
        if not re.fullmatch(r"[a-z0-9_-]*", slug):
            hint = slugify(slug)
            text = _("Only a–z, digits and hyphens: %(hint)s would do.") if hint else _("Only a–z, digits and hyphens.")
            raise forms.ValidationError(text, code="invalid", params={"hint": hint})
        return slug

    def clean_new_venue_postal_code(self) -> str:
        return clean_postal_code(self.cleaned_data["new_venue_postal_code"])

    def clean_new_issuer_organisation_number(self) -> str:
        number = self.cleaned_data["new_issuer_organisation_number"]
        if not number:
            return ""
        try:
            return orgnr.format(orgnr.validate(number))
        except NumberFault as fault:
            raise forms.ValidationError(
                _("That is no organisation number: ten digits, of which the last is a check digit."), code="orgnr"
            ) from fault

    def clean(self) -> dict[str, Any]:
        cleaned = cast(dict[str, Any], super().clean())
        self._check_order("starts_at", "ends_at", _("The event must end after it starts."))
        self._check_order(
            "registration_opens_at", "registration_closes_at", _("Registration must close after it opens.")
        )
        self._check_order("registration_opens_at", "ends_at", _("Registration must open before the event ends."), 0)
        self._check_either("venue", self.adds_venue, ("name", "street", "postal_code", "city"))
        self._check_either("issuer", self.adds_issuer, ("name",))
        if not cleaned.get("slug") and "slug" not in self.errors and cleaned.get("name") and cleaned.get("starts_at"):
            cleaned["slug"] = free_slug(cleaned["name"], cleaned["starts_at"])
        return cleaned

    def _check_order(self, first: str, second: str, text: Any, blame: int = 1) -> None:
        """``second`` must come after ``first``; the fault is shown at the one that ``blame`` picks (0 or 1)."""
        earlier, later = self.cleaned_data.get(first), self.cleaned_data.get(second)
        if earlier and later and later <= earlier:
            self.add_error((first, second)[blame], forms.ValidationError(text, code="order"))

    def _check_either(self, field: str, adds: bool, needed: tuple[str, ...]) -> None:
        """One that is chosen or one that is added: not both, not neither."""
        if field in self.errors:
            return
        chosen = self.cleaned_data.get(field)
        if chosen and adds:
            text = _("Choose one in the list or add a new one, not both.")
            self.add_error(field, forms.ValidationError(text, code="both"))
        elif not chosen and not adds:
            text = _("Choose one in the list, or add a new one below it.")
            self.add_error(field, forms.ValidationError(text, code="required"))
        elif adds:
            for name in needed:
                if not self.cleaned_data.get(f"new_{field}_{name}") and f"new_{field}_{name}" not in self.errors:
                    text = self.fields[f"new_{field}_{name}"].error_messages["required"]
                    self.add_error(f"new_{field}_{name}", forms.ValidationError(text, code="required"))

    def details(self) -> EventDetails:
        """The valid form as the services take it."""
        values = {name: self.cleaned_data[name] for name in self.Meta.fields}
        values["venue"] = values["venue"] or VenueDetails(**self._new("venue", VENUE_FIELDS))
        values["issuer"] = values["issuer"] or IssuerDetails(**self._new("issuer", ISSUER_FIELDS))
        return EventDetails(**values)

    def _new(self, kind: str, fields: tuple[str, ...]) -> dict[str, str]:
        return {name: self.cleaned_data[f"new_{kind}_{name}"] for name in fields}
