"""Keyrings that are locked, absent or full, and the other stores: a clear word each, and nothing lost."""

import json
import time

import pytest
from rig.desk import HOST
from rig.processes import run


@pytest.fixture
def desk(desk, pool):
    """The keyring is named, so no other place is chosen."""
    desk.configure(pool, "--store", "secret-service")
    return desk


def refused_quickly(desk, words: str, code: str) -> None:
    """Helpers and commands say what is wrong, print no token, and don't hang."""
    start = time.monotonic()
    result = desk.git("get", protocol="https", host=HOST)
    assert result.stdout == "" and words in result.stderr, result.stderr
    result = desk.docker("get", HOST)
    assert "Secret" not in result.stdout and words in result.stderr
    result = desk.cognito("status", "--json")
    assert result.returncode == 4
    assert json.loads(result.stdout)["error"]["code"] == code
    assert time.monotonic() - start < 20


def test_a_locked_keyring_is_told_apart_and_its_session_is_kept(signed_in, pool):
    signed_in.lock_keyring()
    signed_in.forget_kernel_keys(pool.id)
    refused_quickly(signed_in, "is locked", "locked")
    signed_in.keyring.stop()
    signed_in.start_keyring()
    assert signed_in.git("get", protocol="https", host=HOST).stdout.startswith("username=ada\n")


def test_a_locked_keyring_with_nothing_of_ours_is_not_called_signed_out(desk):
    desk.lock_keyring()
    refused_quickly(desk, "is locked", "locked")


def test_a_sign_in_with_a_locked_keyring_asks_for_no_password(desk, pool):
    desk.lock_keyring()
    result = run("setsid", "cognito", "login", "--username", "ada", env=desk.env)
    assert result.returncode == 4 and "lock" in result.stderr


def test_no_keyring_on_the_bus(bare_desk, pool):
    bare_desk.start_bus()
    bare_desk.configure(pool, "--host", HOST, "--store", "secret-service")
    refused_quickly(bare_desk, "No Secret Service", "noService")


def test_no_bus(bare_desk, pool):
    bare_desk.configure(pool, "--host", HOST, "--store", "secret-service")
    refused_quickly(bare_desk, "session bus can't be reached", "noBus")


def test_a_keyring_that_never_answers(desk, pool):
    desk.keyring.signal(19)  # SIGSTOP
    start = time.monotonic()
    result = desk.git("get", protocol="https", host=HOST)
    assert result.stdout == "" and "in time" in result.stderr
    assert time.monotonic() - start < 12


def test_a_keyring_without_collection(bare_desk, pool):
    bare_desk.start_bus()
    bare_desk.start_keyring(None)
    bare_desk.configure(pool, "--host", HOST, "--store", "secret-service")
    refused_quickly(bare_desk, "no default keyring", "noCollection")


def test_the_kernel_store_works_without_any_bus(bare_desk, pool):
    bare_desk.configure(pool, "--host", HOST, "--store", "kernel")
    shown, status = bare_desk.login(pool.ada)
    assert status == 0, shown
    bare_desk.forget_kernel_keys(pool.id)
    assert bare_desk.git("get", protocol="https", host=HOST).stdout.startswith("username=ada\n")
    assert not list(bare_desk.home.rglob("*.json"))
    assert bare_desk.cognito("logout").returncode == 0
    assert bare_desk.cognito("status").returncode == 2


def test_the_file_store_is_private_and_only_used_when_named(bare_desk, pool):
    bare_desk.configure(pool, "--host", HOST, "--store", "file")
    shown, status = bare_desk.login(pool.ada)
    assert status == 0, shown
    (file,) = bare_desk.home.rglob("*.json")
    assert file.stat().st_mode & 0o777 == 0o600
    bare_desk.forget_kernel_keys(pool.id)
    assert bare_desk.git("get", protocol="https", host=HOST).stdout.startswith("username=ada\n")
    bare_desk.forget_kernel_keys(pool.id)
    file.chmod(0o644)
    result = bare_desk.git("get", protocol="https", host=HOST)
    assert result.stdout == "" and "can be read by others" in result.stderr
    file.chmod(0o600)
    assert bare_desk.cognito("logout").returncode == 0
    assert not list(bare_desk.home.rglob("*.json"))
