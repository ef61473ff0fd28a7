"""A daemon that is down, stopped, silent, broken or lying: the right answer, in bounded time, and never success."""

import os
import signal
import socket
import subprocess
import sys
import time

import frames
import pytest
from frames import (
    ACCOUNT,
    CHANGE_CHECK,
    CURRENT_PASSWORD,
    NEW_PASSWORD,
    PASSWORD,
    SUCCESS,
    field,
    framed,
    info,
    message,
    prompt,
    result,
)

UNAVAILABLE = "Sign-in with Amazon Cognito isn't available now; please try again later."


def timed(function):
    started = time.monotonic()
    return function(), time.monotonic() - started


def test_no_daemon_is_said_at_once(rig):
    program = rig.program()
    answer, seconds = timed(lambda: program.call("auth"))
    assert answer == "AUTHINFO_UNAVAIL" and seconds < 0.5
    assert program.said == [("error", UNAVAILABLE)]


def test_a_socket_without_a_listener_is_said_at_once(rig):
    with socket.socket(socket.AF_UNIX) as dead:
        dead.bind(str(rig.socket))
    answer, seconds = timed(lambda: rig.program().call("auth"))
    assert answer == "AUTHINFO_UNAVAIL" and seconds < 0.5


def test_without_the_daemon_a_name_of_ours_and_one_that_nobody_has_read_the_same(rig):
    """login-security.md 11: only people of the pool were told."""
    for name in ("alice", "typo"):
        program = rig.program(name)
        assert program.call("auth") == "AUTHINFO_UNAVAIL"
        assert program.said == [("error", UNAVAILABLE)]


def test_a_silent_daemon_costs_the_start_deadline(rig):
    rig.daemon("BEGIN", lambda connection: time.sleep(20))
    answer, seconds = timed(lambda: rig.program().call("auth"))
    assert answer == "AUTHINFO_UNAVAIL" and 0.9 < seconds < 2


def test_a_daemon_that_falls_silent_after_the_password_costs_the_answer_deadline(rig):
    rig.configure("start_timeout=1 answer_timeout=2")
    rig.daemon("BEGIN", prompt("Password: "), "ANSWER", lambda connection: time.sleep(20))
    answer, seconds = timed(lambda: rig.program().call("auth", ["x"]))
    assert answer == "AUTHINFO_UNAVAIL" and 1.9 < seconds < 3.5


def test_a_stopped_daemon_costs_the_start_deadline(rig):
    """SIGSTOP: the kernel still takes the connection."""
    code = (
        "import socket,sys\ns=socket.socket(socket.AF_UNIX)\ns.bind(sys.argv[1])\ns.listen(1)\nprint('up',flush=True)\n"
        "while True: s.accept()[0].recv(9)"
    )
    process = subprocess.Popen([sys.executable, "-c", code, str(rig.socket)], stdout=subprocess.PIPE)
    try:
        process.stdout.readline()
        os.kill(process.pid, signal.SIGSTOP)
        for hook, expected in [("auth", "AUTHINFO_UNAVAIL"), ("acct", "AUTHINFO_UNAVAIL"), ("open", "SESSION_ERR")]:
            answer, seconds = timed(lambda hook=hook: rig.program().call(hook))
            assert answer == expected and 0.9 < seconds < 2
    finally:
        process.kill()
        process.wait()


def test_a_full_queue_of_connections_costs_the_start_deadline(rig):
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(rig.socket))
        listener.listen(0)
        fillers = []
        for _ in range(4):
            filler = socket.socket(socket.AF_UNIX)
            filler.setblocking(False)
            try:
                filler.connect(str(rig.socket))
            except BlockingIOError:
                pass
            fillers.append(filler)
        answer, seconds = timed(lambda: rig.program().call("auth"))
        assert answer == "AUTHINFO_UNAVAIL" and 0.9 < seconds < 2
        for filler in fillers:
            filler.close()


def test_a_chatty_daemon_cannot_stretch_the_deadline(rig):
    def chat(connection):
        try:
            for _ in range(100):
                connection.sendall(info("wait"))
                time.sleep(0.1)
        except OSError:
            pass

    rig.daemon("BEGIN", chat)
    answer, seconds = timed(lambda: rig.program().call("auth"))
    assert answer == "AUTHINFO_UNAVAIL" and seconds < 2


def test_an_endless_flood_of_messages_ends(rig):
    rig.daemon("BEGIN", *[info("x")] * 200)
    program = rig.program()
    assert program.call("auth") == "AUTH_ERR"
    assert len(program.messages()) <= 64


def test_a_frame_dribbled_byte_by_byte_costs_the_deadline(rig):
    def dribble(connection):
        try:
            for byte in prompt("Password: " * 50):
                connection.sendall(bytes([byte]))
                time.sleep(0.05)
        except OSError:
            pass

    rig.daemon("BEGIN", dribble)
    answer, seconds = timed(lambda: rig.program().call("auth"))
    assert answer == "AUTHINFO_UNAVAIL" and seconds < 2


def test_while_a_person_types_there_is_no_deadline(rig):
    rig.daemon("BEGIN", prompt("Password: "), "ANSWER", result(SUCCESS))
    program = rig.program()
    program.line("do auth 0")
    assert program.read()[0] == "off"
    time.sleep(2.5)  # longer than both deadlines
    program.line("= 78")
    assert program.read() == ["return", "auth", "0"]


def test_a_daemon_that_dies_while_a_person_types_is_unavailable_not_a_signal(rig):
    """The answer goes into a closed socket: EPIPE, and no SIGPIPE in the host."""
    rig.daemon("BEGIN", prompt("Password: "))
    program = rig.program()
    program.line("do auth 0")
    assert program.read()[0] == "off"
    time.sleep(0.2)
    program.line("= 78")
    assert program.read()[0] == "error"
    while (line := program.read())[0] != "return":
        pass
    assert line == ["return", "auth", "9"]


@pytest.mark.parametrize("sent", [b"", b"\0", b"\0\0\0\x10\x24", result(SUCCESS)[:-1]])
def test_a_connection_that_ends_early_is_unavailable(rig, sent):
    rig.daemon("BEGIN", sent)
    answer, seconds = timed(lambda: rig.program().call("auth"))
    assert answer == "AUTHINFO_UNAVAIL" and seconds < 0.5


RESULT_FIELDS = field("operation", 1) + field("user", "alice") + field("code", SUCCESS)
MALFORMED = {
    "length-zero": b"\0\0\0\0" + result(SUCCESS),
    "length-16385": b"\0\0\x40\x01" + b"\x24" + b"x" * 16384,
    "length-4-gigabytes": b"\xff\xff\xff\xff" + b"\x24" * 100,
    "type-zero": framed(b"\0" + RESULT_FIELDS),
    "unknown-type": framed(b"\x25" + RESULT_FIELDS),
    "own-begin-back": message("BEGIN", version=1, operation=1, user="alice", service="test", flags=0),
    "own-answer-back": message("ANSWER", answer="x"),
    "own-cancel-back": message("CANCEL"),
    "no-fields": framed(b"\x24"),
    "no-user": framed(b"\x24" + field("operation", 1) + field("code", 1)),
    "no-operation": framed(b"\x24" + field("user", "alice") + field("code", 1)),
    "duplicate-code": framed(
        b"\x24" + field("operation", 1) + field("user", "alice") + field("code", 2) + field("code", 1)
    ),
    "duplicate-user": framed(
        b"\x24" + field("operation", 1) + field("user", "mallory") + field("user", "alice") + field("code", 1)
    ),
    "out-of-order": framed(b"\x24" + field("code", 1) + field("operation", 1) + field("user", "alice")),
    "unknown-tag": framed(b"\x24" + RESULT_FIELDS + field(99, 1)),
    "foreign-tag": framed(b"\x24" + RESULT_FIELDS + field(15, "lease")),
    "bytes-left-over": framed(b"\x24" + RESULT_FIELDS + b"\0\0"),
    "field-beyond-the-end": framed(b"\x24" + field("operation", 1) + field("user", "alice") + b"\x0d\xff\xff\x01"),
    "code-of-two-bytes": framed(b"\x24" + field("operation", 1) + field("user", "alice") + field("code", b"\1\1")),
    "code-zero": framed(b"\x24" + field("operation", 1) + field("user", "alice") + field("code", 0)),
    "code-twelve": framed(b"\x24" + field("operation", 1) + field("user", "alice") + field("code", 12)),
    "user-with-nul": framed(b"\x24" + field("operation", 1) + field("user", b"alice\0") + field("code", 1)),
    "prompt-with-escape": prompt("\x1b[2JPassword: "),
    "prompt-not-utf8": prompt(b"\xff"),
    "prompt-too-long": prompt("x" * 4097),
    "prompt-empty": prompt(""),
    "prompt-of-unknown-kind": prompt("Password: ", kind=9),
    "info-with-nul": info("a\0b"),
}


@pytest.mark.parametrize("name", MALFORMED)
def test_a_malformed_frame_is_denied(rig, name):
    rig.daemon("BEGIN", MALFORMED[name])
    program = rig.program()
    assert program.call("auth") == "AUTH_ERR"
    assert program.said == []


@pytest.mark.parametrize("name", MALFORMED)
def test_a_malformed_frame_is_denied_in_the_account_hook(rig, name):
    rig.daemon("BEGIN", MALFORMED[name].replace(field("operation", 1), field("operation", ACCOUNT)))
    assert rig.program().call("acct") == "PERM_DENIED"


@pytest.mark.parametrize("user", ["bob", "root", "alic", "alicee", "al"])
def test_success_for_another_user_is_denied(rig, user):
    """CVE-2024-9313: the name that was authenticated must be the name that was asked for."""
    rig.daemon("BEGIN", result(SUCCESS, user=user))
    assert rig.program().call("auth") == "AUTH_ERR"


@pytest.mark.parametrize("operation", [2, 3, 4, 5, 6])
def test_success_of_another_hook_is_denied(rig, operation):
    """oidc-pam #120: "the flow started" is not "the user is authenticated"."""
    rig.daemon("BEGIN", result(SUCCESS, operation=operation))
    assert rig.program().call("auth") == "AUTH_ERR"


@pytest.mark.parametrize("second", [result(frames.DENIED), result(SUCCESS), b"\0", info("x")])
def test_anything_after_the_result_is_denied(rig, second):
    rig.daemon("BEGIN", result(SUCCESS) + second, lambda connection: time.sleep(0.3))
    assert rig.program().call("auth") == "AUTH_ERR"


def test_a_result_inside_a_text_is_text(rig):
    rig.daemon("BEGIN", info("RESULT SUCCESS $\x01".replace("\x01", "")), result(frames.DENIED))
    assert rig.program().call("auth") == "AUTH_ERR"


def test_a_user_changed_during_the_conversation_is_denied(rig):
    """PAM_USER is immutable: the program sets another one while the person is asked."""
    rig.daemon("BEGIN", prompt("Password: "), "ANSWER", result(SUCCESS))
    assert rig.program().call("auth", [("bob",)]) == "AUTH_ERR"


@pytest.mark.parametrize("kind", [CURRENT_PASSWORD])
def test_a_prompt_that_makes_no_sense_in_authenticate_is_cancelled(rig, kind):
    daemon = rig.daemon("BEGIN", prompt("Current password: ", kind), "CANCEL")
    program = rig.program()
    assert program.call("auth") == "AUTH_ERR"
    assert program.said == [] and daemon.received[-1][0] == "CANCEL"


@pytest.mark.parametrize("hook", ["acct", "open", "close"])
@pytest.mark.parametrize("kind", [PASSWORD, NEW_PASSWORD, frames.CODE])
def test_no_hook_but_authenticate_and_chauthtok_asks_anything(rig, hook, kind):
    rig.daemon("BEGIN", prompt("Password: ", kind), "CANCEL")
    program = rig.program()
    assert program.call(hook) == ("PERM_DENIED" if hook == "acct" else "SESSION_ERR")
    assert program.prompts() == []


def test_a_ticket_where_none_belongs_is_denied(rig):
    rig.daemon("BEGIN", result(SUCCESS, ticket=b"t" * 16))
    assert rig.program().call("auth") == "AUTH_ERR"
    assert CHANGE_CHECK == 3


def test_a_server_that_anyone_could_have_put_there_is_not_asked(rig):
    """SSSD checks its server's uid too. Root is always trusted, so the server must be somebody else."""
    if os.geteuid() != 0:
        rig.socket.parent.chmod(0o777)
        daemon = rig.daemon("BEGIN", result(SUCCESS))
        assert rig.program().call("auth") == "AUTHINFO_UNAVAIL"
        assert daemon.received == []
        return
    code = (
        "import os,socket,sys\nos.setgid(65534); os.setuid(65534)\ns=socket.socket(socket.AF_UNIX)\n"
        "s.bind(sys.argv[1])\ns.listen(1)\nprint('up',flush=True)\nc=s.accept()[0]\nc.recv(999)\nc.sendall(bytes.fromhex(sys.argv[2]))\nc.recv(1)"
    )
    rig.directory.chmod(0o755)
    for owner, mode, expected in [
        (65534, 0o755, "SUCCESS"),
        (65534, 0o775, "AUTHINFO_UNAVAIL"),
        (0, 0o777, "AUTHINFO_UNAVAIL"),
    ]:
        os.chown(rig.socket.parent, owner, owner)
        rig.socket.parent.chmod(mode)
        process = subprocess.Popen(
            [sys.executable, "-c", code, str(rig.socket), result(SUCCESS).hex()], stdout=subprocess.PIPE
        )
        try:
            assert process.stdout.readline() == b"up\n"
            assert rig.program().call("auth") == expected
        finally:
            process.kill()
            process.wait()
            rig.socket.unlink()


def test_every_descriptor_is_closed_after_every_ending(rig):
    daemon = rig.daemon()
    program = rig.program()
    before = program.descriptors()
    for script, answers in [
        (("BEGIN", prompt("Password: "), "ANSWER", result(SUCCESS)), ["x"]),
        (("BEGIN", result(frames.DENIED)), []),
        (("BEGIN", b"\0\0\0\1\xff"), []),
        (("BEGIN",), []),
        (("BEGIN", prompt("Password: "), "CANCEL"), [None]),
    ]:
        daemon.then(*script)
        program.call("auth", answers)
        assert program.descriptors() == before


def test_a_signal_in_the_host_does_not_end_a_wait(rig):
    """EINTR: SIGWINCH-like signals that the host handles arrive while we wait for the daemon."""
    rig.configure("start_timeout=5")
    rig.daemon("BEGIN", lambda connection: time.sleep(0.8), result(SUCCESS))
    program = rig.program()
    program.line("do auth 0")
    for _ in range(6):
        time.sleep(0.1)
        os.kill(program.process.pid, signal.SIGUSR1)
    assert program.read() == ["return", "auth", "0"]
