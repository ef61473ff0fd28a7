"""`cognito` at a terminal, with a real pool and a real keyring."""

import json

from rig import terminal, tokens
from rig.desk import HOST
from rig.processes import run


def test_a_sign_in_leaves_a_session_and_no_secret_on_the_screen(desk, pool):
    shown, status = desk.login(pool.ada)
    assert status == 0, shown
    assert "Signed in as ada" in shown
    assert pool.ada.password not in shown
    status = json.loads(desk.cognito("status", "--json").stdout)
    assert (status["username"], status["profile"], status["store"]) == ("ada", "default", "secret-service")


def test_tokens_are_printed_and_are_what_they_say(signed_in, pool):
    access = signed_in.cognito("token", "--access").stdout.strip()
    identity = json.loads(signed_in.cognito("token", "--id", "--json").stdout)
    assert tokens.claims(access)["token_use"] == "access"
    assert tokens.claims(identity["token"])["token_use"] == identity["token_use"] == "id"
    assert identity["expires_at"] == tokens.claims(identity["token"])["exp"]
    assert pool.client().get_user(AccessToken=access)["Username"] == "ada"


def test_a_wrong_password_is_refused(desk, pool):
    child = terminal.spawn("cognito", "login", "--username", "ada", env=desk.env)
    terminal.answer(child, [("Password: ", "not-her-password")])
    shown, status = terminal.finish(child)
    assert status == 3, shown
    assert "not-her-password" not in shown
    assert desk.cognito("token").returncode == 2


def test_an_unknown_person_is_refused(desk):
    child = terminal.spawn("cognito", "login", "--username", "nobody-of-that-name", env=desk.env)
    terminal.answer(child, [("Password: ", "not-a-password")])
    shown, status = terminal.finish(child)
    assert status == 3 and "Signed in" not in shown


def test_a_code_is_asked_for_and_a_wrong_one_may_be_typed_again(desk, pool):
    person = pool.add_person("carol", "Algorithmic-1952", with_totp=True)
    person.authenticator.wait()
    child = terminal.spawn("cognito", "login", "--username", "carol", env=desk.env, seconds=60)
    terminal.answer(
        child,
        [
            ("Password: ", person.password),
            ("[Cc]ode[^\n]*: ", person.authenticator.wrong_code()),
            ("[Cc]ode[^\n]*: ", desk.next_code(person)),
        ],
    )
    shown, status = terminal.finish(child)
    assert status == 0, shown


def test_a_forced_change_of_the_password(desk, pool):
    person = pool.add_person("dora", "Temporary-1900", temporary=True)
    child = terminal.spawn("cognito", "login", "--username", "dora", env=desk.env)
    terminal.answer(
        child,
        [
            ("Password: ", person.password),
            ("New password: ", "Permanent-1901"),
            ("New password again: ", "Permanent-1902"),
            ("New password: ", "Permanent-1901"),
            ("New password again: ", "Permanent-1901"),
        ],
    )
    shown, status = terminal.finish(child)
    assert status == 0, shown
    person.password = "Permanent-1901"
    assert desk.login(person)[1] == 0


def test_interrupting_the_password_prompt_leaves_the_terminal_usable(desk):
    child = terminal.spawn("bash", "--norc", env=desk.env)
    shell = terminal.Shell(child)
    shell.run("stty echo")
    shell.start("cognito login --username ada")
    child.expect("Password: ")
    child.send("secret\x03")
    status, _ = shell.result()
    assert status == 130
    assert " echo " in shell.run("stty -a")[1]


def test_without_a_terminal_nothing_is_asked(desk):
    result = run("setsid", "cognito", "login", "--username", "ada", env=desk.env)
    assert result.returncode == 1
    assert "needs a terminal" in result.stderr


def test_the_session_is_one_item_of_ours_in_the_keyring(signed_in, pool):
    shown = run("secret-tool", "search", "--all", "application", "cognito-login", env=signed_in.env)
    text = shown.stdout + shown.stderr
    assert text.count("secret = ") == 1
    secret = json.loads(next(line for line in text.splitlines() if line.startswith("secret = "))[9:])
    assert secret["username"] == "ada" and secret["refresh_token"]
    assert "access_token" not in secret and "id_token" not in secret
    # On the disk there is nothing of ours but the profile, the empty lock and the encrypted keyring.
    for file in signed_in.home.rglob("*"):
        if file.is_file():
            assert secret["refresh_token"].encode() not in file.read_bytes(), file


def test_signing_in_again_replaces_the_session(signed_in, pool):
    shown, status = signed_in.login(pool.bob)
    assert status == 0, shown
    assert json.loads(signed_in.cognito("status", "--json").stdout)["username"] == "bob"
    assert tokens.claims(signed_in.cognito("token", "--access").stdout.strip())["username"] == "bob"
    shown = run("secret-tool", "search", "--all", "application", "cognito-login", env=signed_in.env)
    assert (shown.stdout + shown.stderr).count("secret = ") == 1


def test_signing_out_ends_the_session_everywhere(signed_in, pool):
    access = signed_in.cognito("token", "--access").stdout.strip()
    shown = run("secret-tool", "search", "--all", "application", "cognito-login", env=signed_in.env)
    line = next(line for line in (shown.stdout + shown.stderr).splitlines() if line.startswith("secret = "))
    refresh = json.loads(line[9:])["refresh_token"]

    result = signed_in.cognito("logout", "--json")
    assert json.loads(result.stdout)["was_signed_in"] is True, result.stderr
    assert signed_in.git("get", protocol="https", host=HOST).stdout == ""
    assert "Secret" not in signed_in.docker("get", HOST).stdout
    assert signed_in.kernel_keys(pool.id) == []
    shown = run("secret-tool", "search", "--all", "application", "cognito-login", env=signed_in.env)
    assert "secret = " not in shown.stdout + shown.stderr
    client = pool.client()
    for attempt in (
        lambda: client.get_user(AccessToken=access),
        lambda: client.initiate_auth(
            AuthFlow="REFRESH_TOKEN_AUTH", ClientId=pool.client_id, AuthParameters={"REFRESH_TOKEN": refresh}
        ),
    ):
        try:
            attempt()
        except client.exceptions.NotAuthorizedException:
            continue
        raise AssertionError("the pool still takes it")
    again = signed_in.cognito("logout", "--json")
    assert json.loads(again.stdout)["was_signed_in"] is False


def test_a_token_can_be_verified(signed_in):
    result = signed_in.cognito("verify", "--json")
    assert result.returncode == 0, result.stderr
    assert json.loads(result.stdout)["claims"]["username"] == "ada"
    access = signed_in.cognito("token", "--access").stdout
    assert signed_in.cognito("verify", "--stdin", input=access).returncode == 0
    for spoiled in (tokens.with_bad_signature(access.strip()), tokens.unsigned(access.strip()), "nonsense", ""):
        result = signed_in.cognito("verify", "--stdin", input=spoiled)
        assert result.returncode != 0
        assert result.stdout == "" and (not spoiled or spoiled not in result.stderr)
    assert signed_in.cognito("verify", "--stdin", "--use", "id", input=access).returncode == 3


def test_failures_have_a_form_for_programs(desk):
    result = desk.cognito("token", "--json")
    assert result.returncode == 2
    assert json.loads(result.stdout)["error"]["code"] == "notSignedIn"
    assert "cognito login" in result.stderr
