"""Where the stations' pages are, and what is typed on them."""

from django.urls import reverse


def typed(**fields) -> dict:
    return {
        "name": "Svetsa en nyckelring",
        "name_en": "",
        "kind": "try_out",
        "text": "Du svetsar.",
        "capacity": 8,
        "duration": 1,
        "accessible": "yes",
        "version": 1,
        **fields,
    }


def at(name: str, *args) -> str:
    return reverse(f"registrations:{name}", args=args)
