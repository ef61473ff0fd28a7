"""cognito-pool's own commands, beside a running server."""

import json
import subprocess

import pytest
from rig.pool import Person, Pool, refused

PASSWORD = "Correct-horse-9"


@pytest.fixture
def run(programs, pool):
    def run(*words, text: str = "", check: bool = True) -> subprocess.CompletedProcess:
        command = [programs.cognito_pool, *words, "--state", pool.folder / "state"]
        return subprocess.run(command, input=text, capture_output=True, text=True, timeout=30, check=check)

    return run


def sign_in(pool, name: str, password: str = PASSWORD) -> dict:
    return pool.client().initiate_auth(
        AuthFlow="USER_PASSWORD_AUTH",
        ClientId=pool.client_id,
        AuthParameters={"USERNAME": name, "PASSWORD": password},
    )


def test_a_user_is_made_and_signs_in_at_the_running_server(run, pool):
    run("user", "add", "ada", "-a", "email=ada@example.com", "-g", "staff", text=PASSWORD + "\n")
    assert "AuthenticationResult" in sign_in(pool, "ada")
    assert "ada" in run("group", "members", "staff").stdout
    shown = json.loads(run("user", "show", "ada", "--json").stdout)
    assert {"Name": "email", "Value": "ada@example.com"} in shown["UserAttributes"]
    run("user", "disable", "ada")
    assert refused(lambda: sign_in(pool, "ada")) == "NotAuthorizedException"
    run("user", "enable", "ada")
    run("user", "password", "ada", text="Other-horse-10\n")
    assert "AuthenticationResult" in sign_in(pool, "ada", "Other-horse-10")
    run("user", "delete", "ada")
    assert "ada" not in run("user", "list").stdout


def test_what_the_pool_refuses_is_said_in_a_sentence(run):
    reply = run("user", "add", "weak", text="weak\n", check=False)
    assert reply.returncode != 0 and "Password not long enough" in reply.stderr
    reply = run("user", "show", "nobody", check=False)
    assert reply.returncode != 0 and "User does not exist" in reply.stderr


def test_groups_clients_and_pools(run, pool):
    run("user", "add", "gus", text=PASSWORD + "\n")
    run("group", "create", "crew")
    run("group", "add", "crew", "gus")
    run("group", "remove", "crew", "gus")
    assert "crew" in run("group", "list").stdout
    run("group", "delete", "crew")
    client, secret = run("client", "create", "tool", "--secret").stdout.split()
    assert client in run("client", "list").stdout and len(secret) > 40
    run("client", "delete", client)
    other = run("pool", "create", "second").stdout.strip()
    assert other in run("pool", "list").stdout
    run("pool", "delete", other)


def test_the_outbox_is_shown(run, pool):
    pool.client().admin_create_user(
        UserPoolId=pool.id, Username="olga", UserAttributes=[{"Name": "email", "Value": "olga@example.com"}]
    )
    assert "olga@example.com" in run("outbox").stdout
    messages = [json.loads(line) for line in run("outbox", "--json").stdout.splitlines()]
    assert sign_in(pool, "olga", messages[-1]["code"])["ChallengeName"] == "NEW_PASSWORD_REQUIRED"


def test_users_of_an_aws_pool_are_read_in(run, pool, tmp_path):
    user = {
        "Username": "wilma",
        "Attributes": [
            {"Name": "sub", "Value": "11111111-2222-3333-4444-555555555555"},
            {"Name": "email", "Value": "wilma@example.com"},
            {"Name": "email_verified", "Value": "true"},
        ],
        "UserCreateDate": "2024-05-06T07:08:09.123000+02:00",
        "Enabled": True,
        "UserStatus": "CONFIRMED",
    }
    listing = tmp_path / "users.json"
    listing.write_text(json.dumps({"Users": [user]}))
    assert "added 1" in run("user", "import", str(listing)).stdout
    assert "skipped wilma" in run("user", "import", str(listing)).stdout
    shown = pool.client().admin_get_user(UserPoolId=pool.id, Username="wilma")
    assert shown["UserAttributes"][0]["Value"] == user["Attributes"][0]["Value"]
    assert shown["UserCreateDate"].timestamp() == 1714972089
    assert shown["UserStatus"] == "RESET_REQUIRED"


def test_a_seed_makes_the_same_pool_everywhere(programs, tmp_path):
    user = {"Username": "ada", "Password": PASSWORD, "Groups": ["staff"], "Attributes": {"email": "a@example.com"}}
    client = {"id": "lessonclient", "settings": {"ClientName": "app", "ExplicitAuthFlows": ["USER_PASSWORD_AUTH"]}}
    lesson = {
        "id": "local_Lesson001",
        "settings": {"PoolName": "lesson"},
        "clients": [client],
        "groups": [{"GroupName": "staff"}],
        "users": [user],
    }
    seed = tmp_path / "seed.json"
    seed.write_text(json.dumps({"pools": [lesson]}))
    for _ in range(2):  # the second start finds it all there
        with Pool(programs, tmp_path / "pool", options=["--seed", seed]) as pool:
            assert (pool.id, pool.client_id) == ("local_Lesson001", "lessonclient")
            assert "AuthenticationResult" in sign_in(pool, "ada")


def test_a_mistyped_directory_is_an_error_not_an_empty_pool(programs, tmp_path):
    for words in (["user", "list"], ["pool", "list"], ["outbox"], ["client", "list"]):
        command = [programs.cognito_pool, *words, "--state", tmp_path / "typo"]
        reply = subprocess.run(command, capture_output=True, text=True, timeout=30)
        assert reply.returncode == 1 and "there is no pool in" in reply.stderr
    assert not (tmp_path / "typo").exists()
    command = [programs.cognito_pool, "pool", "create", "new", "--state", tmp_path / "new"]
    assert subprocess.run(command, capture_output=True, text=True, timeout=30).returncode == 0


def test_a_settings_file_that_is_no_object_is_refused_by_its_name(run, tmp_path):
    file = tmp_path / "settings.json"
    for text in ("[1]", "{", '"x"'):
        file.write_text(text)
        for words in (["client", "create", "x"], ["pool", "create", "x"]):
            reply = run(*words, "--settings", str(file), check=False)
            assert reply.returncode == 1 and str(file) in reply.stderr and reply.stderr.count("\n") == 1
    assert run("client", "create", "x", "--settings", str(tmp_path / "gone"), check=False).returncode == 1


def test_lists_are_whole_however_long(run, pool):
    api = pool.client()
    for number in range(61):
        api.create_group(UserPoolId=pool.id, GroupName=f"many-{number:02}")
    run("user", "add", "lister", text=PASSWORD + "\n")
    for number in range(61):
        api.admin_add_user_to_group(UserPoolId=pool.id, Username="lister", GroupName=f"many-{number:02}")
    assert sum(line.startswith("many-") for line in run("group", "list").stdout.splitlines()) == 61
    shown = run("user", "show", "lister").stdout
    assert "many-00" in shown and "many-60" in shown
    assert len(json.loads(run("user", "show", "lister", "--json").stdout)["Groups"]) == 61
    for number in range(61):
        api.create_user_pool_client(UserPoolId=pool.id, ClientName=f"app-{number:02}")
    assert run("client", "list").stdout.count("app-") == 61
    listed = json.loads(run("client", "list", "--json").stdout)["UserPoolClients"]
    client = next(entry["ClientId"] for entry in listed if entry["ClientName"] == "app-60")
    assert "ClientName: app-60" in run("client", "show", client).stdout
    assert json.loads(run("client", "show", client, "--json").stdout)["UserPoolClient"]["ClientId"] == client


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("[]", "isn't a JSON object"),
        ("{}", "neither"),
        ('{"Users": [{"Username": "ok"}, {"Name": "x"}]}', "Users, number 2"),
        ('{"users": [{"Username": "odd", "Attributes": {"nonsense": "1"}}]}', "odd: Attributes did not conform"),
        ('{"users": [{"Username": "odd", "SoftwareTokenSecret": "1"}]}', "SoftwareTokenSecret"),
        ('{"users": [{"Username": "lost", "Groups": ["nowhere"]}]}', "nowhere, which isn't there"),
    ],
)
def test_a_file_of_users_that_is_wrong_is_refused_with_whom_it_is_about(run, tmp_path, content, complaint):
    file = tmp_path / "users.json"
    file.write_text(content)
    reply = run("user", "import", str(file), check=False)
    assert reply.returncode == 1 and complaint in reply.stderr


def test_users_of_our_own_format_are_read_in_with_their_passwords(run, pool, tmp_path):
    user = {"Username": "otto", "Password": PASSWORD, "Groups": ["club"], "Attributes": {"email": "o@example.com"}}
    file = tmp_path / "users.json"
    file.write_text(json.dumps({"groups": [{"GroupName": "club"}], "users": [user]}))
    assert json.loads(run("user", "import", str(file), "--json").stdout) == {"added": 1, "skipped": []}
    assert "AuthenticationResult" in sign_in(pool, "otto") and "groups: club" in run("user", "show", "otto").stdout


def test_every_command_explains_itself(programs):
    def usage(*words) -> str:
        command = [programs.cognito_pool, *words, "--help"]
        return subprocess.run(command, capture_output=True, text=True, timeout=30, check=True).stdout

    for group, actions in {
        "user": "list add show password enable disable confirm delete import",
        "group": "list create delete add remove members",
        "client": "list show create delete",
        "pool": "list create delete",
    }.items():
        assert all(f"  {action} " in usage(group) for action in actions.split())
        for action in actions.split():
            text = usage(group, action)
            assert "--state <directory>" in text and "OVERVIEW: " in text
    assert "--smtp <host:port|url>" in usage("serve") and "--follow" in usage("outbox")


def test_a_backup_of_a_running_pool_has_all_that_was_acknowledged(programs, run, pool, tmp_path):
    for number in range(50):
        pool.add_person(f"backed-up-{number}", PASSWORD)
    copy = tmp_path / "state" / "pool.sqlite"
    copy.parent.mkdir(mode=0o700)
    assert run("backup", str(copy)).stdout == f"wrote {copy}\n"
    assert copy.stat().st_mode & 0o777 == 0o600
    with Pool(programs, tmp_path) as restored:
        assert restored.sign_in(Person("backed-up-49", PASSWORD))["AccessToken"]
    again = run("backup", str(copy), check=False)
    assert again.returncode != 0 and str(copy) in again.stderr
    nowhere = tmp_path / "nowhere" / "file"
    assert run("backup", str(nowhere), check=False).returncode != 0 and not nowhere.exists()
