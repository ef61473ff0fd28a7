"""The kernel's persistent keyring of a uid, as the session of `store = auto` or `kernel` rests in it.

keyctl(1) is no use here: the keyring must be linked by the process that reads it. Run as another uid, this file prints
the sessions as JSON (`kernel.py show WORD`) or takes them out (`kernel.py forget WORD`)."""

import ctypes
import json
import os
import sys

PROCESS_KEYRING = -2
DESCRIBE, READ, INVALIDATE, GET_PERSISTENT = 6, 11, 21, 22
KEYCTL = {"x86_64": 250, "aarch64": 219}[os.uname().machine]
libc = ctypes.CDLL(None, use_errno=True)


def keyctl(operation: int, *words) -> int:
    result = libc.syscall(KEYCTL, operation, *words)
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result


def content(operation: int, key: int) -> bytes:
    buffer = ctypes.create_string_buffer(65_536)
    size = keyctl(operation, key, buffer, ctypes.c_size_t(len(buffer)))
    return buffer.raw[:size]


def keys(word: str) -> dict:
    """Description → key, of our sessions whose description holds the word."""
    ring = keyctl(GET_PERSISTENT, ctypes.c_long(-1), ctypes.c_long(PROCESS_KEYRING))
    numbers = content(READ, ring)
    found = {}
    for offset in range(0, len(numbers), 4):
        key = int.from_bytes(numbers[offset : offset + 4], sys.byteorder, signed=True)
        try:
            description = content(DESCRIBE, key).rstrip(b"\0").decode().split(";", 4)[4]
        except OSError:
            continue  # it was removed, and the kernel hasn't tidied up yet
        if description.startswith("cognito-login:session:") and word in description:
            found[description] = key
    return found


def sessions(word: str) -> list:
    return [json.loads(content(READ, key)) for key in keys(word).values()]


def forget(word: str) -> int:
    """As the kernel does by itself after a restart or days without use. Returns how many there were."""
    found = keys(word)
    for key in found.values():
        keyctl(INVALIDATE, key)
    return len(found)


if __name__ == "__main__":
    print(json.dumps(sessions(sys.argv[2]) if sys.argv[1] == "show" else forget(sys.argv[2])))
