"""How allauth behaves in this house."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import get_random_string


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in by code only; nobody has a password."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts come to be at the first sign-in (see SignInForm), never through a sign-up page of their own."""
        return False

    def generate_login_code(self) -> str:
        """Six digits: typed on a phone, valid for 15 minutes and three tries."""
        return get_random_string(6, "0123456789")

    def get_from_email(self) -> str:
        return settings.DEFAULT_FROM_EMAIL


class MunicipalSignInAdapter(DefaultSocialAccountAdapter):
    """Sign-in through a municipality's own directory (OIDC_…)."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Whoever the directory vouches for gets an account at the first sign-in; roles are given by people here."""
        return True
