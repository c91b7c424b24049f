"""What the coming events ask of their exhibitors, what has been answered, and a document to read. All of it is invented."""

from datetime import date, timedelta
from io import BytesIO

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw, ImageFont

from config.demo.dates import at_clock
from config.demo.files import FOLDER
from events.access.models import User
from events.programme.models import Event
from registrations.documents.services import add_document
from registrations.exhibitors.models import Exhibitor
from registrations.tasks.models import InsuranceAnswer, PowerAnswer, Task, TaskLetter, Tick
from registrations.tasks.states import TaskKind

DUE = {
    TaskKind.PROFILE: -12,
    TaskKind.LOGO: 3,
    TaskKind.POWER: -2,
    TaskKind.INSURANCE: 5,
    TaskKind.STAFF: 24,
}
PLUGGED_IN = [
    ("Två skärmar och en bärbar dator", 600, 3, False),
    ("Kaffemaskin och kyl", 2300, 2, True),
    ("Robotcell med kompressor", 6500, 4, False),
]
COLOURS = ["#1c5a4a", "#1f5f99", "#8a5a00", "#a8321f", "#2a6e3f", "#4b3b6b"]
INSURERS = ["Skånska Lantbolaget", "Öresunds Försäkring", "Tryggkraft"]


def ask_exhibitors(event: Event, today: date, by: User) -> None:
    """The usual tasks at ``event``, one of the organiser's own, and answers of most: some are late, some are ready."""
    tasks = {kind: _ask(event, kind, today + timedelta(days=days)) for kind, days in DUE.items()}
    certificate = _ask(
        event,
        TaskKind.OWN,
        today + timedelta(days=18),
        name="Skicka brandintyg för montern",
        name_en="Send the stand's fire certificate",
        words="Gäller väggar och tyg som ni tar med själva. Mejla intyget till mässans adress.",
        words_en="For walls and fabric that you bring yourselves. Mail the certificate to the fair's address.",
    )
    tasks[TaskKind.POWER].words = "Elen beställs fyra veckor före mässan. Det som kommer senare kostar extra."
    tasks[TaskKind.POWER].save()
    accepted = list(event.exhibitors.holding_a_place().select_related("organisation").order_by("pk"))
    _draw_logos(accepted)
    _answer_power(accepted, today)
    _answer_insurance(accepted, today)
    told_at = at_clock(today - timedelta(days=4), "10:15")
    Tick.objects.bulk_create(
        Tick(task=certificate, exhibitor=exhibitor, ticked_at=told_at) for exhibitor in accepted[::3]
    )
    monday = today - timedelta(days=today.weekday() or 7)
    TaskLetter.objects.bulk_create(
        TaskLetter(exhibitor=one, kind=TaskLetter.Kind.DIGEST, on=monday, sent_at=at_clock(monday, "07:05"))
        for one in accepted[1:]
    )
    _give_document(event, by, today)


def ask_hosts(event: Event, today: date, by: User) -> None:
    """What an evening for pupils asks of its hosts; nobody has answered yet."""
    _ask(event, TaskKind.LOGO, today - timedelta(days=1))
    _ask(event, TaskKind.INSURANCE, today + timedelta(days=6))
    _ask(
        event,
        TaskKind.OWN,
        today + timedelta(days=20),
        name="Gör en riskbedömning av stationen",
        name_en="Assess the risks of the station",
        words="Vad kan gå fel när en elev provar, och vad gör ni åt det?",
        words_en="What can go wrong when a pupil tries, and what do you do about it?",
    )
    _give_document(event, by, today)


def _ask(event: Event, kind: TaskKind, due_on: date, **texts: str) -> Task:
    position = Task.objects.for_event(event).count() + 1
    task: Task = Task.objects.create(event=event, kind=kind, due_on=due_on, position=position, **texts)
    return task


def _draw_logos(exhibitors: list[Exhibitor]) -> None:
    """A coloured sheet with the company's first letter, for two of three."""
    for place, exhibitor in enumerate(exhibitors):
        if place % 3 == 2:
            continue
        picture = Image.new("RGB", (480, 240), COLOURS[place % len(COLOURS)])
        font = ImageFont.load_default(150)
        ImageDraw.Draw(picture).text((240, 120), exhibitor.organisation.name[0], "white", font, anchor="mm")
        out = BytesIO()
        picture.save(out, "WEBP", quality=80)
        exhibitor.logo.save(f"demo-{exhibitor.pk}.webp", ContentFile(out.getvalue()))


def _answer_power(exhibitors: list[Exhibitor], today: date) -> None:
    at = at_clock(today - timedelta(days=9), "13:40")
    answers = []
    for place, exhibitor in enumerate(exhibitors):
        what, watts, outlets, at_night = PLUGGED_IN[place % len(PLUGGED_IN)]
        if place % 5 == 4:
            continue  # the late ones
        if place % 7 == 6:
            answers.append(PowerAnswer(exhibitor=exhibitor, needs_power=False, answered_at=at))
            continue
        told = {"what": what, "watts": watts, "outlets": outlets, "at_night": at_night}
        answers.append(PowerAnswer(exhibitor=exhibitor, needs_power=True, answered_at=at, **told))
    PowerAnswer.objects.bulk_create(answers)


def _answer_insurance(exhibitors: list[Exhibitor], today: date) -> None:
    at = at_clock(today - timedelta(days=6), "09:20")
    InsuranceAnswer.objects.bulk_create(
        InsuranceAnswer(
            exhibitor=exhibitor,
            is_insured=place % 8 != 2,
            insurer=INSURERS[place % 3] if place % 8 != 2 else "",
            answered_at=at,
        )
        for place, exhibitor in enumerate(exhibitors)
        if place % 4 != 3
    )


def _give_document(event: Event, by: User, today: date) -> None:
    content = ContentFile((FOLDER / "moving_in.pdf").read_bytes(), name="moving_in.pdf")
    at = at_clock(today - timedelta(days=20), "11:00")
    add_document(event=event, name="Inflyttning och utflyttning", upload=content, by=by, at=at)
