"""Draft sentences: a figure in good Swedish or English, as it may stand in the follow-up. Pure.

The language is passed in, as for days and numbers (events.look.formats). A sentence states its base, its uncertainty
and who answered; one that cannot be written says why.
"""

from dataclasses import dataclass

from events.look.formats import number, percent
from surveys.answers.batches import opens_from
from surveys.figures.figure import Count, Figure, Reason, Reported
from surveys.figures.shares import Interval
from surveys.questionnaires.templates import NOUNS, RESPONDENTS, Words, finding_of


@dataclass(frozen=True, slots=True)
class Sentence:
    """A finding in words. ``figure`` is its beginning, the numbers that lead to their source; ``rest`` completes the
    sentence, and ``uncertainty`` is a second one about interval and respondents. Both may be empty.
    """

    figure: str
    rest: str
    uncertainty: str = ""

    def __str__(self) -> str:
        first = f"{self.figure} {self.rest}".strip()
        return f"{first} {self.uncertainty}".strip()


def draft(finding: Figure | Count | Reported, language: str | None, *, below: int = 5) -> Sentence:
    """The sentence about ``finding`` in ``language`` ("sv" or "en"); ``below`` is the least number of answers shown."""
    english = (language or "").startswith("en")
    if isinstance(finding, Count):
        return _about_pupils(finding, english) if finding.key in PUPILS else _about_count(finding, english)
    if isinstance(finding, Reported):
        return _as_reported(finding, english)
    return _about_share(finding, english, below)


def limits(interval: Interval, language: str | None) -> str:
    """``interval`` in per cent: "65,0–84,5 procent" / "65.0–84.5 per cent"."""
    low, high = number(interval.low * 100, language, 1), number(interval.high * 100, language, 1)
    return f"{low}–{high} {'per cent' if (language or '').startswith('en') else 'procent'}"


def _about_share(figure: Figure, english: bool, below: int) -> Sentence:
    language = "en" if english else "sv"
    if figure.suppressed or figure.value is None or figure.k is None:
        return _withheld(figure, english, below)
    k, n, share = number(figure.k, language), number(figure.n, language), percent(figure.value, language, 0)
    respondents = f"{k} of {n} respondents ({share})" if english else f"{k} av {n} svarande ({share})"
    return Sentence(respondents, f"{_said(figure, english)}.", _uncertainty(figure, english))


def _said(figure: Figure, english: bool) -> str:
    asked = figure.asked
    finding = finding_of(asked.audience, asked.event_kind, asked.key, asked.text)
    if finding:
        return finding.within("en" if english else "sv")
    if english:
        return f"answered “{asked.counted}” to the question “{asked.label}”"
    return f"svarade ”{asked.counted}” på frågan ”{asked.label}”"


def _uncertainty(figure: Figure, english: bool) -> str:
    language = "en" if english else "sv"
    if figure.is_exact:
        whom = _whom(figure, english)
        everybody = (
            f"All {number(figure.n, language)} {whom} answered"
            if english
            else f"Alla {number(figure.n, language)} {whom} svarade"
        )
        return f"{everybody}, so the share is exact." if english else f"{everybody}, så andelen är exakt."
    if figure.interval is None:
        return ""
    words = "Uncertainty: {} (95% confidence interval)" if english else "Osäkerhet: {} (95\u00a0% konfidensintervall)"
    return f"{words.format(limits(figure.interval, language))}; {_answered(figure, english)}."


def _whom(figure: Figure, english: bool) -> str:
    people = RESPONDENTS.get(figure.asked.audience, Words("tillfrågade", "people asked"))
    return people.within("en" if english else "sv")


def _answered(figure: Figure, english: bool) -> str:
    """ "71 av 134 utställare svarade (53 %)"; without a population, that it is not known."""
    language = "en" if english else "sv"
    n = number(figure.n, language)
    if figure.population is None or figure.response_rate is None:
        return f"{n} answered, of how many is not known" if english else f"{n} svarade, av hur många är inte känt"
    population, rate = number(figure.population, language), percent(figure.response_rate, language, 0)
    if english:
        return f"{n} of {population} {_whom(figure, english)} answered ({rate})"
    return f"{n} av {population} {_whom(figure, english)} svarade ({rate})"


def _withheld(figure: Figure, english: bool, below: int) -> Sentence:
    enough = opens_from(below)
    if english:
        why = {
            Reason.TOO_FEW: f"Too few answers (fewer than {below}) to be shown.",
            Reason.WAITING: f"The figures come when at least {enough} have answered or the survey is closed.",
        }.get(figure.reason or Reason.NO_ANSWERS, "Nobody has answered yet.")
        return Sentence("", f"{why} The question: “{figure.asked.label}”")
    why = {
        Reason.TOO_FEW: f"För få svar (färre än {below}) för att visas.",
        Reason.WAITING: f"Siffrorna visas när minst {enough} har svarat eller enkäten har stängts.",
    }.get(figure.reason or Reason.NO_ANSWERS, "Ingen har svarat än.")
    return Sentence("", f"{why} Frågan: ”{figure.asked.label}”")


def _about_count(count: Count, english: bool) -> Sentence:
    if count.value is None:
        return Sentence("", _nothing_counted(count, english))
    amount = number(count.value, "en" if english else "sv")
    noun = NOUNS.get(count.event_kind, Words("evenemanget", "the event")).within("en" if english else "sv")
    one = count.value == 1
    if count.key == "attendance":
        if english:
            return Sentence(f"{amount} {'person' if one else 'people'}", f"came through the door of {noun}.")
        return Sentence(f"{amount} {'person' if one else 'personer'}", f"släpptes in på {noun}.")
    if english:
        did = "exhibited at" if count.event_kind == "fair" else "took part in"
        happens = did if count.over else f"{'has' if one else 'have'} a place at"
        return Sentence(f"{amount} {'company' if one else 'companies'}", f"{happens} {noun}.")
    did = "ställde ut på" if count.event_kind == "fair" else "deltog i"
    return Sentence(f"{amount} företag", f"{did if count.over else 'har plats på'} {noun}.")


# What is said of pupils, in one word and many: with a place they wait, or have a place, or came.
PUPILS = {
    "booked": Words("söktes det plats till {noun}", "applied for to {noun}"),
    "placed": Words("har plats på {noun}", "with a place at {noun}"),
    "confirmed": Words("har bekräftad plats på {noun}", "with a confirmed place at {noun}"),
    "arrived": Words("kom till {noun}", "came to {noun}"),
    "pupil_cost": Words("", ""),
}
PUPILS_OVER = {
    "placed": Words("hade plats på {noun}", "had a place at {noun}"),
    "confirmed": Words("hade bekräftad plats på {noun}", "had a confirmed place at {noun}"),
}
NO_PUPILS = {
    "booked": Words("Ingen har sökt plats än.", "Nobody has applied yet."),
    "placed": Words("Ingen har fått plats än.", "Nobody has a place yet."),
    "confirmed": Words("Ingen skola har bekräftat än.", "No school has confirmed yet."),
    "arrived": Words("Inga elever har räknats vid dörren.", "No pupils were counted at the door."),
    "pupil_cost": Words(
        "Kostnaden per elev kan räknas ut när medfinansieringen är ifylld och elever är bekräftade.",
        "The cost per pupil can be worked out when the co-financing is filled in and pupils are confirmed.",
    ),
}


def _about_pupils(count: Count, english: bool) -> Sentence:
    """A night's pupils at one stage, or what each of them cost."""
    language = "en" if english else "sv"
    if count.value is None:
        return Sentence("", NO_PUPILS[count.key].within(language))
    if count.key == "pupil_cost":
        return _about_cost(count, english)
    noun = NOUNS.get(count.event_kind, Words("evenemanget", "the event")).within(language)
    words = PUPILS_OVER.get(count.key, PUPILS[count.key]) if count.over else PUPILS[count.key]
    pupils = ("pupil" if count.value == 1 else "pupils") if english else ("elev" if count.value == 1 else "elever")
    if not english and count.key == "booked":
        return Sentence(f"För {number(count.value, language)} {pupils}", f"{words.sv.format(noun=noun)}.")
    return Sentence(f"{number(count.value, language)} {pupils}", f"{words.within(language).format(noun=noun)}.")


def _about_cost(count: Count, english: bool) -> Sentence:
    """ "350 kr per elev: 350 000 kr i medfinansiering delat på 1 000 bekräftade elever." """
    language = "en" if english else "sv"
    (_what, kronor), (stage, pupils) = count.parts
    whom = {
        "arrived": Words("elever som kom", "pupils who came"),
        "confirmed": Words("bekräftade elever", "confirmed pupils"),
    }[stage].within(language)
    each, money, many = (number(n or 0, language) for n in (count.value, kronor, pupils))
    if english:
        return Sentence(f"SEK {each} per pupil:", f"SEK {money} of co-financing divided by {many} {whom}.")
    return Sentence(f"{each} kr per elev:", f"{money} kr i medfinansiering delat på {many} {whom}.")


def _as_reported(figure: Reported, english: bool) -> Sentence:
    """A share in somebody else's words: the paper is named, and that the base is not known."""
    language = "en" if english else "sv"
    share = percent(figure.value, language, 0 if figure.approximate or round(figure.value * 1000) % 10 == 0 else 1)
    about = ("About " if english else "Cirka ") if figure.approximate else ""
    finding = figure.label[:1].lower() + figure.label[1:].rstrip(".")
    if figure.n is None:
        base = "how many answered is not known" if english else "hur många som svarade är inte känt"
    else:
        n = number(figure.n, language)
        base = f"{n} answered" if english else f"{n} svarade"
    said = "Reported in" if english else "Rapporterat i"
    return Sentence(f"{about}{share}", f"{finding}.", f"{said} {figure.paper}; {base}.")


def _nothing_counted(count: Count, english: bool) -> str:
    if count.key == "attendance":
        return "Nobody was counted at the door." if english else "Ingen har räknats vid dörren."
    return "No company has a place." if english else "Inget företag har plats."
