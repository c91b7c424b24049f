"""Where an e-invoice goes: the setting E_INVOICE_HANDOVER names a class that takes it; without one it is downloaded.

The class is made without arguments and called with ``take(name, xml)``: it hands the file to the issuer's access point or
bookkeeping program, and raises NotTaken when that fails. Torget is no access point of its own.
"""

from typing import Any, Protocol

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from events.errors import Refusal
from registrations.invoices.ubl import endpoint_of, ubl_bytes, ubl_tree
from registrations.invoices.ubl_rules import broken_rules


class NotTaken(Refusal):
    code = "not_taken"
    message = _("The e-invoice could not be handed over. Try again later, or download it.")


class NoReference(Refusal):
    code = "no_reference"
    message = _(
        "An e-invoice needs the buyer's reference or purchase order number, and the paper has neither: credit it, "
        "add one to the order, and invoice again."
    )


class NoAddress(Refusal):
    code = "no_address"
    message = _("The buyer has no electronic address: neither a Peppol address nor a Swedish organisation number.")


class BreaksRules(Refusal):
    code = "breaks_rules"
    message = _("The e-invoice would break rules that the receiver checks: %(rules)s.")


class Handover(Protocol):
    def take(self, name: str, xml: bytes) -> None: ...


def e_invoice(contents: dict[str, Any]) -> bytes:
    """The paper as an e-invoice that keeps the rules. Raises NoReference, NoAddress, BreaksRules."""
    if not (contents["buyer"]["reference"] or contents["buyer"]["order_number"]):
        raise NoReference
    if not endpoint_of(contents["buyer"])[1]:
        raise NoAddress
    if broken := broken_rules(ubl_tree(contents)):
        raise BreaksRules(rules=", ".join(broken))
    return ubl_bytes(contents)


def handover() -> Handover | None:
    """What takes e-invoices here; ``None``: they are only downloaded."""
    named = getattr(settings, "E_INVOICE_HANDOVER", "")
    return import_string(named)() if named else None
