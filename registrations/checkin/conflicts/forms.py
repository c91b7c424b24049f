"""What the desk says of a conflict."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from registrations.checkin.conflicts.explaining import Explained
from registrations.checkin.models import Scan

SHORTEST = 3


class SettleForm(forms.Form):
    """A note, and perhaps the scan that was a mistake. ``mistake()`` is that scan."""

    marks_optional = False

    mistake_nonce = forms.ChoiceField(label=_("Was one of them a mistake?"), required=False, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("What you found out"),
        min_length=SHORTEST,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Such as: the same person was scanned twice. It stays with the conflict."),
    )

    def __init__(self, explained: Explained, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.sights = {
            str(sight.scan.nonce): sight for sight in explained.sights if not sight.undone and sight.scan.let_in
        }
        field = self.fields["mistake_nonce"]
        field.initial = ""
        field.choices = [("", _("No, all of it happened: nothing is changed"))] + [
            (nonce, _("Undo %(time)s at %(gate)s (%(who)s)") % self._facts(sight))
            for nonce, sight in self.sights.items()
        ]
        if not self.sights:
            del self.fields["mistake_nonce"]

    @staticmethod
    def _facts(sight: Any) -> dict[str, str]:
        return {"time": sight.time, "gate": sight.scan.gate.name, "who": sight.who}

    def mistake(self) -> Scan | None:
        sight = self.sights.get(self.cleaned_data.get("mistake_nonce", ""))
        return sight.scan if sight else None
