"""The questions that the house knows how to ask, each worded for a kind of event. Pure: words only.

A question's key and scale never change; its words may, for surveys that are made later. What the answers to two
questions with the same words mean is the same, whichever audience was asked.
"""

from collections.abc import Callable

from surveys.questionnaires.scales import Kind, YesNo
from surveys.questionnaires.wordings import EVENTS, NOUNS, QuestionTemplate, Words

INDEX = "nki"  # the group of the customer satisfaction index's three


def satisfied(event_kind: str) -> QuestionTemplate:
    noun = NOUNS[event_kind]
    return QuestionTemplate(
        key="satisfied",
        kind=Kind.SATISFACTION,
        words=Words(f"Hur nöjd är du med {noun.sv} som helhet?", f"How satisfied are you with {noun.en} as a whole?"),
        finding=Words(f"var mycket nöjda med {noun.sv}", f"were very satisfied with {noun.en}"),
    )


def contacts(event_kind: str) -> QuestionTemplate:
    return QuestionTemplate(
        key="contacts",
        kind=Kind.YES_NO,
        words=Words(
            "Fick du kontakter som du tror leder till framtida affärer eller samarbeten?",
            "Did you make contacts that you believe will lead to future business or cooperation?",
        ),
        finding=Words(
            "fick kontakter som de tror leder till framtida affärer eller samarbeten",
            "made contacts that they believe will lead to future business or cooperation",
        ),
    )


def leads_to(event_kind: str) -> QuestionTemplate:
    return QuestionTemplate(
        key="leads_to",
        kind=Kind.CHOICES,
        words=Words("Vad tror du att kontakterna leder till?", "What do you believe the contacts will lead to?"),
        required=False,
        options=(
            ("orders", Words("Beställningar", "Orders")),
            ("cooperation", Words("Samarbete", "Cooperation")),
            ("recruitment", Words("Rekrytering", "Recruitment")),
            ("placements", Words("Praktik eller examensarbete", "Placements or degree projects")),
            ("other", Words("Annat", "Something else")),
        ),
        only_if="contacts",
        only_if_values=(YesNo.YES.value,),
    )


def good(event_kind: str) -> QuestionTemplate:
    noun = EVENTS[event_kind].good
    return QuestionTemplate(
        key="good",
        kind=Kind.AGREE,
        words=Words(f"Det var {noun.sv}.", f"It was {noun.en}."),
        finding=Words(f"instämde helt i att det var {noun.sv}", f"agreed fully that it was {noun.en}"),
    )


def learned(event_kind: str) -> QuestionTemplate:
    return QuestionTemplate(
        key="learned",
        kind=Kind.AGREE,
        words=Words("Jag lärde mig något nytt om jobb i industrin.", "I learned something new about jobs in industry."),
        finding=Words(
            "instämde helt i att de lärde sig något nytt om jobb i industrin",
            "agreed fully that they learned something new about jobs in industry",
        ),
    )


def education(event_kind: str) -> QuestionTemplate:
    return QuestionTemplate(
        key="education",
        kind=Kind.YES_NO,
        words=Words(
            "Kan du tänka dig att välja en utbildning som leder till industrin?",
            "Could you imagine choosing an education that leads to industry?",
        ),
        finding=Words(
            "kan tänka sig att välja en utbildning som leder till industrin",
            "could imagine choosing an education that leads to industry",
        ),
    )


def best(event_kind: str) -> QuestionTemplate:
    asked = {
        "fair": Words("Vilken monter var bäst?", "Which stand was the best?"),
        "night": Words("Vilken station var bäst?", "Which station was the best?"),
        "course": Words("Vad var bäst på kursen?", "What was the best part of the course?"),
    }
    return QuestionTemplate(key="best", kind=Kind.SHORT_TEXT, words=asked[event_kind], required=False)


def friend(event_kind: str) -> QuestionTemplate:
    noun = NOUNS[event_kind]
    return QuestionTemplate(
        key="friend",
        kind=Kind.NPS,
        words=Words(
            f"Hur troligt är det att du skulle rekommendera {noun.sv} till en kompis?",
            f"How likely are you to recommend {noun.en} to a friend?",
        ),
        low=Words("Inte alls troligt", "Not at all likely"),
        high=Words("Mycket troligt", "Very likely"),
    )


def recommend(event_kind: str) -> QuestionTemplate:
    noun = NOUNS[event_kind]
    return QuestionTemplate(
        key="recommend",
        kind=Kind.NPS,
        words=Words(
            f"Hur troligt är det att du skulle rekommendera {noun.sv} till andra?",
            f"How likely are you to recommend {noun.en} to others?",
        ),
        low=Words("Inte alls troligt", "Not at all likely"),
        high=Words("Mycket troligt", "Very likely"),
    )


def pupils_learned(event_kind: str) -> QuestionTemplate:
    return QuestionTemplate(
        key="pupils_learned",
        kind=Kind.AGREE,
        words=Words(
            "Mina elever lärde sig något nytt om jobb i industrin.",
            "My pupils learned something new about jobs in industry.",
        ),
        finding=Words(
            "instämde helt i att eleverna lärde sig något nytt om jobb i industrin",
            "agreed fully that their pupils learned something new about jobs in industry",
        ),
    )


def informed(event_kind: str) -> QuestionTemplate:
    return QuestionTemplate(
        key="informed",
        kind=Kind.YES_NO,
        words=Words(
            "Fick du den information som du behövde i förväg?", "Did you get the information you needed in advance?"
        ),
        finding=Words("fick den information som de behövde i förväg", "got the information they needed in advance"),
    )


def again_with_class(event_kind: str) -> QuestionTemplate:
    return QuestionTemplate(
        key="again_with_class",
        kind=Kind.YES_NO,
        words=Words("Vill du komma med en klass nästa gång?", "Do you want to bring a class next time?"),
        finding=Words("vill komma med en klass nästa gång", "want to bring a class next time"),
    )


def interest(event_kind: str) -> QuestionTemplate:
    return QuestionTemplate(
        key="interest",
        kind=Kind.AGREE,
        words=Words(
            "De som vi mötte blev intresserade av vår bransch.", "Those we met became interested in our industry."
        ),
        finding=Words(
            "instämde helt i att de som de mötte blev intresserade av branschen",
            "agreed fully that those they met became interested in their industry",
        ),
    )


def worth(event_kind: str) -> QuestionTemplate:
    return QuestionTemplate(
        key="worth",
        kind=Kind.YES_NO,
        words=Words("Var det värt den tid som ni lade ned?", "Was it worth the time that you put in?"),
        finding=Words("tyckte att det var värt tiden", "thought that it was worth the time"),
    )


def again(event_kind: str) -> QuestionTemplate:
    return QuestionTemplate(
        key="again",
        kind=Kind.YES_NO,
        words=Words("Vill ni vara med nästa gång?", "Do you want to take part next time?"),
        finding=Words("vill vara med nästa gång", "want to take part next time"),
    )


def of_use(event_kind: str) -> QuestionTemplate:
    return QuestionTemplate(
        key="of_use",
        kind=Kind.AGREE,
        words=Words("Jag lärde mig något som jag har nytta av.", "I learned something that is of use to me."),
        finding=Words(
            "instämde helt i att de lärde sig något som de har nytta av",
            "agreed fully that they learned something that is of use to them",
        ),
    )


def heard(event_kind: str) -> QuestionTemplate:
    noun = NOUNS[event_kind]
    return QuestionTemplate(
        key="heard",
        kind=Kind.CHOICE,
        words=Words(f"Hur fick du veta att {noun.sv} skulle äga rum?", f"How did you hear about {noun.en}?"),
        required=False,
        options=(
            ("invitation", Words("Genom en inbjudan", "By an invitation")),
            ("colleague", Words("Av någon jag känner", "From somebody I know")),
            ("municipality", Words("Genom kommunen", "Through the municipality")),
            ("social_media", Words("I sociala medier", "On social media")),
            ("press", Words("I tidning, radio eller tv", "In the press, on radio or TV")),
            ("other", Words("På annat sätt", "In another way")),
        ),
    )


def better(event_kind: str) -> QuestionTemplate:
    return QuestionTemplate(
        key="better",
        kind=Kind.LONG_TEXT,
        words=Words("Vad kan bli bättre till nästa gång?", "What could be better next time?"),
        required=False,
    )


def index_satisfaction(event_kind: str) -> QuestionTemplate:
    noun = NOUNS[event_kind]
    return QuestionTemplate(
        key="nki_satisfaction",
        kind=Kind.NKI,
        words=Words(f"Hur nöjd är du sammantaget med {noun.sv}?", f"How satisfied are you with {noun.en}, all in all?"),
        low=Words("Inte alls nöjd", "Not at all satisfied"),
        high=Words("Mycket nöjd", "Very satisfied"),
        group=INDEX,
    )


def index_expectations(event_kind: str) -> QuestionTemplate:
    noun = NOUNS[event_kind]
    return QuestionTemplate(
        key="nki_expectations",
        kind=Kind.NKI,
        words=Words(
            f"Hur väl motsvarade {noun.sv} dina förväntningar?", f"How well did {noun.en} meet your expectations?"
        ),
        low=Words("Inte alls", "Not at all"),
        high=Words("Helt och hållet", "Completely"),
        group=INDEX,
    )


def index_ideal(event_kind: str) -> QuestionTemplate:
    noun = EVENTS[event_kind]
    return QuestionTemplate(
        key="nki_ideal",
        kind=Kind.NKI,
        words=Words(
            f"Tänk dig {noun.perfect.sv}. Hur nära kommer {noun.this.sv}?",
            f"Imagine {noun.perfect.en}. How close does {noun.this.en} come?",
        ),
        low=Words("Inte alls nära", "Not at all close"),
        high=Words("Mycket nära", "Very close"),
        group=INDEX,
    )


Asking = Callable[[str], QuestionTemplate]
INDEX_THREE: tuple[Asking, ...] = (index_satisfaction, index_expectations, index_ideal)
