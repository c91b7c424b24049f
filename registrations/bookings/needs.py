"""Access needs and special diets, as counts: how many, never who, and no diagnosis. Pure."""

from django.db import models
from django.utils.translation import pgettext_lazy


class Need(models.TextChoices):
    WHEELCHAIR = "wheelchair", pgettext_lazy("access need", "Wheelchair")
    QUIET = "quiet", pgettext_lazy("access need", "Quiet place or calmer group")
    HEARING = "hearing", pgettext_lazy("access need", "Hearing: loop, interpreter, clear sight of who speaks")
    SIGHT = "sight", pgettext_lazy("access need", "Sight: guiding, large print")
    ASSISTANT = "assistant", pgettext_lazy("access need", "Comes with an assistant")


class Diet(models.TextChoices):
    VEGETARIAN = "vegetarian", pgettext_lazy("special diet", "Vegetarian")
    VEGAN = "vegan", pgettext_lazy("special diet", "Vegan")
    GLUTEN = "gluten", pgettext_lazy("special diet", "Without gluten")
    LACTOSE = "lactose", pgettext_lazy("special diet", "Without lactose")
    MILK = "milk", pgettext_lazy("special diet", "Without milk protein")
    NUTS = "nuts", pgettext_lazy("special diet", "Without nuts")
    PORK = "pork", pgettext_lazy("special diet", "Without pork")
    OTHER = "other", pgettext_lazy("special diet", "Another diet: we will call you")
