"""What the library takes from the environment of a process: an example program is run in several."""

import json
import subprocess
import urllib.request

import pytest
from rig.pool import Pool

PASSWORD = "Analytical-Engine-1843"


@pytest.fixture(scope="module")
def keyless(programs, tmp_path_factory):
    """A pool whose key set can't be fetched any more, and what was in it."""
    with Pool(programs, tmp_path_factory.mktemp("pool"), options=["--control"]) as pool:
        pool.add_person("ada", PASSWORD)
        with urllib.request.urlopen(f"{pool.endpoint}/{pool.id}/.well-known/jwks.json", timeout=10) as answer:
            pool.keys = answer.read().decode()
        fault = json.dumps({"kind": "status", "operation": "jwks.json", "status": 503, "always": True}).encode()
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(f"{pool.endpoint}/_control/faults", fault, headers, method="POST")
        urllib.request.urlopen(request, timeout=10).close()
        yield pool


def sign_in(programs, pool, environment):
    return subprocess.run(
        [programs.example_sign_in, pool.id, pool.client_id, "ada", pool.endpoint],
        input=PASSWORD + "\n",
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_without_keys_nobody_is_let_in(programs, keyless, fresh_home):
    result = sign_in(programs, keyless, fresh_home)
    assert result.returncode == 1 and "key set's address answered with status 503" in result.stdout


def test_cognito_jwks_stands_in_for_the_published_keys(programs, keyless, fresh_home):
    result = sign_in(programs, keyless, {**fresh_home, "COGNITO_JWKS": keyless.keys})
    assert result.returncode == 0 and '"cognito:username":"ada"' in result.stdout


@pytest.mark.parametrize("text", ["{'keys': []}", "[]", "not JSON"])
def test_a_cognito_jwks_that_is_no_key_set_is_an_error(programs, keyless, fresh_home, text):
    result = sign_in(programs, keyless, {**fresh_home, "COGNITO_JWKS": text})
    assert result.returncode == 1 and "COGNITO_JWKS is not a key set" in result.stdout


def test_keys_that_did_not_sign_the_tokens_refuse_them(programs, keyless, fresh_home):
    other = json.loads(keyless.keys)
    for key in other["keys"]:
        key["kid"] = key["kid"][::-1]
    result = sign_in(programs, keyless, {**fresh_home, "COGNITO_JWKS": json.dumps(other)})
    assert result.returncode == 1 and '"cognito:username"' not in result.stdout
