from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegistrationsConfig(AppConfig):
    """Who comes."""

    name = "registrations"
    verbose_name = _("Registrations")

    def ready(self) -> None:
        from registrations.bookings import rules as bookings  # noqa: F401 — registers who has which role
        from registrations.organisations import rules as organisations  # noqa: F401

        self._hang_pieces()
        self._say_how_long()

    @staticmethod
    def _say_how_long() -> None:
        from events.retention import rules
        from registrations.allocation.retention import HAND_NOTES, WHEELCHAIRS
        from registrations.bookings.organiser_retention import REASONS
        from registrations.bookings.retention import BOOKING_CONTACTS, DRAFTS, NEEDS
        from registrations.checkin.retention import UNKNOWN_CODES
        from registrations.exhibitors.retention import CONTACTS, STAND_STAFF
        from registrations.visitors.retention import VISITORS

        rules.register(VISITORS, order=10)
        rules.register(STAND_STAFF, order=20)
        rules.register(CONTACTS, order=30)
        rules.register(BOOKING_CONTACTS, order=35)
        rules.register(NEEDS, order=36)
        rules.register(WHEELCHAIRS, order=36)
        rules.register(DRAFTS, order=37)
        rules.register(REASONS, order=48)
        rules.register(HAND_NOTES, order=49)
        rules.register(UNKNOWN_CODES, order=50)

    @staticmethod
    def _hang_pieces() -> None:
        from events.nights import hooks as nights
        from events.programme import hooks
        from registrations.allocation import pieces as allocation
        from registrations.bookings import organiser_pieces as schools
        from registrations.bookings import pieces as bookings
        from registrations.bookings.places import pieces as places
        from registrations.bookings.places import public as places_public
        from registrations.checkin import pieces as checkin
        from registrations.exhibitors import pieces as exhibitors
        from registrations.stations import pieces as stations
        from registrations.stations.uses import uses
        from registrations.visitors import pieces as visitors

        nights.used_by.register(uses)
        nights.warnings.register(stations.programme_warnings)
        hooks.event_page_sections.register(stations.public_section, order=15)
        hooks.overview_numbers.register(stations.overview_numbers, order=15)
        hooks.waiting_decisions.register(stations.waiting_decisions, order=15)
        hooks.event_page_sections.register(exhibitors.confirmed_exhibitors, order=20)
        hooks.overview_numbers.register(exhibitors.overview_numbers, order=10)
        hooks.overview_numbers.register(schools.overview_numbers, order=15)
        hooks.overview_numbers.register(visitors.overview_numbers, order=20)
        hooks.overview_numbers.register(checkin.overview_numbers, order=30)
        hooks.waiting_decisions.register(exhibitors.waiting_decisions, order=10)
        hooks.home_sections.register(exhibitors.home_section, order=10)
        hooks.home_sections.register(bookings.home_section, order=20)
        hooks.waiting_decisions.register(schools.waiting_decisions, order=20)
        hooks.overview_numbers.register(allocation.overview_numbers, order=12)
        hooks.waiting_decisions.register(allocation.waiting_decisions, order=25)
        hooks.dated_stages.register(bookings.stages, order=5)
        hooks.dated_stages.register(allocation.stages, order=10)
        hooks.event_page_sections.register(places_public.declared_rule, order=10)
        hooks.waiting_decisions.register(places.waiting_decisions, order=30)
        hooks.next_steps.register(exhibitors.next_steps, order=10)
        hooks.next_steps.register(places.next_steps, order=5)
        hooks.next_steps.register(bookings.next_steps, order=20)
        hooks.when_cancelled.register(exhibitors.tell_of_cancellation, order=10)
        hooks.when_cancelled.register(visitors.tell_of_cancellation, order=20)
        hooks.when_cancelled.register(bookings.tell_of_cancellation, order=30)
        hooks.registered.register(exhibitors.registered, order=10)
        hooks.registered.register(visitors.registered, order=20)
        hooks.registered.register(bookings.registered, order=30)
