"""The words of the register of schools: statuses, school types and municipalities as files write them. Pure."""

import re

# Spelled in small letters → how we keep it.
STATUSES = {
    **dict.fromkeys(["aktiv", "aktiva", "active"], "active"),
    **dict.fromkeys(["upphort", "upphört", "upphörd", "nedlagd", "stängd", "closed"], "closed"),
    **dict.fromkeys(["vilande", "resting", "dormant"], "resting"),
    **dict.fromkeys(["planerad", "planerade", "planned"], "planned"),
}
TYPES = {
    "grundskola": "GR",
    "grundskolan": "GR",
    "gymnasieskola": "GY",
    "gymnasieskolan": "GY",
    "gymnasium": "GY",
    "anpassad grundskola": "GRAN",
    "grundsärskola": "GRAN",
    "anpassad gymnasieskola": "GYAN",
    "gymnasiesärskola": "GYAN",
    "specialskola": "SP",
    "specialskolan": "SP",
    "sameskola": "SAM",
    "sameskolan": "SAM",
    "förskoleklass": "FKLASS",
    "fritidshem": "FTH",
    "komvux": "VUX",
}


def read_types(cell: str) -> str:
    """School types as letters with spaces between, each once: "Grundskola, Gymnasieskola" → "GR GY".

    What we have no letters for stays as it is written, in capitals.
    """
    parts = [part.strip() for part in re.split(r"[,;/|+&]", cell)]
    if len(parts) == 1 and parts[0].casefold() not in TYPES:
        parts = parts[0].split()
    letters = [TYPES.get(part.casefold(), "".join(part.upper().split())) for part in parts if part]
    return " ".join(dict.fromkeys(letters))


def municipality_key(name: str) -> str:
    """What "Lund", "Lunds kommun" and "Malmö stad" share with the municipality's name."""
    words = name.casefold().split()
    if len(words) > 1 and words[-1] in {"kommun", "stad"}:
        return " ".join(words[:-1]).removesuffix("s")
    return " ".join(words).removesuffix("s")
