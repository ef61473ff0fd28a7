"""The login protocol for the tests' daemon: a third reading of pam/wire.h. It can also write what it must not."""

import struct

TYPES = {"BEGIN": 1, "ANSWER": 2, "CANCEL": 3, "PROMPT": 0x21, "INFO": 0x22, "ERROR": 0x23, "RESULT": 0x24}
TAGS = {
    "version": 1,
    "operation": 2,
    "user": 3,
    "service": 4,
    "tty": 5,
    "rhost": 6,
    "ruser": 7,
    "flags": 8,
    "text": 9,
    "answer": 10,
    "kind": 11,
    "echo": 12,
    "code": 13,
    "ticket": 14,
    "caller": 18,
}
AUTHENTICATE, ACCOUNT, CHANGE_CHECK, CHANGE_UPDATE, OPEN_SESSION, CLOSE_SESSION = range(1, 7)
PASSWORD, CURRENT_PASSWORD, NEW_PASSWORD, CODE, CHOICE, QUESTION = range(1, 7)
(
    SUCCESS,
    DENIED,
    UNKNOWN_USER,
    UNAVAILABLE,
    MAX_TRIES,
    EXPIRED,
    NOT_PERMITTED,
    NEW_PASSWORD_NEEDED,
    TRY_AGAIN,
    PASSWORD_REFUSED,
    FAILED,
) = range(1, 12)


def field(tag, value):
    if isinstance(value, int):
        value = bytes([value])
    elif isinstance(value, str):
        value = value.encode()
    return bytes([TAGS.get(tag, tag)]) + struct.pack(">H", len(value)) + value


def framed(payload):
    return struct.pack(">I", len(payload)) + payload


def message(type_name, /, **fields):
    ordered = sorted(fields.items(), key=lambda item: TAGS[item[0]])
    return framed(bytes([TYPES[type_name]]) + b"".join(field(tag, value) for tag, value in ordered))


def prompt(text, kind=PASSWORD, echo=0):
    return message("PROMPT", text=text, kind=kind, echo=echo)


def info(text):
    return message("INFO", text=text)


def error(text):
    return message("ERROR", text=text)


def result(code, operation=AUTHENTICATE, user="alice", **more):
    return message("RESULT", operation=operation, user=user, code=code, **more)


def read(connection):
    """One frame as (type name, {field: bytes}); None at the end of the connection."""
    header = exactly(connection, 4)
    if header is None:
        return None
    payload = exactly(connection, struct.unpack(">I", header)[0])
    if payload is None:
        return None
    names = {number: name for name, number in TYPES.items()}
    tags = {number: name for name, number in TAGS.items()}
    fields, at = {}, 1
    while at < len(payload):
        size = struct.unpack(">H", payload[at + 1 : at + 3])[0]
        assert tags[payload[at]] not in fields, "duplicate field"
        fields[tags[payload[at]]] = payload[at + 3 : at + 3 + size]
        at += 3 + size
    assert at == len(payload), "bytes left over"
    return names[payload[0]], fields


def exactly(connection, count):
    data = b""
    while len(data) < count:
        try:
            piece = connection.recv(count - len(data))
        except ConnectionResetError:
            return None
        if not piece:
            return None
        data += piece
    return data
