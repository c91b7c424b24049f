"""Forms about people."""

from typing import Any

from allauth.account.forms import RequestLoginCodeForm
from allauth.account.models import EmailAddress
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _

from events.access.models import Role, User
from events.access.services import get_or_create_user


class SignInForm(RequestLoginCodeForm):
    """Asks for an address and sends a code to it, known or not.

    A first-timer's account is made here and proven by the code, so that signing in and signing up are one step and
    the page tells nobody which addresses are known. Accounts that were never proven are swept away (``tend``).
    """

    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "autofocus": True}),
    )

    def clean_email(self) -> str:
        email = super().clean_email()
        if email and self._user is None and not User.objects.filter(email__iexact=email).exists():
            self._user = get_or_create_user(email)
        if self._user is not None and self._user.email == email.lower():
            # The code proves this row; without it a second code would be asked for.
            EmailAddress.objects.get_or_create(user=self._user, email=self._user.email, defaults={"primary": True})
        return email


class PasskeyForm(AddWebAuthnForm):
    """The library's form with a label that can be translated."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name")


class PasskeyNameForm(EditWebAuthnForm):
    """The library's form with a label that can be translated."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name")


class ProfileForm(forms.ModelForm):
    """A person's own name and language."""

    marks_optional = False
    language = forms.ChoiceField(
        label=_("Language"),
        choices=[("sv", _("Swedish")), ("en", _("English"))],
        widget=forms.RadioSelect,
        help_text=_("The language of the pages and of the mails that you get."),
    )

    class Meta:
        model = User
        fields = ["name", "language"]
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "name"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.initial.get("language"):
            self.initial["language"] = "sv"


class GrantForm(forms.Form):
    """Gives somebody a role on an event."""

    email = forms.EmailField(label=_("E-mail"), max_length=254)
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
