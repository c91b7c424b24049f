"""What the app says in its settings, at the desk and at the kiosk. The same form as in ``texts.py``."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext


def settings_texts() -> dict[str, str]:
    return {
        "settings_title": _("The phone"),
        "set_language": _("Language"),
        "set_light": _("Screen"),
        "set_dark": pgettext("screen", "Dark"),
        "set_bright": pgettext("screen", "Light"),
        "set_sound": _("Sound"),
        "set_camera": _("Camera"),
        "set_export": _("Take what was not sent to the desk"),
        "install": _("Put the door on the home screen"),
        "leave": _("Leave the door"),
        "leave_sure": _("Press again to leave"),
        "leave_unsent": _("{n} scans have not been sent. Find a network, or take them to the desk first."),
        "leave_unsent_one": _("{n} scan has not been sent. Find a network, or take it to the desk first."),
        "clock": _("Differs {seconds} s from Torget's; the scans are right all the same"),
        "clock_unknown": _("Not compared yet"),
        "kept_yes": _("The browser keeps what was scanned"),
        "kept_no": _("The browser may clear it when the phone is full: put the door on the home screen"),
        "export_title": _("Take it to the desk"),
        "export_lead": _("What was not sent is locked: only Torget can open it. Nothing is lost if you do it twice."),
        "export_button": _("Take it to the desk"),
        "export_file": _("Save as a file"),
        "export_piece": _("Or show the desk this code: {n} of {count}"),
        "export_piece_one": _("Or show the desk this code: {n} of {count}"),
        "export_too_many": _("It is too much for codes. Take the file."),
        "export_impossible": _(
            "This phone does not know any more which event it was at. Connect it again: then all is sent."
        ),
        "export_back": pgettext("code on a phone", "Previous"),
        "export_next": pgettext("code on a phone", "Next"),
    }


def desk_texts() -> dict[str, str]:
    return {
        "pin_first": _("The names lie on this phone, also without a network. Choose a PIN that locks them."),
        "pin_asked": _("The names are locked."),
        "pin_new": _("New PIN, at least 6 digits"),
        "pin_label": _("PIN"),
        "pin_choose": _("Choose"),
        "pin_open": _("Unlock"),
        "pin_short": _("A PIN has at least {n} digits, and nothing but digits."),
        "pin_wrong": _("That is not the PIN. {n} tries are left, then the names are erased."),
        "pin_wrong_one": _("That is not the PIN. {n} try is left, then the names are erased."),
        "pin_erased": _(
            "Ten wrong PINs: the names are erased. Choose a new PIN; they are fetched again with a network."
        ),
        "search_title": _("Search"),
        "search_label": _("Name, company, school, class or the code's last four"),
        "search_button": _("Search"),
        "search_found": _("{n} found"),
        "search_none": _("Nobody found. Try a part of the name, or the company."),
        "search_offline": _("{n} found in the phone's own list"),
        "search_none_offline": _("Nobody found in the phone's own list. Torget cannot be reached now."),
        "found_in": _("Is in"),
        "found_left": _("Has left"),
        "found_expected": _("Has not come"),
        "found_cancelled": _("Cancelled"),
        "found_blocked": _("Blocked"),
        "found_class": _("{n} of {pupils} are in"),
        "found_class_one": _("{n} of {pupils} is in"),
        "found_let_in": pgettext("button at the door", "Let in"),
        "found_let_out": _("Let out"),
        "found_block": _("Block"),
        "found_unblock": _("Unblock"),
        "block_reason": _("Why is the ticket blocked?"),
        "block_reason_missing": _("Write why, so that others understand."),
        "badge_print": _("Print badge"),
        "desk_network": _("This needs a network. Try again in a moment."),
        "desk_refused": _("Torget said no: the ticket has changed. Search again."),
        "walk_in_title": _("Somebody without a ticket"),
        "walk_in_lead": _("They are let in at once, also without a network. Torget makes the ticket."),
        "walk_in_name": _("Name"),
        "walk_in_company": _("Company (optional)"),
        "walk_in_email": _("E-mail (optional)"),
        "walk_in_email_help": _("The ticket is sent there."),
        "walk_in_button": pgettext("button at the door", "Let in"),
        "walk_in_name_missing": _("Write the name."),
        "walk_in_email_strange": _("This is not an e-mail address. Look again, or leave it empty."),
    }


def kiosk_texts() -> dict[str, str]:
    return {
        "kiosk_title": _("Show your ticket"),
        "kiosk_lead": _("Hold the code in front of the camera."),
        "kiosk_type": _("I have no code: type my name"),
        "kiosk_name_title": _("Type your name"),
        "kiosk_name": _("First name and surname"),
        "kiosk_company": _("Your company"),
        "kiosk_back": _("Back"),
        "kiosk_go": pgettext("button at the kiosk", "Go in"),
        "kiosk_whole_name": _("Write both first name and surname."),
        "kiosk_company_missing": _("Several people have that name. Write your company, too."),
        "kiosk_none": _("We do not find you by that name. Look at the spelling, or ask at the desk."),
        "kiosk_wait": _("Wait a minute, then try again, or ask at the desk."),
        "kiosk_no_network": _("Names do not work just now. Show your code, or ask at the desk."),
        "kiosk_welcome": _("Welcome, {name}!"),
        "kiosk_welcome_all": _("Welcome!"),
        "kiosk_in": _("Please go in."),
        "kiosk_badge": _("Please go in. Your badge is being printed."),
        "kiosk_badge_desk": _("Please go in. You get your badge at the desk."),
        "kiosk_desk": _("Please ask at the desk"),
        "kiosk_already": _("This ticket has come in already."),
        "kiosk_ask": _("They help you with the ticket."),
        "kiosk_again": _("To the beginning"),
        "kiosk_staff": _("For staff"),
    }
