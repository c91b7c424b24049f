from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SurveysConfig(AppConfig):
    """What they thought and what came of it."""

    name = "surveys"
    verbose_name = _("Surveys and follow-up")

    def ready(self) -> None:
        from events.look import states
        from events.plan.hooks import when_plan_copied
        from events.programme import hooks
        from events.retention import rules
        from registrations.bookings.hooks import own_sections as of_bookings
        from registrations.exhibitors.hooks import own_sections as of_exhibitors
        from registrations.papers.hooks import class_notes
        from registrations.tickets.hooks import ticket_sections
        from surveys.answers.pieces import codes_on_sheets, survey_on_ticket
        from surveys.answers.retention import CODES, INVITED, PAPERS, RECEIPTS, TEXTS
        from surveys.figures import moved
        from surveys.figures.own.pieces import answers_for_company, answers_for_school
        from surveys.figures.tokens.retention import TOKENS
        from surveys.followup import pieces
        from surveys.followup.copying import copy_indicators
        from surveys.followup.readings import telling

        hooks.overview_numbers.register(pieces.overview_numbers, order=40)
        hooks.later_stages.register(pieces.later_stages, order=10)
        hooks.activity_sections.register(pieces.activity_section, order=10)
        moved.listeners.register(telling.read_soon)
        when_plan_copied.register(copy_indicators)
        states.register(
            {
                "on_the_way": states.Look("info", "arrow-repeat"),
                "cant_tell": states.Look("plain", "question-circle"),
                "no_target": states.Look("plain", "circle"),
            }
        )
        ticket_sections.register(survey_on_ticket, order=10)
        class_notes.register(codes_on_sheets, order=10)
        of_exhibitors.register(answers_for_company, order=10)
        of_bookings.register(answers_for_school, order=10)
        for rule in (INVITED, CODES, RECEIPTS, PAPERS, TEXTS, TOKENS):
            rules.register(rule, order=40)
