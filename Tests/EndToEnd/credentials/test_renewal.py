"""Renewals: one at a time, one for all who wait, and no session lost when the pool is out of order."""

import json
import signal
import subprocess
import time

import pytest
from rig.counting import CountingRelay
from rig.desk import HOST
from rig.hostile import HostileServer
from rig.processes import free_port


@pytest.fixture
def relay(pool):
    with CountingRelay(pool.endpoint) as relay:
        yield relay


@pytest.fixture
def counted(signed_in, relay, pool):
    """Signed in, with an empty cache, and a relay that counts what the pool is asked from now on."""
    signed_in.cognito("configure", "--endpoint", relay.endpoint, check=True)
    signed_in.forget_kernel_keys(pool.id)
    relay.counts.clear()
    return signed_in


def start_get(desk) -> subprocess.Popen:
    process = subprocess.Popen(
        ["git-credential-cognito", "get"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env=desk.env, text=True,
    )  # fmt: skip
    process.stdin.write(f"protocol=https\nhost={HOST}\n\n")
    process.stdin.flush()
    return process


def test_many_helpers_at_once_make_one_renewal(counted, relay):
    processes = [start_get(counted) for _ in range(12)]
    answers = {process.communicate(timeout=60)[0] for process in processes}
    assert len(answers) == 1 and answers.pop().startswith("username=ada\n")
    assert relay.renewals() == 1, relay.counts


def test_many_helpers_at_once_with_rotation_lose_no_session(desk, pool):
    client_id = pool.add_client(
        "rotating", RefreshTokenRotation={"Feature": "ENABLED", "RetryGracePeriodSeconds": 0},
        ExplicitAuthFlows=["ALLOW_USER_SRP_AUTH"],
    )  # fmt: skip
    desk.cognito("configure", "--client-id", client_id, check=True)
    shown, status = desk.login(pool.ada)
    assert status == 0, shown
    for _ in range(3):
        desk.forget_kernel_keys(pool.id)
        processes = [start_get(desk) for _ in range(8)]
        for process in processes:
            output, error = process.communicate(timeout=60)
            assert output.startswith("username=ada\n"), error
    assert desk.cognito("status").returncode == 0


def test_a_helper_killed_while_it_renews_blocks_nobody_and_loses_nothing(counted, relay, pool):
    arrived = []

    def hold(name):
        if name in ("GetTokensFromRefreshToken", "InitiateAuth") and not arrived:
            arrived.append(name)
            time.sleep(3)

    relay.before = hold
    process = start_get(counted)
    counted.wait_for(lambda: arrived, "the renewal to arrive")
    process.send_signal(signal.SIGKILL)
    process.wait(10)
    relay.before = lambda name: None
    start = time.monotonic()
    assert counted.git("get", protocol="https", host=HOST).stdout.startswith("username=ada\n")
    assert time.monotonic() - start < 3


@pytest.mark.parametrize("trouble", ["nobody listens", "closing", "garbage", "silent"])
def test_a_pool_out_of_order_is_told_and_loses_no_session(signed_in, pool, trouble):
    signed_in.forget_kernel_keys(pool.id)
    server = None if trouble == "nobody listens" else HostileServer(trouble)
    address = f"http://127.0.0.1:{free_port()}" if server is None else server.address
    signed_in.cognito("configure", "--endpoint", address, check=True)
    start = time.monotonic()
    if server:
        with server:
            result = signed_in.git("get", protocol="https", host=HOST)
    else:
        result = signed_in.git("get", protocol="https", host=HOST)
    assert result.stdout == "" and len(result.stderr.splitlines()) == 1, result.stderr
    assert time.monotonic() - start < 40
    signed_in.cognito("configure", "--endpoint", pool.endpoint, check=True)
    assert signed_in.git("get", protocol="https", host=HOST).stdout.startswith("username=ada\n")


def test_signing_out_while_the_pool_is_away_forgets_here_and_says_so(signed_in, pool):
    signed_in.cognito("configure", "--endpoint", f"http://127.0.0.1:{free_port()}", check=True)
    result = signed_in.cognito("logout", "--json")
    assert result.returncode == 5
    assert json.loads(result.stdout)["error"]["code"] == "poolNotTold"
    signed_in.cognito("configure", "--endpoint", pool.endpoint, check=True)
    assert signed_in.cognito("status").returncode == 2
    assert signed_in.kernel_keys(pool.id) == []


def test_a_session_ended_by_the_administrator_is_told(signed_in, pool):
    pool.client().admin_user_global_sign_out(UserPoolId=pool.id, Username="ada")
    signed_in.forget_kernel_keys(pool.id)
    result = signed_in.git("get", protocol="https", host=HOST)
    assert result.stdout == "" and "has ended" in result.stderr and "cognito login" in result.stderr
    shown, status = signed_in.login(pool.ada)
    assert status == 0, shown
    assert signed_in.git("get", protocol="https", host=HOST).stdout.startswith("username=ada\n")
