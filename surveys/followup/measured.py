"""Draft sentences about means, medians, NPS and NKI, and about what was told from elsewhere. Pure."""

from events.look.formats import day, kronor, number
from surveys.figures.measures import Measure
from surveys.followup.phrases import Sentence, answered, withheld
from surveys.followup.told import Told
from surveys.questionnaires.templates import NOUNS, Words

NAMES = {
    "mean": Words("Medelvärde", "Mean"),
    "median": Words("Median", "Median"),
    "nps": Words("NPS", "NPS"),
    "nki": Words("NKI", "CSI"),
}
OUT_OF = {"nki": 100}
DECIMALS = {"mean": 1, "median": 1, "nps": 0, "nki": 0}


def about_measure(measure: Measure, english: bool, below: int) -> Sentence:
    """ "NPS 42 (31–53) 71 svarande på frågan ”…”." The index says of how much it is."""
    if measure.suppressed or measure.value is None:
        return withheld(measure, english, below)
    language = "en" if english else "sv"
    name = NAMES[measure.statistic].within(language)
    value = in_short(measure.value, measure.statistic, language)
    highest = OUT_OF.get(measure.statistic)
    of = f" {'of' if english else 'av'} {number(highest, language)}" if highest else ""
    limits = ""
    if measure.interval is not None and not measure.is_exact:
        ends = (in_short(end, measure.statistic, language) for end in (measure.interval.low, measure.interval.high))
        limits = " ({}–{})".format(*ends)
    n = number(measure.n, language)
    who = f"{n} {'respondent' if measure.n == 1 else 'respondents'}" if english else f"{n} svarande"
    question = f"to the question “{measure.asked.label}”" if english else f"på frågan ”{measure.asked.label}”"
    about = f"{answered(measure, english)}." if measure.population else ""
    interval = (
        ("95% confidence interval in brackets; " if english else "95\u00a0% konfidensintervall inom parentes; ")
        if limits
        else ""
    )
    uncertainty = (interval + about) if about else interval.rstrip("; ") + ("." if interval else "")
    return Sentence(f"{name} {value}{of}{limits}", f"{who} {question}.", _capital(uncertainty))


def in_short(value: float, statistic: str, language: str | None) -> str:
    """``value`` with as many decimals as its statistic is told in; a whole median without."""
    decimals = 0 if statistic == "median" and value == int(value) else DECIMALS[statistic]
    return number(value, language, decimals)


def about_told(told: Told, english: bool) -> Sentence:
    """A value from elsewhere, with its day, origin and what it rests on."""
    if told.value is None:
        return Sentence("", _nothing(told, english))
    language = "en" if english else "sv"
    amount = number(told.value, language)
    if told.key == "money":
        noun = NOUNS.get(told.event_kind, Words("evenemanget", "the event")).within(language)
        if english:
            return Sentence(f"SEK {amount}", f"of co-financing for {noun}.")
        return Sentence(f"{amount} kr", f"i medfinansiering till {noun}.")
    if told.key == "income":
        return _about_income(told, english)
    if told.key == "exhibitor_cost":
        return _about_exhibitor_cost(told, english)
    if told.key == "applicants":
        return _about_applicants(told, amount, english)
    on = day(told.on, language) if told.on else ""
    figure = f"{amount} {told.unit}".strip()
    n = number(told.n, language) if told.n is not None else ""
    if english:
        base = f"it rests on {n}" if n else "how many it rests on is not known"
        return Sentence(f"{figure}:", f"{_small(told.what)}, as of {on}.", f"Told by {told.paper}; {base}.")
    base = f"underlag: {n}" if n else "hur många den vilar på är inte känt"
    return Sentence(f"{figure}:", f"{_small(told.what)}, den {on}.", f"Uppgift från {told.paper}; {base}.")


def _about_income(told: Told, english: bool) -> Sentence:
    """ "1 630 780 kr exkl. moms såldes det för till mässan: 134 fakturor med avdrag för 1 kreditfaktura." """
    language = "en" if english else "sv"
    noun = NOUNS.get(told.event_kind, Words("evenemanget", "the event")).within(language)
    parts = dict(told.parts)
    papers, notes = int(parts.get("invoices") or 0), int(parts.get("credits") or 0)
    many, fewer = number(papers, language), number(notes, language)
    if english:
        less = f" less {fewer} credit {'note' if notes == 1 else 'notes'}" if notes else ""
        papers_words = f"{many} {'invoice' if papers == 1 else 'invoices'}{less}"
        return Sentence(f"{_money(told.value, language)} without VAT", f"came in from {noun}: {papers_words}.")
    less = f" med avdrag för {fewer} {'kreditfaktura' if notes == 1 else 'kreditfakturor'}" if notes else ""
    papers_words = f"{many} {'faktura' if papers == 1 else 'fakturor'}{less}"
    return Sentence(f"{_money(told.value, language)} exkl. moms", f"har fakturerats för {noun}: {papers_words}.")


def _about_exhibitor_cost(told: Told, english: bool) -> Sentence:
    """ "2 611,94 kr per utställare: 350 000 kr delat på 134 utställare." """
    language = "en" if english else "sv"
    parts = dict(told.parts)
    each, cost = _money(told.value, language), _money(parts.get("cost"), language)
    n = int(parts.get("exhibitors") or 0)
    many = number(n, language)
    if english:
        return Sentence(
            f"{each} per exhibitor:", f"{cost} divided by {many} {'exhibitor' if n == 1 else 'exhibitors'}."
        )
    return Sentence(f"{each} per utställare:", f"{cost} delat på {many} utställare.")


def _money(value: float | None, language: str) -> str:
    return kronor(round((value or 0) * 100), language)


def _about_applicants(told: Told, amount: str, english: bool) -> Sentence:
    n, of = told.n or 0, told.population or 0
    if english:
        all_told = (
            f"from all {of} municipalities"
            if n == of
            else f"from {n} of {of} municipalities; the others tell no number"
        )
        return Sentence(f"{amount} applicants", f"to {told.what} in {told.year}, {all_told}.", f"Source: {told.paper}.")
    all_told = f"från alla {of} kommuner" if n == of else f"från {n} av {of} kommuner; övriga redovisar inget antal"
    return Sentence(f"{amount} sökande", f"till {told.what} {told.year}, {all_told}.", f"Källa: {told.paper}.")


def _nothing(told: Told, english: bool) -> str:
    if told.key == "money":
        return "The co-financing is not filled in yet." if english else "Medfinansieringen är inte ifylld än."
    if told.key == "income":
        return "No invoice has been issued." if english else "Ingen faktura är utställd."
    if told.key == "exhibitor_cost":
        return _no_cost(told, english)
    if told.key == "applicants":
        return (
            f"No applicants to {told.what} are imported for the year."
            if english
            else f"Inga sökande till {told.what} är inlästa för året."
        )
    return (
        f"No value is typed yet: {_small(told.what)}." if english else f"Inget värde är ifyllt än: {_small(told.what)}."
    )


def _no_cost(told: Told, english: bool) -> str:
    """What is missing: the cost, or whom to share it by."""
    if dict(told.parts).get("cost") is None:
        return (
            "The cost per exhibitor is missing: what it cost in all is not filled in."
            if english
            else "Kostnad per utställare saknas: vad det kostade totalt är inte ifyllt."
        )
    return (
        "The cost per exhibitor is missing: no company has a place."
        if english
        else "Kostnad per utställare saknas: inget företag har plats."
    )


def _small(text: str) -> str:
    """``text`` inside a sentence: its first letter small, unless it begins with an abbreviation ("SNI-koder")."""
    text, head = text.rstrip("."), text[:2]
    is_abbreviation = len(head) == 2 and head.isalpha() and head.isupper()
    return text if is_abbreviation else text[:1].lower() + text[1:]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
