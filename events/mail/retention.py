"""How long it is remembered that a mail was sent."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from events.mail.services import erase_letters
from events.retention.rules import Rule

LETTERS = Rule(
    code="letters",
    what=_("Mails that Torget sends"),
    why=_("To send them again when a mail server is down."),
    keep=timedelta(days=90),
    since=_("after the mail was written"),
    then=_("The text is erased before that, as soon as the mail is sent."),
    erase=lambda before, limit: erase_letters(before=before, limit=limit),
)
