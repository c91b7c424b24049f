"""What the survey of each audience is called on the organiser's pages. Pure."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

TITLES: dict[str, Promise] = {
    "exhibitors": _("The exhibitors' survey"),
    "visitors": _("The visitors' survey"),
    "pupils": _("The pupils' survey"),
    "teachers": _("The teachers' survey"),
    "hosts": _("The host companies' survey"),
    "participants": _("The participants' survey"),
}
MAKE: dict[str, Promise] = {
    "exhibitors": _("Make the exhibitors' survey"),
    "visitors": _("Make the visitors' survey"),
    "pupils": _("Make the pupils' survey"),
    "teachers": _("Make the teachers' survey"),
    "hosts": _("Make the host companies' survey"),
    "participants": _("Make the participants' survey"),
}
ANSWERS_FROM: dict[str, Promise] = {
    "exhibitors": _("Answers from exhibitors"),
    "visitors": _("Answers from visitors"),
    "pupils": _("Answers from pupils"),
    "teachers": _("Answers from teachers"),
    "hosts": _("Answers from host companies"),
    "participants": _("Answers from participants"),
}
