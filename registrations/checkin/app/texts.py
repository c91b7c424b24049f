"""What the app says, in both languages: a phone that is offline can change its language too.

``{n}`` and the like are filled in by the scripts; a key that ends with ``_one`` is said in place of the other when n is 1.
"""

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from registrations.checkin.app.texts_of_sheets import desk_texts, kiosk_texts, settings_texts
from registrations.checkin.verdict import Outcome


def catalogues() -> dict[str, dict[str, str]]:
    """All texts by language."""
    found = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found[language] = app_texts()
    return found


def app_texts() -> dict[str, str]:
    """The words by their names in the scripts, in the language that is active."""
    return (
        verdict_texts()
        | welcome_texts()
        | scan_texts()
        | trouble_texts()
        | settings_texts()
        | desk_texts()
        | kiosk_texts()
    )


def verdict_texts() -> dict[str, str]:
    """What ``static/door/words.js`` needs: titles, what more there is to say, what to do."""
    outcomes = {outcome.value: str(outcome.label) for outcome in Outcome}
    return outcomes | {
        "practice": pgettext("the door's answer", "A practice ticket"),
        "not_practice": pgettext("the door's answer", "A real ticket"),
        "no_list": pgettext("the door's answer", "No list yet"),
        "not_stored": pgettext("the door's answer", "Not counted"),
        "already_in_detail": _("Came in {when} at {gate}."),
        "already_in_class_detail": _("{pupils} came in from {when} at {gate}."),
        "early_detail": _("{wave} begins {when}, in {minutes} minutes."),
        "too_early_detail": _("The doors open {when}."),
        "closed_detail": _("They closed {when}."),
        "wrong_day_detail": _("The ticket is to {event}, {when}."),
        "wrong_gate_detail": _("This ticket goes in at {gates}."),
        "wrong_event_detail": _("The ticket is to {event}, {when}."),
        "late_detail": _("{minutes} minutes late: {wave} began {when}."),
        "left_class_detail": _("{pupils} went out."),
        "corrected_detail": _("{pupils} are counted."),
        "already_in_advice": _("One ticket lets one person in. Ask for a name, or send the person to the desk."),
        "already_in_class_advice": _("All the pupils that were announced are in. Ask how many more there are."),
        "early_advice": _("Ask them to wait, or let them in if there is room."),
        "too_early_advice": _("Ask them to wait until the doors open."),
        "closed_advice": _("Send them to the desk."),
        "wrong_day_advice": _("It cannot be used today. Send them to the desk."),
        "wrong_gate_advice": _("Show them the way there."),
        "wrong_event_advice": _("It cannot be used here."),
        "full_advice": _("No more people may be inside. Wait until somebody has left."),
        "cancelled_advice": _("The ticket was cancelled. Send the person to the desk."),
        "blocked_advice": _("Let nobody in with it. Send the person to the desk."),
        "unknown_advice": _("No ticket has this code. Ask for the ticket's own page, or send the person to the desk."),
        "not_in_advice": _("The ticket has not come in. Look at the name, or let them go."),
        "practice_advice": _("It counts only in practice. Ask for the real ticket."),
        "not_practice_advice": _("You are practising: nothing was counted. End the practice to let people in."),
        "no_list_advice": _("The phone has not fetched its list yet. Find a network for a moment, or ask at the desk."),
        "not_stored_advice": _("The phone has no room left. Make room, then scan again."),
        "kind_v": pgettext("kind of ticket", "Visitor"),
        "kind_e": pgettext("kind of ticket", "Exhibitor"),
        "kind_c": pgettext("kind of ticket", "Class"),
        "pupils": _("{pupils} pupils"),
        "pupils_one": _("{pupils} pupil"),
        "verdict_region": pgettext("the door's", "Answer"),
        "next": pgettext("button at the door", "Next"),
        "overrule": _("Let in all the same"),
        "overrule_now": pgettext("button at the door", "Let in"),
        "heads": _("How many"),
        "heads_less": _("One fewer"),
        "heads_more": _("One more"),
        "heads_of": _("of {pupils} announced"),
        "heads_more_now": _("Let in {n}"),
        "heads_kept": _("{n} are counted"),
        "heads_kept_one": _("{n} is counted"),
        "reason_legend": _("Why?"),
        "reason_own": _("In your own words"),
        "reason_missing": _("Choose a reason, or write one."),
        "reason_more": _("More pupils than announced"),
        "reason_desk": _("The desk said yes"),
        "reason_room": _("There is room"),
        "reason_sent": _("They were sent here"),
        "refused_gone": _("It can no longer be changed on this phone."),
        "refused_reason": _("Choose a reason, or write one."),
        "refused_full": _("No more people may be inside."),
    }


def welcome_texts() -> dict[str, str]:
    """Becoming a device, and no longer being one."""
    return {
        "app_title": _("The door"),
        "welcome_title": _("The door"),
        "welcome_lead": _(
            "Here you let people in with this phone. The desk shows a code that connects it to your entrance."
        ),
        "pair_label": _("I have a code"),
        "pair_help": _("Paste the link from the desk, or scan the desk's code."),
        "pair_button": _("Connect"),
        "pair_scan": _("Scan the desk's code"),
        "pairing_now": _("Connecting …"),
        "pair_other_code": _("That is not the desk's code for phones. Ask the desk to show it."),
        "pair_not_a_code": _("That is not a whole code. Copy the whole link, or scan the desk's code."),
        "pair_pairing_used": _("Another phone has used this code. Ask the desk for a new one."),
        "pair_pairing_over": _("The code is more than ten minutes old. Ask the desk for a new one."),
        "pair_pairing_unknown": _("There is no such code. Ask the desk for a new one."),
        "pair_network": _("No contact with Torget. Find a network, then connect again with the same code."),
        "pair_too_many": _("Too many tries. Wait a minute, then connect again."),
        "practise": _("Practise"),
        "paired_title": _("Connected"),
        "paired_help": _("The browser asks for the camera. Say yes: the picture never leaves the phone."),
        "begin": _("Start scanning"),
        "begin_kiosk": _("Start the kiosk"),
        "fact_name": _("Phone"),
        "fact_gate": _("Entrance"),
        "fact_event": _("Event"),
        "fact_until": _("Until"),
        "fact_list": _("List"),
        "fact_clock": _("Clock"),
        "fact_kept": _("Storage"),
        "fact_version": _("Version"),
        "ended_revoked": _("The phone has left the door"),
        "ended_revoked_lead": _("The desk has taken this phone off the door. Its list is erased."),
        "ended_expired": _("The time is up"),
        "ended_expired_lead": _(
            "This phone was connected until now. Its list is erased. The desk can connect it again."
        ),
        "ended_unknown": _("The phone is not known"),
        "ended_unknown_lead": _("Torget does not know this phone any more. Its list is erased. Ask at the desk."),
        "ended_unsent": _("{n} scans have not been sent. Take them to the desk, or connect the phone again."),
        "ended_unsent_one": _("{n} scan has not been sent. Take it to the desk, or connect the phone again."),
        "pair_again": _("Connect again"),
        "export_left": _("{n} scans that were not sent"),
        "export_left_one": _("{n} scan that was not sent"),
        "taken_title": _("The door is open in another tab"),
        "taken_lead": _("Only one of them may let people in."),
        "taken_button": _("Go on here"),
        "ended_left": _("Thank you"),
        "ended_left_lead": _("This phone has left the door. Its list is erased."),
    }


def scan_texts() -> dict[str, str]:
    """The guard's screen and what comes up from below it."""
    return {
        "close": _("Close"),
        "camera": _("Camera"),
        "controls": _("Below the camera"),
        "state": _("How the phone is"),
        "camera_start": _("Start the camera"),
        "camera_n": _("Camera {n}"),
        "zoom": _("Zoom"),
        "torch": _("Lamp"),
        "flip": _("The camera on the other side"),
        "light": _("Light or dark screen"),
        "online": pgettext("the door's network", "Online"),
        "offline": pgettext("the door's network", "Offline"),
        "queue": _("{n} to send"),
        "queue_none": _("All sent"),
        "list": _("List {version}, {age}"),
        "list_none": _("No list yet"),
        "age_now": pgettext("age of the door's list", "just now"),
        "age_minutes": pgettext("age of the door's list", "{n} min old"),
        "age_hours": pgettext("age of the door's list", "{n} h old"),
        "inside": pgettext("number of people", "inside"),
        "inside_of": pgettext("number of people", "inside of at most {limit}"),
        "direction": _("Which way"),
        "direction_in": pgettext("direction at the door", "In"),
        "direction_out": pgettext("direction at the door", "Out"),
        "undo": _("Undo"),
        "typed_open": _("Type code"),
        "search_open": _("Search"),
        "walk_in_open": _("No ticket"),
        "recent_open": _("Latest"),
        "settings_open": pgettext("button at the door", "More"),
        "typed_title": _("Type the code"),
        "typed_label": _("Code"),
        "typed_button": _("Check"),
        "typed_help": _("It stands under the square on the ticket. O is as good as 0, and I as 1."),
        "typed_length": _("A code has 16 letters and digits. You have typed {n}."),
        "typed_strange": _("There is a sign in it that no code has. Look again."),
        "recent_title": _("Last scans on this phone"),
        "recent_empty": _("Nothing yet. Hold a ticket's code in front of the camera."),
        "practice_banner": _("PRACTICE"),
        "practice_note": _("Nothing counts."),
        "practice_end": _("End practice"),
        "practice_gate": _("Practice"),
        "practice_tickets": _("Practice tickets"),
        "update_there": _("There is a new version."),
        "update_now": _("Change now"),
        "gate_changed": _("This phone now stands at {gate}."),
    }


def trouble_texts() -> dict[str, str]:
    """What is wrong, and what to do."""
    return {
        "camera_denied": _("The browser may not use the camera. Allow it in the browser's settings, then try again."),
        "camera_missing": _("There is no camera that the browser can use. Type the codes instead."),
        "camera_busy": _("Another app is using the camera. Close it, then try again."),
        "camera_reader": _("The code reader did not start. Reload the page, or type the codes."),
        "trouble_refused": _("Torget did not take what was sent. It is kept; tell the desk."),
        "trouble_store": _("The phone could not write to its memory. Make room on it, then go on."),
        "trouble_blocked": _("An older door is open in another tab. Close it."),
        "trouble_revoked": _("The desk has taken this phone off the door."),
        "trouble_expired": _("This phone's time at the door is over."),
        "trouble_unknown": _("Torget does not know this phone any more."),
        "set_aside": _("{n} scans could not be received. They are kept; tell the desk."),
        "set_aside_one": _("{n} scan could not be received. It is kept; tell the desk."),
    }
