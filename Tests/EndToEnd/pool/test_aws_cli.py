"""The AWS CLI, unmodified, against the pool."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

PASSWORD = "Correct-horse-9"


@pytest.fixture
def aws(pool, tmp_path):
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "AWS_ACCESS_KEY_ID": "local",
        "AWS_SECRET_ACCESS_KEY": "local",
        "AWS_DEFAULT_REGION": "local",
        "AWS_PAGER": "",
    }

    def aws(*words, check: bool = True):
        command = [Path(sys.executable).with_name("aws"), "--endpoint-url", pool.endpoint, "--output", "json"]
        done = subprocess.run(
            [*command, "cognito-idp", *words], capture_output=True, text=True, env=environment, timeout=60
        )
        if not check:
            return done.stderr
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout) if done.stdout.strip() else {}

    return aws


def test_a_user_is_made_joins_a_group_and_signs_in(aws, pool):
    named = ("--user-pool-id", pool.id, "--username", "cleo")
    made = aws("admin-create-user", *named, "--user-attributes", "Name=email,Value=cleo@example.com")
    assert made["User"]["UserStatus"] == "FORCE_CHANGE_PASSWORD"
    aws("admin-set-user-password", *named, "--password", PASSWORD, "--permanent")
    aws("create-group", "--user-pool-id", pool.id, "--group-name", "crew")
    aws("admin-add-user-to-group", *named, "--group-name", "crew")
    listed = aws("list-users-in-group", "--user-pool-id", pool.id, "--group-name", "crew")
    assert [user["Username"] for user in listed["Users"]] == ["cleo"]
    flow = ("--auth-flow", "USER_PASSWORD_AUTH", "--client-id", pool.client_id, "--auth-parameters")
    signed_in = aws("initiate-auth", *flow, f"USERNAME=cleo,PASSWORD={PASSWORD}")
    access = signed_in["AuthenticationResult"]["AccessToken"]
    assert aws("get-user", "--access-token", access)["Username"] == "cleo"
    wrong = aws("initiate-auth", *flow, "USERNAME=cleo,PASSWORD=wrong", check=False)
    assert "NotAuthorizedException" in wrong and "Incorrect username or password." in wrong


def test_what_list_users_writes_is_read_in_elsewhere(aws, pool, programs, tmp_path):
    listing = tmp_path / "users.json"
    named = ("--user-pool-id", pool.id, "--username", "mover")
    sub = aws("admin-create-user", *named, "--message-action", "SUPPRESS")["User"]["Attributes"][0]["Value"]
    listing.write_text(json.dumps(aws("list-users", "--user-pool-id", pool.id)))
    state = ["--state", tmp_path / "elsewhere"]
    run = {"check": True, "capture_output": True, "text": True, "timeout": 30}
    subprocess.run([programs.cognito_pool, "pool", "create", "elsewhere", *state], **run)
    subprocess.run([programs.cognito_pool, "user", "import", listing, *state], **run)
    shown = subprocess.run([programs.cognito_pool, "user", "show", "mover", "--json", *state], **run)
    assert json.loads(shown.stdout)["UserAttributes"][0]["Value"] == sub


def test_an_operation_of_no_use_here_is_unknown(aws, pool):
    assert "UnknownOperationException" in aws("get-signing-certificate", "--user-pool-id", pool.id, check=False)
