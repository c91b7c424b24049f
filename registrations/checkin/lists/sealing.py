"""Seals a ticket's line so that only its own code opens it, and opens the boxes that phones close for us. Pure.

AES-256-GCM throughout; the formats stand in docs/door.md, and ``static/door/seal.js`` is the other side.
"""

import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

AESGCM_IV, IV, TAG, TAG_KEPT = 12, 6, 16, 12
POINT, BOX_IV = 65, 12
# The order of the group of P-256 (NIST FIPS 186-5, D.1.2.3): private keys lie below it.
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


class Unreadable(ValueError):
    """What came is no box of ours, or was closed for another key."""


def seal(code: str, content: list[Any]) -> str:
    """``content`` as text that opens with ``code`` alone.

    The initialisation vector follows from the key and the content: the same content gives the same seal, another one
    another vector, whatever became of the database in between.
    """
    key = sha256(f"torget:key:{code}".encode()).digest()
    plain = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    iv = hmac.digest(key, plain, "sha256")[:IV]
    closed = AESGCM(key).encrypt(iv + bytes(AESGCM_IV - IV), plain, None)
    return to_text(iv + closed[: len(closed) - TAG + TAG_KEPT])


def box_key(secret: str, event: str) -> ec.EllipticCurvePrivateKey:
    """The key that opens the boxes of ``event`` (a slug); it follows from the server's ``secret`` and is stored nowhere."""
    derived = HKDF(SHA256(), 48, salt=b"torget:door:box", info=event.encode()).derive(secret.encode())
    return ec.derive_private_key(int.from_bytes(derived, "big") % (ORDER - 1) + 1, ec.SECP256R1())


def public_part(key: ec.EllipticCurvePrivateKey) -> str:
    """What phones close boxes with."""
    return to_text(key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))


def close_box(public: str, content: Any) -> str:
    """A box as a phone makes it; for tests and tools, since the server has nobody to hide from."""
    fresh = ec.generate_private_key(ec.SECP256R1())
    point = fresh.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), from_text(public))
    key = _shared(fresh.exchange(ec.ECDH(), theirs), point)
    iv = sha256(point).digest()[:BOX_IV]
    return to_text(point + iv + AESGCM(key).encrypt(iv, json.dumps(content).encode(), None))


def open_box(key: ec.EllipticCurvePrivateKey, box: str) -> Any:
    """What is in ``box``. Raises Unreadable."""
    try:
        raw = from_text(box)
        point, iv, closed = raw[:POINT], raw[POINT : POINT + BOX_IV], raw[POINT + BOX_IV :]
        theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
        return json.loads(AESGCM(_shared(key.exchange(ec.ECDH(), theirs), point)).decrypt(iv, closed, None))
    except (InvalidTag, ValueError, RecursionError) as error:
        raise Unreadable from error


def to_text(raw: bytes) -> str:
    """base64url without padding."""
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def from_text(text: str) -> bytes:
    """The bytes of ``to_text``. Raises ValueError."""
    return urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))


def _shared(secret: bytes, point: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt=point, info=b"torget:door:box").derive(secret)
