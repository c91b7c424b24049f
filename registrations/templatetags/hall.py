"""What the pages of the hall say of a stand: ``{% load hall %}``."""

from django import template

from registrations.stands import words
from registrations.stands.fields import typed_metres
from registrations.stands.floor import Spot

register = template.Library()


@register.filter
def said(spot: Spot) -> str:
    """ "A12, 9 m², free, corner"."""
    return words.said_of(spot)


@register.filter
def said_in_public(spot: Spot) -> str:
    """ "A12: Kuggfrö AB"."""
    return words.said_in_public(spot)


@register.filter
def size(spot: Spot) -> str:
    """ "9 m²"."""
    return words.size_of(spot)


@register.filter
def metres(length: int) -> str:
    """A length in centimetres as metres: 1250 is "12,5"."""
    return typed_metres(length)
