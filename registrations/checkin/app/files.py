"""What the app is made of: its files under the names that are really served, and what is in them."""

from base64 import b64encode
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import ManifestFilesMixin, staticfiles_storage
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation

from registrations.checkin.app.texts import catalogues

SHELL = "registrations/checkin/app.html"
WORKER = "door/sw.js"
# The door's own folder, the reader's, and what the door has in common with the other pages.
FOLDERS = {"door": {".js", ".css", ".png"}, "vendor/zxing": {".js", ".wasm"}}
SHARED = ("css/tokens.css", "fonts/inter-latin.woff2", "fonts/inter-latin-ext.woff2", "icons.svg", "favicon.svg")


@dataclass(frozen=True, slots=True)
class App:
    """``files`` maps each address to the SHA-256 (base64) of what is served there; ``version`` stands for all of it."""

    version: str
    shell: str
    files: dict[str, str]
    worker: str


def door_app() -> App:
    """The app as it is served now. Worked out once a process, but while somebody is editing it."""
    return _door_app.__wrapped__() if settings.DEBUG else _door_app()


@cache
def _door_app() -> App:
    files = {static(name): _digest(_served(name)) for name in sorted(_names())}
    worker = _served(WORKER).decode()
    parts = [_shell(""), worker, *(f"{url} {digest}" for url, digest in files.items())]
    version = sha256("\n".join(parts).encode()).hexdigest()[:12]
    shell = _shell(version)
    files[reverse("registrations:door-app")] = _digest(shell.encode())
    return App(version, shell, files, worker)


def _shell(version: str) -> str:
    """The page. Nothing of a request is in it: whoever asks gets the same bytes, and the worker holds them to a digest."""
    with translation.override(settings.LANGUAGE_CODE):
        return render_to_string(SHELL, {"settings": _settings(version)})


def _settings(version: str) -> dict[str, object]:
    return {
        "version": version,
        "texts": catalogues(),
        "language": settings.LANGUAGE_CODE,
        "icons": static("icons.svg"),
        "addresses": {
            "worker": static("door/decode-worker.js"),
            "wasm": static("vendor/zxing/zxing_reader.wasm"),
            "app": reverse("registrations:door-app"),
            "serviceWorker": reverse("registrations:door-worker"),
        },
    }


def _names() -> set[str]:
    names = set(SHARED)
    for folder, suffixes in FOLDERS.items():
        root = Path(str(finders.find(folder)))
        names |= {
            f"{folder}/{path.relative_to(root).as_posix()}" for path in root.rglob("*") if path.suffix in suffixes
        }
    return names - {WORKER}


def _served(name: str) -> bytes:
    """The bytes behind ``static(name)``: in production scripts and styles name each other by their hashed names."""
    if isinstance(staticfiles_storage, ManifestFilesMixin) and not settings.DEBUG:
        with staticfiles_storage.open(staticfiles_storage.stored_name(name)) as file:
            return bytes(file.read())
    return Path(str(finders.find(name))).read_bytes()


def _digest(content: bytes) -> str:
    return b64encode(sha256(content).digest()).decode()
