"""Writes fuzzing seeds, from the shared vectors or whole conversations: seeds.py DIRECTORY c|swift|talk"""

import pathlib
import sys

VECTORS = pathlib.Path(__file__).resolve().parents[2] / "Tests" / "Vectors" / "login_frames.txt"
RECEIVERS = ["daemon", "module", "client"]  # in the order of Receiver.allCases


def parse(text):
    data = b""
    for piece in text.split("+"):
        plain, _, times = piece.partition("*")
        data += bytes.fromhex(plain) * int(times or 1)
    return data


def conversations():
    """What a well-behaved daemon says in each hook, from its first word to RESULT."""
    import frames
    from frames import CHANGE_CHECK, CHANGE_UPDATE, CODE, CURRENT_PASSWORD, NEW_PASSWORD, SUCCESS, info, prompt, result

    password, code, new = prompt("Password: "), prompt("Code: ", CODE, 1), prompt("New password: ", NEW_PASSWORD)
    current, ticket = prompt("Current password: ", CURRENT_PASSWORD), bytes(range(16))
    yield "password", frames.AUTHENTICATE, password + result(SUCCESS)
    yield "code", frames.AUTHENTICATE, password + info("Sent.") + code + result(SUCCESS)
    yield "forced", frames.AUTHENTICATE, password + new + result(SUCCESS)
    yield "denied", frames.AUTHENTICATE, password + frames.error("No.") + result(frames.DENIED)
    yield "account", frames.ACCOUNT, result(SUCCESS, frames.ACCOUNT)
    yield "check", CHANGE_CHECK, current + result(SUCCESS, CHANGE_CHECK, ticket=ticket)
    yield "update", CHANGE_UPDATE, new + result(SUCCESS, CHANGE_UPDATE)
    yield "open", frames.OPEN_SESSION, result(SUCCESS, frames.OPEN_SESSION)
    yield "close", frames.CLOSE_SESSION, result(SUCCESS, frames.CLOSE_SESSION)


directory, target = pathlib.Path(sys.argv[1]), sys.argv[2]
directory.mkdir(parents=True, exist_ok=True)
if target == "talk":
    for name, operation, said in conversations():
        (directory / name).write_bytes(bytes([operation - 1]) + said)
    sys.exit()
for line in VECTORS.read_text().splitlines():
    if line.startswith("#"):
        continue
    name, receiver, _, frame, _ = line.split(" ", 4)
    prefix = bytes([RECEIVERS.index(receiver)]) if target == "swift" else b""
    (directory / name).write_bytes(prefix + parse(frame))
