"""The invented people of the demo and what they are."""

from datetime import datetime

from config.demo.files import toml
from events.access.models import Grant, Role, User
from events.access.services import verify_address
from events.municipalities.models import Area
from registrations.organisations.models import Membership, MembershipRole, MembershipState, Organisation


def add_people(area: Area, at: datetime) -> dict[str, User]:
    """Everybody of people.toml who signs in, by role; the organisers and readers of ``area`` get their roles."""
    people = {}
    for person in toml("people.toml")["people"]:
        user = User.objects.create_user(person["email"], person["name"], language=person["language"], joined_at=at)
        verify_address(user)
        people[person["role"]] = user
        if person["role"] in Role.values:
            Grant.objects.create(user=user, role=person["role"], area=area, granted_at=at)
    return people


def join_companies(people: dict[str, User], at: datetime) -> None:
    """The owner and the colleague take up their roles once the companies are there."""
    for person in toml("people.toml")["people"]:
        if "organisation_number" in person:
            company = Organisation.objects.get(organisation_number=person["organisation_number"].replace("-", ""))
            Membership.objects.create(
                organisation=company,
                user=people[person["role"]],
                role=MembershipRole(person["role"]),
                state=MembershipState.ACTIVE,
                asked_at=at,
            )
