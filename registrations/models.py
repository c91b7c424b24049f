"""Gathers the subjects' models for Django; look for a model in its subject's folder."""

from registrations.allocation.models import HandPlacing, HostLetter, HostList, Proposal, Team, Visit
from registrations.bank.models import BankEntry, BankFile
from registrations.bookings.models import (
    Booking,
    BookingPerson,
    ChangeRequest,
    SchoolClass,
    SubstituteLink,
    Wish,
)
from registrations.cards.models import CardEvent, Checkout, Difference, Refund
from registrations.checkin.conflicts.models import Conflict
from registrations.checkin.devices.models import Device, Pairing
from registrations.checkin.lists.models import ListEntry
from registrations.checkin.models import DoorSettings, Gate, Presence, Scan
from registrations.documents.models import Document
from registrations.exhibitors.models import Exhibitor, StandStaff
from registrations.invoices.models import Biller, Invoice, Reminder, Series
from registrations.orders.models import Order, OrderAddOn, OrderLine, Terms
from registrations.organisations.models import Membership, Organisation
from registrations.packages.models import AddOn, Discount, Package
from registrations.payments.models import Payment
from registrations.placement.models import NeighbourWish, StandOffer, StandProposal, StandWish
from registrations.schools.models import School, SchoolChange
from registrations.stands.models import Hall, Stand, StandHold, StandPlacing, StandSettings
from registrations.stations.models import ClosedRound, Station
from registrations.tasks.models import InsuranceAnswer, PowerAnswer, Task, TaskLetter, Tick
from registrations.tickets.models import Ticket
from registrations.visitors.models import Visitor

__all__ = [
    "AddOn",
    "BankEntry",
    "BankFile",
    "Biller",
    "Booking",
    "BookingPerson",
    "CardEvent",
    "ChangeRequest",
    "Checkout",
    "ClosedRound",
    "Conflict",
    "Device",
    "Difference",
    "Discount",
    "Document",
    "DoorSettings",
    "Exhibitor",
    "Gate",
    "Hall",
    "HandPlacing",
    "HostLetter",
    "HostList",
    "InsuranceAnswer",
    "Invoice",
    "ListEntry",
    "Membership",
    "NeighbourWish",
    "Order",
    "OrderAddOn",
    "OrderLine",
    "Organisation",
    "Package",
    "Pairing",
    "Payment",
    "PowerAnswer",
    "Presence",
    "Proposal",
    "Refund",
    "Reminder",
    "Scan",
    "School",
    "SchoolChange",
    "SchoolClass",
    "Series",
    "Stand",
    "StandHold",
    "StandOffer",
    "StandPlacing",
    "StandProposal",
    "StandSettings",
    "StandStaff",
    "StandWish",
    "Station",
    "SubstituteLink",
    "Task",
    "TaskLetter",
    "Team",
    "Terms",
    "Tick",
    "Ticket",
    "Visit",
    "Visitor",
    "Wish",
]
