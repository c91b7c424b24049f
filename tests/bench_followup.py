"""How long the papers of a follow-up take: Word and PDF of forty activities, each with a figure."""

import time
from typing import Any


def contents_of_forty() -> dict[str, Any]:
    """The example's document with its fair forty times over."""
    from surveys.followup.frozen.queries import live_contents
    from tests.factories import NOW
    from tests.surveys.followup.frozen.example import make_example

    example = make_example()
    contents = live_contents(example.plan, 2019, at=NOW, language="sv")
    fair, (share, _count) = contents["activities"][0], contents["figures"]
    many = range(1, 41)
    figures = [share | {"id": n, "title": f"{share['title']} {n}"} for n in many]
    rows = [
        fair | {"id": n, "title": f"Aktivitet {n}", "what_happened": "Många möten. " * 30, "figures": [n]} for n in many
    ]
    return contents | {"activities": rows, "figures": figures}


def followup_papers() -> dict[str, float]:
    """Seconds for both, cold: nothing is left of another run."""
    from surveys.followup.papers.pdf import pdf_bytes
    from surveys.followup.papers.word import word_bytes

    contents = contents_of_forty()
    start = time.perf_counter()
    word = word_bytes(contents)
    between = time.perf_counter()
    pdf = pdf_bytes(contents)
    end = time.perf_counter()
    return {
        "activities": 40,
        "word_seconds": round(between - start, 2),
        "pdf_seconds": round(end - between, 2),
        "seconds": round(end - start, 2),
        "kB": (len(word) + len(pdf)) // 1000,
    }
