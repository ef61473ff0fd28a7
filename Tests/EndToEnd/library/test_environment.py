"""What the library takes from the environment of a process: an example program is run in several."""

import json
import subprocess
import urllib.request
from pathlib import Path

import pytest
from rig.pool import Pool

PASSWORD = "Analytical-Engine-1843"


@pytest.fixture(scope="module")
def keyless(programs, tmp_path_factory):
    """A pool whose key set can't be fetched any more, and what was in it."""
    with Pool(programs, tmp_path_factory.mktemp("pool"), options=["--control"]) as pool:
        pool.ada = pool.add_person("ada", PASSWORD)
        with urllib.request.urlopen(f"{pool.endpoint}/{pool.id}/.well-known/jwks.json", timeout=10) as answer:
            pool.keys = answer.read().decode()
        fault = json.dumps({"kind": "status", "operation": "jwks.json", "status": 503, "always": True}).encode()
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(f"{pool.endpoint}/_control/faults", fault, headers, method="POST")
        urllib.request.urlopen(request, timeout=10).close()
        yield pool


def sign_in(programs, pool, environment):
    return subprocess.run(
        [programs.examples / "example-sign-in", pool.id, pool.client_id, "ada", pool.endpoint],
        input=PASSWORD + "\n",
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )


def verify(programs, pool, environment):
    """A server that checks a token, with keys that its environment brings."""
    token = pool.sign_in(pool.ada)["AccessToken"]
    return subprocess.run(
        [programs.examples / "example-verify-tokens", pool.id, pool.client_id, pool.endpoint],
        input=token + "\n",
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_without_keys_nobody_is_let_in(programs, keyless, fresh_home):
    result = sign_in(programs, keyless, fresh_home)
    assert result.returncode == 1 and "key set's address answered with status 503" in result.stdout


def test_the_environment_does_not_decide_which_keys_a_client_trusts(programs, keyless, fresh_home):
    result = sign_in(programs, keyless, {**fresh_home, "COGNITO_JWKS": keyless.keys})
    assert result.returncode == 1 and "key set's address answered with status 503" in result.stdout


def test_cognito_jwks_stands_in_for_the_published_keys_where_a_program_asks_for_it(programs, keyless, fresh_home):
    result = verify(programs, keyless, {**fresh_home, "COGNITO_JWKS": keyless.keys})
    assert result.returncode == 0 and result.stdout.startswith("ada until"), result.stdout + result.stderr


@pytest.mark.parametrize("text", ["{'keys': []}", "[]", "not JSON"])
def test_a_cognito_jwks_that_is_no_key_set_is_an_error(programs, keyless, fresh_home, text):
    result = verify(programs, keyless, {**fresh_home, "COGNITO_JWKS": text})
    assert result.returncode != 0 and "COGNITO_JWKS is not a key set" in result.stdout + result.stderr
    assert "ada until" not in result.stdout


def test_keys_that_did_not_sign_the_token_refuse_it(programs, keyless, fresh_home):
    other = json.loads(keyless.keys)
    for key in other["keys"]:
        key["kid"] = key["kid"][::-1]
    result = verify(programs, keyless, {**fresh_home, "COGNITO_JWKS": json.dumps(other)})
    assert result.stdout.startswith("refused:"), result.stdout + result.stderr


def test_nothing_looks_for_keys_in_the_environment_by_itself():
    sources = Path(__file__).resolve().parents[3] / "Sources"
    texts = {path.relative_to(sources).as_posix(): path.read_text() for path in sources.rglob("*.swift")}
    code = {
        name: [line for line in text.splitlines() if not line.lstrip().startswith("//")] for name, text in texts.items()
    }
    reads = {name for name, lines in code.items() if any('getenv("COGNITO_JWKS")' in line for line in lines)}
    asks = {name for name, lines in code.items() if any("JWKS.fromEnvironment" in line for line in lines)}
    assert reads == {"Cognito/Tokens/JWKS+Environment.swift"}
    assert asks == {"cognito/Commands/VerifyCommand.swift"}
