"""Draws the first page of a PDF as PNG: ``python pdf_page.py IN.pdf OUT.png``. A process of its own, so that a file
that takes for ever, or brings the reader down, brings down nothing else."""

import sys
from pathlib import Path

import typst

DPI = 150.0
PAGE = '#set page(width: auto, height: auto, margin: 0pt)\n#image("/{name}", page: 1)\n'


def main(source: Path, target: Path) -> None:
    sheet = source.with_suffix(".typ")
    sheet.write_text(PAGE.format(name=source.name), encoding="utf-8")
    target.write_bytes(typst.compile(input=str(sheet), root=str(source.parent), format="png", ppi=DPI))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
