"""A login at this machine becomes a session of the person's own, once, whatever happens on the way."""

import json
import signal
import subprocess
import time

import pytest
from rig.desk import HOST
from rig.handover import HandOver


@pytest.fixture
def daemon(desk, pool, tmp_path):
    """Holds a login of ada's, as cognito-logind does after PAM has let her in."""
    tokens = pool.sign_in(pool.ada)
    document = {
        "access_token": tokens["AccessToken"],
        "id_token": tokens["IdToken"],
        "refresh_token": tokens["RefreshToken"],
        "username": "ada",
        "user_pool_id": pool.id,
        "client_id": pool.client_id,
        "endpoint": pool.endpoint,
        "issuer": pool.issuer,
        "region": "local",
        "expires_at": 4102444800,
    }
    path = tmp_path / "logind.sock"
    profile = desk.home / ".config/cognito-login/profiles.conf"
    profile.write_text(profile.read_text() + f"login_socket = {path}\n")
    with HandOver(path, document) as daemon:
        yield daemon


def get(desk) -> subprocess.CompletedProcess:
    return desk.git("get", protocol="https", host=HOST)


def start_get(desk) -> subprocess.Popen:
    process = subprocess.Popen(
        ["git-credential-cognito", "get"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env=desk.env, text=True,
    )  # fmt: skip
    process.stdin.write(f"protocol=https\nhost={HOST}\n\n")
    process.stdin.flush()
    return process


def kill(process: subprocess.Popen) -> None:
    process.send_signal(signal.SIGKILL)
    assert process.communicate(timeout=10)[0] == ""


def test_the_first_helper_call_finds_the_login(desk, daemon, pool):
    access = daemon.document["access_token"]
    answer = get(desk)
    assert f"password={access}\n" in answer.stdout, answer.stderr
    assert daemon.asked == ["collect", "stored"]
    desk.forget_kernel_keys(pool.id)
    assert get(desk).stdout.startswith("username=ada\n")
    assert json.loads(desk.cognito("status", "--json").stdout)["username"] == "ada"


def test_killed_before_it_is_stored_it_can_be_collected_again(desk, daemon):
    desk.keyring.signal(signal.SIGSTOP)
    process = start_get(desk)
    desk.wait_for(lambda: daemon.asked, "the login to be collected")
    time.sleep(0.3)
    kill(process)
    desk.keyring.signal(signal.SIGCONT)
    assert daemon.asked == ["collect"]
    assert get(desk).stdout.startswith("username=ada\n")
    assert daemon.document is None


def test_killed_after_it_is_stored_nothing_is_lost_either(desk, daemon, pool):
    collected = daemon.document
    daemon._answer, original = (lambda payload: hold(payload)), daemon._answer

    def hold(payload):
        if payload[0] == 0x42:
            daemon.silent = True
        return original(payload)

    process = start_get(desk)
    desk.wait_for(lambda: "stored" in daemon.asked, "the login to be stored")
    kill(process)
    assert daemon.document == collected
    daemon.silent, daemon._answer = False, original
    # Once with what the killed one had stored, and once more from the daemon.
    assert get(desk).stdout.startswith("username=ada\n")
    desk.forget_kernel_keys(pool.id)
    assert get(desk).stdout.startswith("username=ada\n")
    assert daemon.document is None
    desk.forget_kernel_keys(pool.id)
    assert get(desk).stdout.startswith("username=ada\n")


def test_a_locked_keyring_leaves_the_login_with_the_daemon_where_it_is_the_only_place(desk, daemon, pool):
    desk.configure(pool, "--store", "secret-service")
    desk.lock_keyring()
    answer = get(desk)
    assert answer.stdout == "" and "is locked" in answer.stderr
    assert "stored" not in daemon.asked and daemon.document
    desk.keyring.stop()
    desk.start_keyring()
    assert get(desk).stdout.startswith("username=ada\n")


def test_a_login_whose_keyring_is_locked_rests_in_the_kernel_and_says_so(desk, daemon, pool):
    desk.lock_keyring()
    answer = get(desk)
    assert answer.stdout.startswith("username=ada\n")
    assert "kept in this machine's memory (the desktop's keyring is locked): until" in answer.stderr
    assert daemon.asked == ["collect", "stored"]
    desk.forget_kernel_keys(pool.id)
    answer = get(desk)
    assert answer.stdout.startswith("username=ada\n") and answer.stderr == ""


def test_a_daemon_that_never_answers_holds_no_session_up(desk, daemon, pool):
    get(desk)
    desk.forget_kernel_keys(pool.id)
    daemon.silent = True
    start = time.monotonic()
    assert get(desk).stdout.startswith("username=ada\n")
    assert time.monotonic() - start < 6


@pytest.mark.parametrize("nonsense", [b"{}", b"not json", b'{"access_token":"x"}'])
def test_nonsense_from_the_daemon_is_told_only_without_a_session(desk, daemon, pool, nonsense):
    document, daemon.document = daemon.document, nonsense
    answer = get(desk)
    assert answer.stdout == "" and answer.stderr
    daemon.document = document
    assert get(desk).stdout.startswith("username=ada\n")
    desk.forget_kernel_keys(pool.id)
    daemon.document = nonsense
    assert get(desk).stdout.startswith("username=ada\n")


def test_a_login_to_another_client_is_left_alone(desk, daemon):
    daemon.document["client_id"] = "another"
    answer = get(desk)
    assert answer.stdout == "" and "cognito login" in answer.stderr
    assert daemon.asked == ["collect"]


def test_signing_out_drops_what_was_not_collected(desk, daemon):
    assert desk.cognito("logout").returncode == 0
    assert daemon.asked == ["sign-out"] and daemon.document is None
    assert get(desk).stdout == ""


def test_many_helpers_at_once_collect_once(desk, daemon):
    processes = [start_get(desk) for _ in range(8)]
    answers = {process.communicate(timeout=60)[0] for process in processes}
    assert len(answers) == 1 and answers.pop().startswith("username=ada\n")
    assert daemon.asked.count("stored") == 1
