"""Draft sentences: a figure in good Swedish or English, as it may stand in the follow-up. Pure.

The language is passed in, as for days and numbers (events.look.formats). A sentence states its base, its uncertainty
and who answered; one that cannot be written says why.
"""

from events.look.formats import number, percent
from surveys.figures.figure import ELSEWHERE, Count, Figure, Reported
from surveys.figures.measures import Measure
from surveys.figures.turnouts import Turnout
from surveys.followup.measured import about_measure, about_told
from surveys.followup.phrases import Sentence, answered, limits, whom, withheld
from surveys.followup.told import Told
from surveys.questionnaires.templates import NOUNS, Words, finding_of

__all__ = ["Sentence", "draft", "limits"]


def draft(finding: Figure | Measure | Count | Reported | Told, language: str | None, *, below: int = 5) -> Sentence:
    """The sentence about ``finding`` in ``language`` ("sv" or "en"); ``below`` is the least number of answers shown."""
    english = (language or "").startswith("en")
    if isinstance(finding, Count):
        about = _about_pupils if finding.key in PUPILS else COMPANIES.get(finding.key, _about_count)
        return about(finding, english)
    if isinstance(finding, Reported):
        return _as_reported(finding, english)
    if isinstance(finding, Measure):
        return about_measure(finding, english, below)
    if isinstance(finding, Told):
        return about_told(finding, english)
    return _about_share(finding, english, below)


def _about_share(figure: Figure, english: bool, below: int) -> Sentence:
    language = "en" if english else "sv"
    if figure.suppressed or figure.value is None or figure.k is None:
        return withheld(figure, english, below)
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
        people = whom(figure, english)
        everybody = (
            f"All {number(figure.n, language)} {people} answered"
            if english
            else f"Alla {number(figure.n, language)} {people} svarade"
        )
        return f"{everybody}, so the share is exact." if english else f"{everybody}, så andelen är exakt."
    if figure.interval is None:
        return ""
    words = "Uncertainty: {} (95% confidence interval)" if english else "Osäkerhet: {} (95\u00a0% konfidensintervall)"
    return f"{words.format(limits(figure.interval, language))}; {answered(figure, english)}."


def _about_count(count: Count, english: bool) -> Sentence:
    if count.value is None:
        return Sentence("", _nothing_counted(count, english))
    amount = number(count.value, "en" if english else "sv")
    noun = NOUNS.get(count.event_kind, Words("evenemanget", "the event")).within("en" if english else "sv")
    one = count.value == 1
    if count.key == "attendance":
        came = _who_came(count, english)
        if english:
            return Sentence(f"{amount} {'person' if one else 'people'}", f"came through the door of {noun}.", came)
        return Sentence(f"{amount} {'person' if one else 'personer'}", f"släpptes in på {noun}.", came)
    if english:
        did = "exhibited at" if count.event_kind == "fair" else "took part in"
        happens = did if count.over else f"{'has' if one else 'have'} a place at"
        return Sentence(f"{amount} {'company' if one else 'companies'}", f"{happens} {noun}.")
    did = "ställde ut på" if count.event_kind == "fair" else "deltog i"
    return Sentence(f"{amount} företag", f"{did if count.over else 'har plats på'} {noun}.")


def _about_returning(count: Count, english: bool) -> Sentence:
    """ "38 av 134 företag (28 %) har varit med ett tidigare år." """
    language, of = "en" if english else "sv", dict(count.parts).get("exhibitors")
    if not of:
        return Sentence("", _nothing_counted(count, english))
    if count.value is None:
        nothing = (
            "There is no earlier year to compare with." if english else "Det finns inget tidigare år att jämföra med."
        )
        return Sentence("", nothing)
    k, n, share = number(count.value, language), number(of, language), percent(count.value / of, language, 0)
    if english:
        companies, had = "company" if of == 1 else "companies", "has" if count.value == 1 else "have"
        return Sentence(f"{k} of {n} {companies} ({share})", f"{had} been there in an earlier year.")
    return Sentence(f"{k} av {n} företag ({share})", "har varit med ett tidigare år.")


def _about_municipalities(count: Count, english: bool) -> Sentence:
    """ "9 kommuner är representerade: Malmö 40, Lund 31, … och 12 från andra orter." """
    if count.value is None:
        return Sentence("", _nothing_counted(count, english))
    language = "en" if english else "sv"
    towns = ", ".join(f"{town} {number(n or 0, language)}" for town, n in count.parts if town != ELSEWHERE)
    others = dict(count.parts).get(ELSEWHERE)
    n = number(others or 0, language)
    if not towns:
        said = f"All {n} companies come from elsewhere." if english else f"Alla {n} företag kommer från andra orter."
        return Sentence("", said)
    one = count.value == 1
    if english:
        rest = f", and {n} from elsewhere" if others else ""
        what = "municipality is" if one else "municipalities are"
        return Sentence(f"{number(count.value, language)}", f"{what} represented among the companies: {towns}{rest}.")
    rest = f" och {n} från andra orter" if others else ""
    what = "kommun är representerad" if one else "kommuner är representerade"
    return Sentence(f"{number(count.value, language)}", f"{what} bland företagen: {towns}{rest}.")


# What is said of the companies besides how many they are.
COMPANIES = {"returning": _about_returning, "municipalities": _about_municipalities}


def _who_came(count: Count, english: bool) -> str:
    """ "361 av 400 anmälda besökare (90 %) och 134 av 134 utställare (100 %) kom."; empty where nobody signed up."""
    whom = {
        "visitors": Words("anmälda besökare", "visitors who had signed up"),
        "exhibitors": Words("utställare", "exhibitors"),
    }
    told = [_of(turnout, whom[turnout.key], english) for turnout in count.turnouts if turnout.key in whom]
    if not told:
        return ""
    return f"{(' and ' if english else ' och ').join(told)} {'came' if english else 'kom'}."


def _of(turnout: Turnout, whom: Words, english: bool) -> str:
    language = "en" if english else "sv"
    came, of, share = number(turnout.came, language), number(turnout.of, language), percent(turnout.share, language, 0)
    return f"{came} {'of' if english else 'av'} {of} {whom.within(language)} ({share})"


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
    if count.key == "arrived" and count.turnouts:
        return _about_arrived(count, noun, english)
    pupils = ("pupil" if count.value == 1 else "pupils") if english else ("elev" if count.value == 1 else "elever")
    if not english and count.key == "booked":
        return Sentence(f"För {number(count.value, language)} {pupils}", f"{words.sv.format(noun=noun)}.")
    return Sentence(f"{number(count.value, language)} {pupils}", f"{words.within(language).format(noun=noun)}.")


def _about_arrived(count: Count, noun: str, english: bool) -> Sentence:
    """ "931 av 1 000 anmälda elever (93 %) kom till kvällen."

    Where more were applied for than confirmed, the base is the confirmed and said to be. Where more came than that,
    a share would mislead.
    """
    language, first = "en" if english else "sv", count.turnouts[0]
    everybody = next((turnout.of for turnout in count.turnouts if turnout.key == "booked"), first.of)
    whom = Words("anmälda elever", "announced pupils")
    if first.key == "confirmed" and everybody != first.of:
        whom = Words("elever med bekräftad plats", "pupils with a confirmed place")
    words = PUPILS["arrived"].within(language).format(noun=noun)
    if first.came <= first.of:
        return Sentence(_of(first, whom, english), f"{words}.")
    of = number(first.of, language)
    more = f"{of} had a confirmed place" if english else f"{of} hade bekräftad plats"
    if whom.sv == "anmälda elever":
        more = f"{of} were announced" if english else f"{of} var anmälda"
    pupils = "pupils" if english else "elever"
    return Sentence(f"{number(first.came, language)} {pupils}", f"{words}; {more}.")


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
