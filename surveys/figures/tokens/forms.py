"""The form of a token."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from events.look.widgets import DayInput
from events.municipalities.models import Area
from events.programme.models import Event
from surveys.figures.tokens.models import FigureToken

USUAL = timedelta(days=180)
EVENT, AREA = "event", "area"


class TokenForm(forms.ModelForm):
    """A token for ``event``, or for its ``area`` where whoever fills it in may make one (otherwise ``None``).

    ``today`` in Stockholm. ``details()`` is what the service wants.
    """

    scope = forms.ChoiceField(label=_("What it reads"), widget=forms.RadioSelect, initial=EVENT)
    field_order = ["name", "scope", "ends_on"]

    class Meta:
        model = FigureToken
        fields = ["name", "ends_on"]
        widgets = {"ends_on": DayInput}

    def __init__(self, *args: Any, event: Event, area: Area | None, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.event, self.area = event, area
        self.fields["ends_on"].initial = today + USUAL
        self.fields["scope"].choices = [(EVENT, _("The figures of %(event)s") % {"event": event.title})]
        if area:
            self.fields["scope"].choices += [
                (AREA, _("The figures of all events in %(area)s, later ones too") % {"area": area})
            ]

    def details(self) -> dict[str, Any]:
        given = self.cleaned_data
        reads = self.area if given["scope"] == AREA else self.event
        return {"reads": reads, "name": given["name"], "ends_on": given["ends_on"]}
