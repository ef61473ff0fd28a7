"""`store = auto`: a sign-in takes what is there, says what it took, and the session stays there."""

import json
import os
import time

import pytest
from rig import kernel
from rig.desk import HOST

MEMORY = "kept in this machine's memory"


def get(desk):
    return desk.git("get", protocol="https", host=HOST)


def status(desk) -> dict:
    return json.loads(desk.cognito("status", "--json").stdout)


def renewed(desk, pool) -> bool:
    """The session is found and renewed, without the cache."""
    desk.forget_kernel_keys(pool.id)
    return get(desk).stdout.startswith("username=ada\n")


@pytest.fixture
def server(bare_desk, pool):
    """No bus, no keyring: ssh, a console, cron."""
    bare_desk.configure(pool, "--host", HOST)
    return bare_desk


@pytest.fixture
def signed_in_by_ssh(server, pool):
    shown, status = server.login(pool.ada)
    assert status == 0 and MEMORY in shown, shown
    return server


def test_with_an_open_keyring_it_is_the_keyring(signed_in, pool):
    assert status(signed_in)["store"] == "secret-service"
    assert not kernel.sessions(pool.id)
    shown = signed_in.cognito("status").stdout
    assert "session in   the desktop's keyring: until you sign out" in shown
    assert renewed(signed_in, pool)


def test_without_a_bus_it_is_the_kernel(server, pool):
    shown, code = server.login(pool.ada)
    assert code == 0
    assert f"The session is {MEMORY} (there is no desktop's keyring here): until" in shown
    assert "without use, or a restart" in shown
    assert status(server)["store"] == "kernel"
    assert "session in   this machine's memory: until" in server.cognito("status").stdout
    assert renewed(server, pool)
    assert server.cognito("logout").returncode == 0
    assert not kernel.sessions(pool.id)
    assert server.cognito("status").returncode == 2


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"XDG_RUNTIME_DIR": "/nonexistent"},
        {"SSH_CONNECTION": "::1 1 ::1 22", "DISPLAY": "localhost:10.0"},
        {"DBUS_SESSION_BUS_ADDRESS": "", "DISPLAY": ":99"},
    ],
    ids=["cron, su -l, sudo -i", "runtime directory gone", "ssh -X", "an empty address"],
)
def test_the_kernel_session_is_found_in_every_bare_environment(signed_in_by_ssh, pool, environment):
    desk = signed_in_by_ssh
    kept = {name: desk.env[name] for name in ("PATH", "HOME", "GIT_CONFIG_NOSYSTEM", "GIT_TERMINAL_PROMPT")}
    desk.env = kept | environment
    start = time.monotonic()
    assert renewed(desk, pool)
    assert time.monotonic() - start < 3
    assert "kernel" in status(desk)["store"]


def test_a_session_in_the_kernel_stays_there_when_a_desktop_appears(signed_in_by_ssh, pool):
    desk = signed_in_by_ssh
    desk.start_bus()
    desk.start_keyring()
    assert renewed(desk, pool)
    assert status(desk)["store"] == "kernel" and len(kernel.sessions(pool.id)) == 1


def test_the_next_sign_in_on_the_desktop_moves_to_the_keyring(signed_in_by_ssh, pool):
    desk = signed_in_by_ssh
    desk.start_bus()
    desk.start_keyring()
    shown, code = desk.login(pool.ada)
    assert code == 0 and "kept in the desktop's keyring: until you sign out" in shown
    assert not kernel.sessions(pool.id)
    assert status(desk)["store"] == "secret-service"


def test_a_sign_in_by_ssh_beside_a_desktop_that_is_out_of_reach(signed_in, pool):
    """Both have one then: the kernel's comes first, and when it is gone, the keyring's is the same person's."""
    desk = signed_in
    bus = desk.env.pop("DBUS_SESSION_BUS_ADDRESS")
    desk.env["XDG_RUNTIME_DIR"] = "/nonexistent"
    desk.forget_kernel_keys(pool.id)
    answer = get(desk)
    assert answer.stdout == "" and "cognito login" in answer.stderr
    assert desk.cognito("status").returncode == 4
    shown, code = desk.login(pool.ada)
    assert code == 0 and MEMORY in shown
    assert status(desk)["store"] == "kernel"
    desk.env["DBUS_SESSION_BUS_ADDRESS"] = bus
    assert status(desk)["store"] == "kernel"
    kernel.forget(pool.id)
    assert renewed(desk, pool)
    assert status(desk)["store"] == "secret-service"


def test_another_persons_older_session_does_not_take_the_place_of_one_that_is_gone(signed_in, pool):
    desk = signed_in
    bus = desk.env.pop("DBUS_SESSION_BUS_ADDRESS")
    desk.env["XDG_RUNTIME_DIR"] = "/nonexistent"
    shown, code = desk.login(pool.bob)
    assert code == 0 and MEMORY in shown
    desk.env["DBUS_SESSION_BUS_ADDRESS"] = bus
    kernel.forget(pool.id)
    desk.forget_kernel_keys(pool.id)
    result = desk.cognito("status", "--json")
    assert result.returncode == 2 and json.loads(result.stdout)["error"]["code"] == "sessionLost"
    assert get(desk).stdout == ""


def test_what_the_kernel_forgot_is_called_gone_and_not_signed_out(signed_in_by_ssh, pool):
    desk = signed_in_by_ssh
    kernel.forget(pool.id)
    desk.forget_kernel_keys(pool.id)
    result = desk.cognito("status", "--json")
    assert result.returncode == 2 and json.loads(result.stdout)["error"]["code"] == "sessionLost"
    for words in ("The session of ada", "this machine's memory since", "is gone", "cognito login"):
        assert words in result.stderr
    answer = get(desk)
    assert answer.stdout == "" and "is gone" in answer.stderr
    answer = desk.docker("get", HOST)
    assert answer.returncode == 1 and "is gone" in answer.stderr
    shown, code = desk.login(pool.ada)
    assert code == 0 and renewed(desk, pool)


@pytest.mark.parametrize("state", ["locked", "no collection", "none", "stopped"])
def test_a_keyring_that_cannot_be_used_is_told_at_sign_in(bare_desk, pool, state):
    desk = bare_desk
    desk.start_bus()
    if state in ("locked", "stopped"):
        desk.start_keyring()
    if state == "locked":
        desk.lock_keyring()
    if state == "no collection":
        desk.start_keyring(None)
    desk.configure(pool, "--host", HOST)
    if state == "stopped":
        desk.keyring.signal(19)  # SIGSTOP
    start = time.monotonic()
    shown, code = desk.login(pool.ada)
    assert time.monotonic() - start < 20
    why = {
        "locked": "the desktop's keyring is locked",
        "no collection": "the desktop's keyring isn't set up yet",
        "none": "there is no desktop's keyring here",
        "stopped": "the desktop's keyring doesn't answer",
    }[state]
    assert code == 0 and f"{MEMORY} ({why}): until" in shown
    # From now on nobody waits for the keyring.
    start = time.monotonic()
    assert renewed(desk, pool) and status(desk)["store"] == "kernel"
    assert time.monotonic() - start < 3


def test_a_session_in_a_keyring_that_is_locked_later_is_not_replaced_in_silence(signed_in, pool):
    signed_in.lock_keyring()
    signed_in.forget_kernel_keys(pool.id)
    answer = get(signed_in)
    assert answer.stdout == "" and "is locked" in answer.stderr and "seahorse" in answer.stderr
    result = signed_in.cognito("status", "--json")
    assert result.returncode == 4 and json.loads(result.stdout)["error"]["code"] == "locked"
    assert "cognito status" not in result.stderr
    assert not kernel.sessions(pool.id)
    signed_in.keyring.stop()
    signed_in.start_keyring()
    assert renewed(signed_in, pool)


def test_a_sign_out_with_a_locked_keyring_ends_the_session_and_says_what_is_left(signed_in, pool):
    """Kernel keys first, then the pool by the cached access token; the helpers never answer again."""
    access = signed_in.cognito("token", "--access").stdout.strip()
    signed_in.lock_keyring()
    result = signed_in.cognito("logout", "--json")
    assert result.returncode == 4 and json.loads(result.stdout)["error"]["code"] == "sessionLeft"
    assert "the pool has ended the session" in result.stderr and "is locked" in result.stderr
    assert not signed_in.kernel_keys(pool.id)
    client = pool.client()
    with pytest.raises(client.exceptions.NotAuthorizedException):
        client.get_user(AccessToken=access)
    assert get(signed_in).stdout == ""
    assert signed_in.cognito("status").returncode == 2
    signed_in.keyring.stop()
    signed_in.start_keyring()
    # Open again: what was ended doesn't come back, and a second sign-out takes it out.
    assert get(signed_in).stdout == "" and signed_in.cognito("token").returncode == 2
    assert "still in the desktop's keyring" in signed_in.cognito("status").stderr
    assert signed_in.cognito("logout").returncode == 0
    assert "still in" not in signed_in.cognito("status").stderr


def test_a_sign_out_that_can_tell_the_pool_nothing_says_so(signed_in, pool):
    signed_in.lock_keyring()
    signed_in.forget_kernel_keys(pool.id)
    result = signed_in.cognito("logout", "--json")
    assert result.returncode == 4 and json.loads(result.stdout)["error"]["code"] == "sessionLeftAndAlive"
    assert "lives on" in result.stderr and "cognito logout" in result.stderr
    signed_in.keyring.stop()
    signed_in.start_keyring()
    assert get(signed_in).stdout == ""
    assert signed_in.cognito("logout").returncode == 0


def test_a_session_in_memory_is_on_no_disk(signed_in_by_ssh, pool):
    (session,) = kernel.sessions(pool.id)
    for file in signed_in_by_ssh.home.rglob("*"):
        if file.is_file():
            assert session["refresh_token"].encode() not in file.read_bytes(), file
            assert os.stat(file).st_mode & 0o077 == 0
