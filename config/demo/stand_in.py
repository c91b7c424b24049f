"""Answers in Stripe's place, for the demo and the tests: checkout sessions, refunds, signed messages. No card is drawn.

The real library speaks to it: ``http_client`` is what ``StripeClient`` sends its requests through. It keeps what it was
told in memory, answers a repeated idempotency key with the same thing as Stripe does, and can be told to fail.
"""

import hashlib
import hmac
import json
import re
import time
from collections.abc import Mapping
from threading import RLock
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from uuid import uuid4

from django.conf import settings
from stripe import APIConnectionError, HTTPClient

Thing = dict[str, Any]
Answer = tuple[str, int, dict[str, str]]


class StandIn:
    """The card company, small. ``fails`` makes it unreachable; ``loses_answers``: it acts, but its answer does not arrive."""

    def __init__(self) -> None:
        self.lock = RLock()
        self.sessions: dict[str, Thing] = {}
        self.refunds: dict[str, Thing] = {}
        self.answered: dict[str, Answer] = {}
        self.requests: list[tuple[str, str]] = []
        self.fails = False
        self.loses_answers = False

    def answer(self, method: str, url: str, headers: Mapping[str, str], body: str) -> Answer:
        """What the API at ``url`` says to a form-encoded ``body``."""
        path = urlsplit(url).path
        with self.lock:
            self.requests.append((method, path))
            if self.fails:
                raise APIConnectionError("The stand-in does not answer.")
            key = headers.get("Idempotency-Key", "") if method == "post" else ""
            if key not in self.answered:
                answer = self._act(method, path, unfolded(body or urlsplit(url).query))
                if key and answer[1] < 500:
                    self.answered[key] = answer
            else:
                answer = self.answered[key]
            if self.loses_answers:
                raise APIConnectionError("The stand-in's answer was lost.")
            return answer

    def pay(self, session_id: str, *, amount_ore: int | None = None, currency: str = "sek") -> Thing:
        """Somebody pays on the page of ``session_id`` (another amount only to try what happens); the session."""
        with self.lock:
            session = self.sessions[session_id]
            session |= {"status": "complete", "payment_status": "paid", "currency": currency}
            session["payment_intent"] = session["payment_intent"] or f"pi_{uuid4().hex}"
            if amount_ore is not None:
                session["amount_total"] = amount_ore
            return dict(session)

    def expire(self, session_id: str) -> Thing:
        with self.lock:
            session = self.sessions[session_id]
            session["status"] = "expired"
            return dict(session)

    def message(self, kind: str, thing: Thing, *, event_id: str = "", at: float | None = None) -> tuple[bytes, str]:
        """A signed message about ``thing``, as Stripe sends it: its bytes and its header."""
        event = {
            "id": event_id or f"evt_{uuid4().hex}",
            "object": "event",
            "type": kind,
            "created": int(time.time()),
            "data": {"object": thing},
        }
        payload = json.dumps(event).encode()
        return payload, signature_of(payload, settings.STRIPE_WEBHOOK_SECRET, at=at)

    def _act(self, method: str, path: str, data: Thing) -> Answer:
        sessions = "/v1/checkout/sessions"
        if (method, path) == ("post", sessions):
            return told(self._new_session(data))
        if (method, path) == ("get", sessions):
            since = int(data.get("created", {}).get("gte", 0))
            found = [one for one in self.sessions.values() if one["created"] >= since]
            return told({"object": "list", "url": sessions, "has_more": False, "data": found})
        if method == "get" and (known := self.sessions.get(path.removeprefix(f"{sessions}/"))):
            return told(known)
        if method == "post" and path.endswith("/expire") and path.split("/")[-2] in self.sessions:
            if self.sessions[path.split("/")[-2]]["status"] != "open":
                return refused(400, "Only open sessions can be ended")
            return told(self.expire(path.split("/")[-2]))
        if (method, path) == ("post", "/v1/refunds"):
            return self._refund(data)
        if (method, path) == ("get", "/v1/refunds"):
            back = [one for one in self.refunds.values() if one["payment_intent"] == data.get("payment_intent")]
            return told({"object": "list", "url": path, "has_more": False, "data": back})
        return refused(404, "No such thing here")

    def _new_session(self, data: Thing) -> Thing:
        lines = data["line_items"].values()
        session_id = f"cs_test_{uuid4().hex}"
        session = {
            "id": session_id,
            "object": "checkout.session",
            "status": "open",
            "payment_status": "unpaid",
            "created": int(time.time()),
            "amount_total": sum(int(one["price_data"]["unit_amount"]) * int(one["quantity"]) for one in lines),
            "currency": next(iter(lines))["price_data"]["currency"],
            "name": next(iter(lines))["price_data"]["product_data"]["name"],
            "client_reference_id": data.get("client_reference_id"),
            "metadata": data.get("metadata", {}),
            "payment_intent": None,
            "success_url": data["success_url"],
            "cancel_url": data["cancel_url"],
            "url": f"{settings.BASE_URL}/demo/card/{session_id}/",
        }
        self.sessions[session_id] = session
        return session

    def _refund(self, data: Thing) -> Answer:
        drawn = next(
            (one for one in self.sessions.values() if one["payment_intent"] == data.get("payment_intent")), None
        )
        if drawn is None:
            return refused(404, "No such payment")
        back = sum(one["amount"] for one in self.refunds.values() if one["payment_intent"] == drawn["payment_intent"])
        if back + int(data["amount"]) > drawn["amount_total"]:
            return refused(400, "More than was drawn")
        refund = {
            "id": f"re_{uuid4().hex}",
            "object": "refund",
            "amount": int(data["amount"]),
            "currency": "sek",
            "payment_intent": drawn["payment_intent"],
            "metadata": data.get("metadata", {}),
            "status": "succeeded",
        }
        self.refunds[refund["id"]] = refund
        return told(refund)


STAND_IN = StandIn()


class InPlaceOfStripe(HTTPClient):
    """The library's way out, which leads here."""

    name = "stand-in"

    def __init__(self, company: StandIn):
        super().__init__()
        self.company = company

    def request(
        self, method: str, url: str, headers: Mapping[str, str] | None, post_data: Any = None, **_more: Any
    ) -> Answer:
        return self.company.answer(method, url, headers or {}, post_data or "")

    def close(self) -> None:
        """Nothing is open."""


def http_client() -> HTTPClient:
    """What ``settings.STRIPE_STAND_IN`` names."""
    return InPlaceOfStripe(STAND_IN)


def signature_of(payload: bytes, secret: str, *, at: float | None = None) -> str:
    """Stripe's scheme v1: an HMAC over the moment and the message."""
    moment = int(at if at is not None else time.time())
    digest = hmac.new(secret.encode(), f"{moment}.".encode() + payload, hashlib.sha256).hexdigest()
    return f"t={moment},v1={digest}"


def unfolded(text: str) -> Thing:
    """``a[b][0]=1`` as nested dictionaries, which is how Stripe's forms are folded."""
    data: Thing = {}
    for name, value in parse_qsl(text, keep_blank_values=True):
        first, *rest = re.findall(r"[^\[\]]+", name)
        *folds, last = first, *rest
        place = data
        for fold in folds:
            place = place.setdefault(fold, {})
        place[last] = value
    return data


def told(thing: Thing) -> Answer:
    return json.dumps(thing), 200, {}


def refused(status: int, words: str) -> Answer:
    return json.dumps({"error": {"type": "invalid_request_error", "message": words}}), status, {}
