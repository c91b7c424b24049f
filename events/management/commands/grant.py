"""``manage.py grant EMAIL ROLE --area SLUG | --event SLUG``: the operator gives the first roles."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from events.access.models import Role
from events.access.services import AlreadyGranted, grant_role
from events.models import Area, Event


class Command(BaseCommand):
    help = "Give a person a role on an area or an event. The area is made when it is new and --area-name is given."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("role", choices=Role.values)
        scope = parser.add_mutually_exclusive_group(required=True)
        scope.add_argument("--area", help="slug of the area")
        scope.add_argument("--event", help="slug of the event")
        parser.add_argument("--area-name", help="name of an area that is to be made")

    def handle(self, *args: Any, **options: Any) -> None:
        scope: dict[str, Any] = {}
        if options["area"] and options["area_name"]:
            scope["area"], _ = Area.objects.get_or_create(slug=options["area"], defaults={"name": options["area_name"]})
        elif options["area"]:
            scope["area"] = self._get(Area, options["area"])
        else:
            scope["event"] = self._get(Event, options["event"])
        try:
            grant_role(email=options["email"], role=Role(options["role"]), by=None, at=timezone.now(), **scope)
        except AlreadyGranted as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{options['email']} is now {options['role']} of {options['area'] or options['event']}.")

    @staticmethod
    def _get(model: Any, slug: str) -> Any:
        try:
            return model.objects.get(slug=slug)
        except model.DoesNotExist as missing:
            raise CommandError(f"There is no {model._meta.verbose_name} {slug}.") from missing
