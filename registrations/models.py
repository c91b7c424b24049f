"""Gathers the subjects' models for Django; look for a model in its subject's folder."""

from registrations.allocation.models import HandPlacing, HostList, Proposal, Team, Visit
from registrations.bookings.models import (
    Booking,
    BookingPerson,
    ChangeRequest,
    SchoolClass,
    SubstituteLink,
    Wish,
)
from registrations.checkin.models import Gate, Scan
from registrations.exhibitors.models import Exhibitor, StandStaff
from registrations.organisations.models import Membership, Organisation
from registrations.schools.models import School, SchoolChange
from registrations.stations.models import ClosedRound, Station
from registrations.tickets.models import Ticket
from registrations.visitors.models import Visitor

__all__ = [
    "Booking",
    "BookingPerson",
    "ChangeRequest",
    "ClosedRound",
    "Exhibitor",
    "Gate",
    "HandPlacing",
    "HostList",
    "Membership",
    "Organisation",
    "Proposal",
    "Scan",
    "School",
    "SchoolChange",
    "SchoolClass",
    "StandStaff",
    "Station",
    "SubstituteLink",
    "Team",
    "Ticket",
    "Visit",
    "Visitor",
    "Wish",
]
