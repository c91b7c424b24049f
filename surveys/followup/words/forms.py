"""The form of one part's words."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from surveys.followup.words.queries import Piece

LONGEST = 10_000


class WordsForm(forms.Form):
    """One part's text and the version that it was written upon (0: nobody has written yet)."""

    marks_optional = False
    text = forms.CharField(
        label=_("Text"), required=False, max_length=LONGEST, strip=True, widget=forms.Textarea(attrs={"rows": 8})
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    def __init__(self, *args: Any, piece: Piece, typed: str | None = None, **kwargs: Any) -> None:
        """``typed``: what was typed and not saved, in place of what stands."""
        super().__init__(*args, **kwargs)
        self.fields["text"].initial = piece.text if typed is None else typed
        self.fields["text"].label = piece.title
        self.fields["version"].initial = piece.version
        for name in ("text", "version"):  # several parts can be open on one page
            self.fields[name].widget.attrs["id"] = f"id_{piece.anchor}-{name}"
