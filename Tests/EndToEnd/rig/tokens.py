"""Reading tokens without checking them, and spoiling them on purpose."""

import base64
import json


def _decode(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def _encode(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def claims(token: str) -> dict:
    """The payload of a JWT, unchecked."""
    return json.loads(_decode(token.split(".")[1]))


def header(token: str) -> dict:
    """The header of a JWT, unchecked."""
    return json.loads(_decode(token.split(".")[0]))


def with_bad_signature(token: str) -> str:
    """The same header and claims under a signature with one bit changed."""
    head, body, signature = token.split(".")
    raw = bytearray(_decode(signature))
    raw[len(raw) // 2] ^= 1
    return ".".join([head, body, _encode(bytes(raw))])


def with_claims(token: str, **changes) -> str:
    """Other claims under the old signature."""
    head, body, signature = token.split(".")
    return ".".join([head, _encode(json.dumps({**json.loads(_decode(body)), **changes}).encode()), signature])


def unsigned(token: str) -> str:
    """The same claims with `alg` none and no signature."""
    head = _encode(json.dumps({**header(token), "alg": "none"}).encode())
    return ".".join([head, token.split(".")[1], ""])
