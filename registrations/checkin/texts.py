"""What the door says: the page's script gets its words from here, in the guard's language."""

from typing import Any

from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from events.look import formats
from registrations.checkin.verdict import Outcome

# As in static/door/verdict.js.
LOOKS = {
    Outcome.ADMITTED: ("good", "check-lg"),
    Outcome.ALREADY_IN: ("mind", "clock-history"),
    Outcome.WRONG_EVENT: ("mind", "signpost-split"),
    Outcome.CANCELLED: ("stop", "slash-circle"),
    Outcome.UNKNOWN: ("stop", "question-circle"),
}


def door_texts() -> dict[str, str]:
    """The words by their names in the script; ``{when}`` and the like are filled in there."""
    outcomes = {outcome.value: str(outcome.label) for outcome in Outcome}
    return outcomes | {
        "already_in_detail": _("Came in {when} at {gate}."),
        "already_in_advice": _("One ticket lets one person in. Ask for a name, or send the person to the desk."),
        "wrong_event_detail": _("The ticket is to {event}, {when}."),
        "wrong_event_advice": _("It cannot be used here."),
        "cancelled_advice": _("The ticket was cancelled. Send the person to the desk."),
        "unknown_advice": _("No ticket has this code. Ask for the ticket's own page, or send the person to the desk."),
        "waiting": pgettext("the door's answer", "No answer yet"),
        "waiting_advice": _("The scan is kept and sent by itself. Let the person wait, or ask at the desk."),
        "queue_one": _("1 scan waits to be sent"),
        "queue_many": _("{n} scans wait to be sent"),
        "trouble_network": _("No contact with Torget. Scans are kept and sent when it is back."),
        "trouble_signed-out": _("You are signed out. Scans are kept until you have signed in again."),
        "trouble_closed": _("You no longer have this door. Scans are kept; talk to the organiser."),
        "camera_denied": _("The browser may not use the camera. Allow it in the browser's settings, then try again."),
        "camera_missing": _("There is no camera that the browser can use. Type the codes instead."),
        "camera_busy": _("Another app is using the camera. Close it, then try again."),
        "camera_reader": _("The code reader did not start. Reload the page, or type the codes."),
        "camera_n": _("Camera {n}"),
        "typed_length": _("A code has 16 letters and digits. You have typed {n}."),
        "typed_strange": _("There is a sign in it that no code has. Look again."),
    }


def verdict_of(result: dict[str, Any]) -> dict[str, str]:
    """A result (``results.result_of``) in words, for a page without JavaScript; verdict.js does it on the others."""
    texts, outcome = door_texts(), Outcome(result["outcome"])
    tone, icon = LOOKS[outcome]
    return {
        "outcome": outcome.value,
        "tone": tone,
        "icon": icon,
        "title": texts[outcome],
        "name": result["holder"]["name"] if result["holder"] else "",
        "detail": _detail(result, texts),
        "advice": texts.get(f"{outcome}_advice", ""),
    }


def _detail(result: dict[str, Any], texts: dict[str, str]) -> str:
    def when(moment: Any) -> str:
        return formats.moment(timezone.localtime(moment), get_language(), timezone.localdate().year)

    if result["earlier"]:
        return texts["already_in_detail"].format(when=when(result["earlier"]["at"]), gate=result["earlier"]["gate"])
    if result["event"]:
        told = result["event"]
        return texts["wrong_event_detail"].format(event=told["title"], when=when(told["starts_at"]))
    holder = result["holder"] or {"company": "", "kind": ""}
    return " · ".join(part for part in (holder["company"], holder["kind"]) if part)
