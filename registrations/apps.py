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
        self._hang_money()
        self._hang_stands()
        self._hang_tasks()
        self._hang_placement()
        self._say_how_long()

    @staticmethod
    def _say_how_long() -> None:
        from events.retention import rules
        from registrations.allocation.retention import HAND_NOTES, WHEELCHAIRS
        from registrations.bookings.organiser_retention import REASONS
        from registrations.bookings.retention import BOOKING_CONTACTS, DRAFTS, NEEDS
        from registrations.checkin.retention import DEVICES, DOOR_LISTS, DOOR_WORDS, UNKNOWN_CODES
        from registrations.exhibitors.retention import CONTACTS, STAND_STAFF
        from registrations.tasks.retention import TASK_ANSWERS
        from registrations.visitors.retention import VISITORS

        rules.register(VISITORS, order=10)
        rules.register(STAND_STAFF, order=20)
        rules.register(CONTACTS, order=30)
        rules.register(TASK_ANSWERS, order=32)
        rules.register(BOOKING_CONTACTS, order=35)
        rules.register(NEEDS, order=36)
        rules.register(WHEELCHAIRS, order=36)
        rules.register(DRAFTS, order=37)
        rules.register(REASONS, order=48)
        rules.register(HAND_NOTES, order=49)
        rules.register(UNKNOWN_CODES, order=50)
        rules.register(DOOR_WORDS, order=51)
        rules.register(DEVICES, order=52)
        rules.register(DOOR_LISTS, order=53)

    @staticmethod
    def _hang_money() -> None:
        """Where something is sold: an order follows its exhibitor, papers follow the order."""
        from events.programme import hooks as events
        from registrations.cards import pieces as cards
        from registrations.cards import tasks as card_pages
        from registrations.exhibitors import hooks as applications
        from registrations.invoices import hooks as paying
        from registrations.invoices import pieces as invoice_pieces
        from registrations.invoices import tasks as invoices
        from registrations.orders import hanging, hooks
        from registrations.orders import pieces as orders
        from registrations.orders.copying import copy_terms
        from registrations.orders.queries import badges_of
        from registrations.packages.copying import copy_price_list

        events.when_copied.register(copy_price_list, order=30)
        events.when_copied.register(copy_terms, order=31)
        applications.further_steps.register(hanging.steps)
        applications.further_gaps.register(hanging.gaps)
        applications.staff_limits.register(badges_of)
        applications.sending_gives_places.register(hanging.gives_places)
        applications.before_waiting.register(hanging.before_waiting)
        applications.when_sent.register(hanging.sent)
        applications.when_decided.register(hanging.decided)
        applications.when_withdrawn.register(hanging.withdrawn)
        applications.what_withdrawing_means.register(hanging.cost_of_withdrawing)
        applications.send_pieces.register(orders.send_piece)
        applications.own_sections.register(orders.own_section, order=10)
        applications.own_next_steps.register(orders.own_next_step)
        paying.ways_to_pay.register(cards.way_to_pay)
        hooks.when_confirmed.register(invoices.enqueue, order=50)
        hooks.when_cancelled.register(invoices.enqueue, order=50)
        hooks.when_cancelled.register(card_pages.enqueue, order=60)
        applications.own_sections.register(invoice_pieces.own_section, order=30)
        events.next_steps.register(orders.next_steps, order=4)
        events.waiting_decisions.register(orders.waiting_decisions, order=12)
        events.waiting_decisions.register(invoice_pieces.waiting_decisions, order=40)

    @staticmethod
    def _hang_stands() -> None:
        """Where companies stand on a floor."""
        from events.programme import hooks as events
        from registrations.exhibitors import hooks as applications
        from registrations.stands import copying, pieces

        events.event_page_sections.register(pieces.public_section, order=18)
        events.next_steps.register(pieces.next_steps, order=6)
        applications.own_next_steps.register(pieces.own_next_step, order=20)
        events.when_copied.register(copying.copy_halls, order=25)

    @staticmethod
    def _hang_tasks() -> None:
        """What an event asks of its exhibitors, and what it gives them to read."""
        from events.programme import hooks as events
        from registrations.documents import pieces as documents
        from registrations.exhibitors import hooks as applications
        from registrations.tasks import pieces as tasks
        from registrations.tasks.services import refuse_closed
        from registrations.tasks.setting_up import copy_tasks

        applications.own_sections.register(tasks.own_section, order=5)
        applications.own_sections.register(documents.own_section, order=20)
        applications.own_next_steps.register(tasks.own_next_step, order=50)
        applications.organiser_sections.register(tasks.organiser_section)
        applications.before_change.register(refuse_closed)
        events.next_steps.register(tasks.next_steps, order=6)
        events.waiting_decisions.register(tasks.waiting_decisions, order=14)
        events.when_copied.register(copy_tasks, order=30)

    @staticmethod
    def _hang_placement() -> None:
        """Where stands are given out: a stand follows its exhibitor."""
        from events.programme import hooks as events
        from registrations.exhibitors import hooks as applications
        from registrations.placement import offers, pieces
        from registrations.stands import hooks as stands

        stands.when_placed.register(offers.drop_offers)
        applications.own_sections.register(pieces.own_section, order=5)
        applications.when_decided.register(offers.when_decided, order=20)
        applications.when_withdrawn.register(offers.free_stand, order=20)
        events.next_steps.register(pieces.next_steps, order=3)
        events.waiting_decisions.register(pieces.waiting_decisions, order=13)

    @staticmethod
    def _hang_pieces() -> None:
        from events.nights import hooks as nights
        from events.programme import hooks
        from registrations.allocation import hosts
        from registrations.allocation import pieces as allocation
        from registrations.bookings import organiser_pieces as schools
        from registrations.bookings import pieces as bookings
        from registrations.bookings.places import pieces as places
        from registrations.bookings.places import public as places_public
        from registrations.bookings.places.retiming import tell_schools
        from registrations.checkin import pieces as checkin
        from registrations.checkin.copying import copy_door
        from registrations.exhibitors import pieces as exhibitors
        from registrations.stations import pieces as stations
        from registrations.stations.uses import uses
        from registrations.visitors import pieces as visitors

        nights.used_by.register(uses)
        nights.warnings.register(stations.programme_warnings)
        nights.when_retimed.register(tell_schools, order=10)
        nights.when_retimed.register(hosts.tell_hosts_of_times, order=20)
        hooks.event_page_sections.register(stations.public_section, order=15)
        hooks.overview_numbers.register(stations.overview_numbers, order=15)
        hooks.waiting_decisions.register(stations.waiting_decisions, order=15)
        hooks.event_page_sections.register(exhibitors.confirmed_exhibitors, order=20)
        hooks.overview_numbers.register(exhibitors.overview_numbers, order=10)
        hooks.overview_numbers.register(schools.overview_numbers, order=15)
        hooks.overview_numbers.register(visitors.overview_numbers, order=20)
        hooks.overview_numbers.register(checkin.overview_numbers, order=30)
        hooks.waiting_decisions.register(checkin.waiting_decisions, order=5)
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
        hooks.when_copied.register(copy_door, order=20)
        hooks.when_cancelled.register(exhibitors.tell_of_cancellation, order=10)
        hooks.when_cancelled.register(visitors.tell_of_cancellation, order=20)
        hooks.when_cancelled.register(bookings.tell_of_cancellation, order=30)
        hooks.registered.register(exhibitors.registered, order=10)
        hooks.registered.register(visitors.registered, order=20)
        hooks.registered.register(bookings.registered, order=30)
