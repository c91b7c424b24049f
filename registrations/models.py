"""Gathers the subjects' models for Django; look for a model in its subject's folder."""

from registrations.checkin.models import Gate, Scan
from registrations.exhibitors.models import Exhibitor, StandStaff
from registrations.organisations.models import Membership, Organisation
from registrations.tickets.models import Ticket
from registrations.visitors.models import Visitor

__all__ = ["Exhibitor", "Gate", "Membership", "Organisation", "Scan", "StandStaff", "Ticket", "Visitor"]
