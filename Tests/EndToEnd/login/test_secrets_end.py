"""login-security.md 16: after the hand-over nothing of a token or a password is left in the daemon."""

import json
import sys
import time

import pytest
from rig import terminal
from rig.machine import SOCKET
from rig.people import PASSWORD

pytestmark = pytest.mark.usefixtures("sandboxed")
OLD, NEW = "Temporary-Zebra-17", "Chosen-Giraffe-42"
# Each window of a secret counts: half of a token is still half of a token.
WINDOW = 24

# As the person: takes the tokens, says that they are stored, and prints them.
COLLECTOR = """
import socket, struct, sys
def ask(connection, payload):
    connection.sendall(struct.pack(">I", len(payload)) + payload)
    size = struct.unpack(">I", connection.recv(4, socket.MSG_WAITALL))[0]
    return connection.recv(size, socket.MSG_WAITALL)
with socket.socket(socket.AF_UNIX) as connection:
    connection.connect(sys.argv[1])
    answer = ask(connection, b"\\x41")
    assert answer[0] == 0x61, answer
    size = struct.unpack(">H", answer[2:4])[0]
    lease, document = answer[4:4 + size], answer[4 + size + 3:]
    assert ask(connection, b"\\x42\\x0f" + struct.pack(">H", size) + lease)[0] == 0x63
sys.stdout.buffer.write(document)
"""


def memory(pid: int) -> dict:
    """Every page that the process can write, by address."""
    pages = {}
    with open(f"/proc/{pid}/maps", encoding="ascii") as maps, open(f"/proc/{pid}/mem", "rb", 0) as file:
        for line in maps:
            span, permissions, *_ = line.split()
            if not permissions.startswith("rw"):
                continue
            start, end = (int(number, 16) for number in span.split("-"))
            try:
                file.seek(start)
                pages[line.strip()] = file.read(end - start)
            except (OSError, OverflowError):
                continue
    return pages


def found(pid: int, secrets: dict) -> list:
    """(which secret, where) for each that is there, whole or in part."""
    places = []
    for where, content in memory(pid).items():
        for name, secret in secrets.items():
            # Not the first bytes of a token: they are the same in every one of its kind.
            body = secret if len(secret) < 3 * WINDOW else secret[len(secret) // 3 :]
            pieces = [body[at : at + WINDOW] for at in range(0, max(1, len(body) - WINDOW), WINDOW)]
            for piece in pieces:
                at = content.find(piece)
                if at >= 0:
                    places.append((name, where, hex(at), content[max(0, at - 40) : at + 60]))
                    break
    return places


@pytest.fixture
def newcomer(login):
    name = "n" + str(time.time_ns() % 10**9)
    login.pool.add_person(name, OLD, ["engineers"], temporary=True)
    login.machine.add_login(name)
    return name


def first_login(login, name: str, command: str):
    """ssh, with the temporary password replaced on the way."""
    child = login.machine.ssh(name, command)
    terminal.answer(child, [("Password: ", OLD), ("New password: ", NEW), ("Retype New password: ", NEW)])
    return child


def test_three_seconds_after_the_hand_over_nothing_is_left(healthy, newcomer):
    collector = healthy.machine.folder / "collect.py"
    collector.write_text(COLLECTOR)
    # Within the session: with the last one of the person, tokens end that nobody has collected.
    shown, status = terminal.finish(first_login(healthy, newcomer, f"{sys.executable} -I {collector} {SOCKET}"))
    assert status == 0, shown
    document = json.loads(shown[shown.index("{") :])
    secrets = {name: document[name].encode() for name in ("refresh_token", "access_token", "id_token")}
    secrets |= {"old password": OLD.encode(), "new password": NEW.encode()}
    time.sleep(3)
    assert found(healthy.machine.daemon.pid, secrets) == []
    assert healthy.machine.daemon.process.poll() is None


def test_the_search_finds_what_has_not_been_handed_over(healthy, newcomer):
    child = first_login(healthy, newcomer, "echo here; sleep 3")
    child.expect("here")
    assert any(b"eyJ" in content for content in memory(healthy.machine.daemon.pid).values())
    assert terminal.finish(child)[1] == 0


def test_a_changed_password_is_not_left_either(healthy):
    name = "c" + str(time.time_ns() % 10**9)
    # Longer than a register: what one held, the processor's state saved on a thread's stack may hold for a while.
    old = PASSWORD + "-and-some-more-words"
    healthy.pool.add_person(name, old, ["engineers"])
    healthy.machine.add_login(name)
    child = terminal.spawn(*healthy.machine.as_person(name, "passwd"))
    terminal.answer(child, [("Current password: ", old), ("New password: ", NEW), ("Retype new password: ", NEW)])
    shown, status = terminal.finish(child)
    assert status == 0, shown
    time.sleep(3)
    secrets = {"old password": old.encode(), "new password": NEW.encode()}
    assert found(healthy.machine.daemon.pid, secrets) == []
