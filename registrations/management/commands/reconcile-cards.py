"""``manage.py reconcile-cards``: compare card payments with Stripe; a timer starts it every night."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from stripe import StripeError

from registrations.cards.client import is_set_up
from registrations.cards.reconciling import reconcile


class Command(BaseCommand):
    help = "Compare the card payments of the last days with Stripe and list what differs on the page Card payments."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--days", type=int, default=4, help="how far back to look (4)")

    def handle(self, *args: Any, **options: Any) -> None:
        if not is_set_up():
            self.stdout.write("No cards are set up: nothing to compare.")
            return
        now = timezone.now()
        try:
            found = reconcile(at=now, since=now - timedelta(days=options["days"]))
        except StripeError as error:
            raise CommandError("Stripe does not answer; the next night's run looks as far back.") from error
        self.stdout.write(f"{found} new differences.")
