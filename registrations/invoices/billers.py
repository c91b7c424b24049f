"""Writes what an issuer's invoices say of it. Papers that are issued keep what they said."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from events.access import audit
from events.access.models import User
from events.programme.models import Issuer
from events.versions import take_version
from registrations.invoices.models import Biller

DESCRIBED = audit.verb("biller.described", _("filled in the invoice details of"))
CHANGED = audit.verb("biller.changed", _("changed the invoice details of"))


@transaction.atomic
def save_biller(
    *, issuer: Issuer, organisation_number: str, seen: int | None, by: User | None, at: datetime, **fields: Any
) -> Biller:
    """Store ``fields`` for the papers that ``issuer`` issues from now on. ``seen``: the form's version.

    Raises Stale when somebody else has saved meanwhile.
    """
    issuer = Issuer.objects.select_for_update(no_key=True).get(pk=issuer.pk)
    if issuer.organisation_number != organisation_number:
        issuer.organisation_number = organisation_number
        issuer.save(update_fields=["organisation_number"])
    biller = Biller.objects.select_for_update(of=("self",), no_key=True).filter(issuer=issuer).first()
    if biller is None:
        biller = Biller.objects.create(issuer=issuer, **fields)
        audit.created(biller, DESCRIBED, by=by, at=at)
        return biller
    take_version(biller, seen or 0)
    with audit.change(biller, CHANGED, by=by, at=at):
        for name, value in fields.items():
            setattr(biller, name, value)
        biller.save()
    return biller
