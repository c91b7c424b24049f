"""QR codes as vector and as picture. Pure.

Texts in capitals, digits and ``$%*+-./: `` take the alphanumeric mode: a ticket's address then fits in version 2 or 3
(25 or 29 modules a side), which a cheap camera reads from a screen at arm's length. Level M survives a folded paper.
"""

from io import BytesIO

import qrcode
from django.utils.html import format_html
from django.utils.safestring import SafeString
from qrcode.constants import ERROR_CORRECT_M

# The standard asks for four modules of white around the code.
QUIET = 4
# Any mask reads well; trying all eight, as the standard suggests, costs four milliseconds each.
MASK = 3


def qr_modules(text: str) -> list[list[bool]]:
    """The code as rows of modules, dark is true, with its quiet zone."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=QUIET, mask_pattern=MASK)
    code.add_data(text, optimize=0)
    code.make(fit=True)
    return code.get_matrix()


def qr_path(modules: list[list[bool]]) -> str:
    """The dark modules as an SVG path in units of a module: each run of dark in a row is one rectangle."""
    pieces = []
    for y, row in enumerate(modules):
        x = 0
        while x < len(row):
            start = x
            while x < len(row) and row[x]:
                x += 1
            if x > start:
                pieces.append(f"M{start} {y}h{x - start}v1h-{x - start}z")
            x += 1
    return "".join(pieces)


def qr_svg(text: str, label: str = "") -> SafeString:
    """The code as an ``<svg class="qr">`` for a page; ``label`` is what a screen reader says of it."""
    modules = qr_modules(text)
    return format_html(
        '<svg class="qr" viewBox="0 0 {side} {side}" role="img" aria-label="{label}" shape-rendering="crispEdges">'
        '<rect width="{side}" height="{side}" fill="#fff"/><path d="{path}" fill="#000"/></svg>',
        side=len(modules),
        label=label or "QR",
        path=qr_path(modules),
    )


def qr_svg_file(text: str) -> str:
    """The code as an SVG document, for a PDF."""
    modules = qr_modules(text)
    side = len(modules)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" shape-rendering="crispEdges">'
        f'<path d="{qr_path(modules)}" fill="#000"/></svg>'
    )


def qr_png(text: str, module_px: int = 10) -> bytes:
    """The code as a PNG with ``module_px`` pixels a module, for an e-mail."""
    from PIL import Image

    modules = qr_modules(text)
    side = len(modules)
    picture = Image.new("1", (side, side), 1)
    picture.putdata([0 if dark else 1 for row in modules for dark in row])
    picture = picture.resize((side * module_px, side * module_px), Image.Resampling.NEAREST)
    file = BytesIO()
    picture.save(file, "PNG", optimize=True)
    return file.getvalue()
