"""The Swedish catalogue is complete: every text is translated, none is a guess, and none has been forgotten.

With GNU gettext at hand the texts are gathered anew and compared; without it only the catalogue itself is read.
"""

import shutil
import subprocess
import sys
from pathlib import Path

from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "locale" / "sv" / "LC_MESSAGES" / "django.po"


def messages(path: Path) -> dict[tuple[str, str], tuple[bool, bool]]:
    """(context, text) → (translated, fuzzy)."""
    with path.open("rb") as file:
        catalogue = read_po(file, locale="sv")
    found = {}
    for message in catalogue:
        if message.id:
            key = message.id[0] if isinstance(message.id, tuple) else message.id
            text = message.string if isinstance(message.string, tuple) else (message.string,)
            found[(message.context or "", key)] = (all(text), message.fuzzy)
    return found


def gathered() -> dict[tuple[str, str], tuple[bool, bool]]:
    """What the sources say now; the catalogue on disk is put back as it was."""
    before = CATALOGUE.read_bytes()
    command = [sys.executable, "manage.py", "makemessages", "-l", "sv", "--no-location", "--no-wrap", "--no-obsolete"]
    ignored = [f"--ignore={name}" for name in (".venv", "tests", "var")]
    try:
        subprocess.run([*command, *ignored], cwd=ROOT, check=True, capture_output=True)
        return messages(CATALOGUE)
    finally:
        CATALOGUE.write_bytes(before)


def main() -> None:
    kept = messages(CATALOGUE)
    faults = [f"not translated: {key[1]}" for key, (done, _fuzzy) in kept.items() if not done]
    faults += [f"fuzzy: {key[1]}" for key, (_done, fuzzy) in kept.items() if fuzzy]
    if shutil.which("xgettext"):
        faults += [f"missing from the catalogue (make messages): {key[1]}" for key in gathered().keys() - kept.keys()]
    if faults:
        sys.exit("\n".join(["The Swedish catalogue is not complete.", *sorted(faults)]))
    print(f"The Swedish catalogue is complete: {len(kept)} texts.")  # noqa: T201


if __name__ == "__main__":
    main()
