"""A survey that many are about to answer, for benchmarks: ``python -m tests.surveys.filling CLASSES PUPILS``.

Prints the address and the answers of each class, and of as many one-time links as there are pupils, as JSON. Runs in
a process of its own, on the database in ``DATABASE_URL``.
"""

import json
import os
import sys
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.utils import timezone  # noqa: E402

# What somebody answers to a question of each kind.
ANSWERS = {
    "satisfaction": "satisfied",
    "agree": "agree_partly",
    "yes_no": "yes",
    "choice": "yes",
    "nps": "9",
    "short_text": "Svetsen",
    "long_text": "Mer tid vid varje station.",
}


def fill(classes: int, pupils: int) -> dict[str, Any]:
    """A night whose pupils have a code a class, each for ``pupils``, and whose teachers have a link each."""
    from surveys.answers.box import asked_questions, asks_of
    from surveys.answers.links import token_of
    from surveys.answers.models import ClassCode, Invitation
    from surveys.answers.steps import fields
    from surveys.questionnaires.models import Survey
    from surveys.questionnaires.services import create_survey
    from tests.night_factories import NightFactory, SchoolClassFactory

    event, now = NightFactory().event, timezone.now()

    def opened(audience: str) -> tuple[Survey, list[tuple[str, str]]]:
        survey = create_survey(event=event, audience=audience, by=None, at=now)
        Survey.objects.filter(pk=survey.pk).update(state="open", opened_at=now)
        asks = asks_of(asked_questions(survey))
        return survey, fields(asks, {ask.key: ANSWERS[ask.kind] for ask in asks if ask.kind in ANSWERS})

    pupils_survey, pupils_answers = opened("pupils")
    codes = [
        ClassCode(survey=pupils_survey, school_class=SchoolClassFactory(), code=f"BENCH{n:03}", cap=pupils)
        for n in range(classes)
    ]
    ClassCode.objects.bulk_create(codes)
    teachers, teachers_answers = opened("teachers")
    links = Invitation.objects.bulk_create(
        Invitation(survey=teachers, email=f"larare{n}@skolan.example") for n in range(classes * pupils)
    )
    return {
        "classes": [f"/svar/{one.code}/" for one in codes],
        "class_answers": pupils_answers,
        "links": [f"/s/{token_of(one)}/" for one in links],
        "link_answers": teachers_answers,
    }


def main() -> None:
    call_command("migrate", verbosity=0, interactive=False)
    print(json.dumps(fill(int(sys.argv[1]), int(sys.argv[2]))))  # noqa: T201


if __name__ == "__main__":
    main()
