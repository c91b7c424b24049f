"""Somebody who answers a survey on a phone, as far as a web server sees it: for benchmarks and tests with real processes."""

import re
import secrets
from collections.abc import Sequence
from urllib.parse import urlencode

from tests.door.server import WebServer
from tests.line import Line

FORM = "Content-Type: application/x-www-form-urlencoded\r\n"
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')
COOKIE = re.compile(rb"set-cookie: *(csrftoken=[^;]+)", re.IGNORECASE)


class Phone:
    """One connection, and the form's cookie and token from one page."""

    def __init__(self, server: WebServer, address: str):
        self.line = Line(server.port)
        status, content = self.line.ask(f"GET {address}")
        token, cookie = TOKEN.search(content), COOKIE.search(self.line.top)
        if status != 200 or not token or not cookie:
            raise RuntimeError(f"a survey was answered with {status}: {content[:200]!r}")
        self.token, self.head = token[1].decode(), f"Cookie: {cookie[1].decode()}\r\n{FORM}"

    def send(self, address: str, answers: Sequence[Sequence[str]], receipt: str = "") -> bool:
        """Whether the answers were thanked for. Sent as the summary's form sends it; ``receipt``: its random number."""
        fields = [("csrfmiddlewaretoken", self.token), ("receipt", receipt or new_receipt()), ("go", "send"), *answers]
        status, _content = self.line.ask(f"POST {address}", urlencode(fields).encode(), self.head)
        return status == 302 and (b"/done/" in self.line.top or b"/thanks/" in self.line.top)


def new_receipt() -> str:
    return secrets.token_urlsafe(24)
