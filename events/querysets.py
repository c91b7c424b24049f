"""What every queryset of the house can say."""

from typing import Self

from django.db import models
from django.db.models.functions import Collate


class AlphabeticalQuerySet(models.QuerySet):
    """Sorts names as Swedes do: å, ä, ö after z, capitals aside."""

    def alphabetical(self, field: str = "name") -> Self:
        return self.order_by(Collate(field, "swedish"), "pk")
