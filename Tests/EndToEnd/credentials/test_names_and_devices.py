"""Pools whose people sign in by another name than the pool's own, and pools that track devices."""

import json
from types import SimpleNamespace

import pytest
from rig import terminal, tokens, totp
from rig.counting import CountingRelay
from rig.desk import HOST
from rig.pool import Person
from rig.processes import run

PASSWORD = "Analytical-Engine-1843"
FLOWS = ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
ALWAYS = {"ChallengeRequiredOnNewDevice": True, "DeviceOnlyRememberedOnUserPrompt": False}
OPT_IN = {"ChallengeRequiredOnNewDevice": True, "DeviceOnlyRememberedOnUserPrompt": True}
ROTATING = {
    "ExplicitAuthFlows": ["ALLOW_USER_SRP_AUTH"],
    "RefreshTokenRotation": {"Feature": "ENABLED", "RetryGracePeriodSeconds": 0},
}


def make_pool(pool, client: dict | None = None, **settings) -> SimpleNamespace:
    """Another pool on the same server, with an app client."""
    admin = pool.client()
    pool_id = admin.create_user_pool(PoolName="another", **settings)["UserPool"]["Id"]
    made = admin.create_user_pool_client(
        **{"UserPoolId": pool_id, "ClientName": "cli", "ExplicitAuthFlows": FLOWS, **(client or {})}
    )["UserPoolClient"]
    return SimpleNamespace(
        id=pool_id, client_id=made["ClientId"], secret=made.get("ClientSecret"), endpoint=pool.endpoint,
        issuer=f"{pool.endpoint}/{pool_id}", admin=admin,
    )  # fmt: skip


def add(pool, name: str, **attributes) -> str:
    """An account; returns the pool's own name for it."""
    user = pool.admin.admin_create_user(
        UserPoolId=pool.id, Username=name, MessageAction="SUPPRESS",
        UserAttributes=[{"Name": key, "Value": value} for key, value in attributes.items()],
    )["User"]["Username"]  # fmt: skip
    pool.admin.admin_set_user_password(UserPoolId=pool.id, Username=user, Password=PASSWORD, Permanent=True)
    return user


@pytest.fixture
def bare(bare_desk):
    bare_desk.start_bus()
    bare_desk.start_keyring()
    return bare_desk


def session(desk) -> dict:
    shown = run("secret-tool", "search", "--all", "application", "cognito-login", env=desk.env)
    lines = [line[9:] for line in (shown.stdout + shown.stderr).splitlines() if line.startswith("secret = ")]
    assert len(lines) == 1
    return json.loads(lines[0])


def renewed(desk, pool) -> str:
    """The access token after the cached one is gone."""
    desk.forget_kernel_keys(pool.id)
    result = desk.cognito("token", "--access")
    assert result.returncode == 0, result.stderr
    return result.stdout.strip()


def devices(pool, user: str) -> dict:
    """Each device's name, by its key."""
    listed = pool.admin.admin_list_devices(UserPoolId=pool.id, Username=user)["Devices"]
    return {
        device["DeviceKey"]: {item["Name"]: item["Value"] for item in device["DeviceAttributes"]}.get("device_name")
        for device in listed
    }


KINDS = {
    "e-mail": (
        {"UsernameAttributes": ["email"]},
        ("grace@example.com", {}),
        "grace@example.com",
    ),
    "capitals": (
        {"UsernameConfiguration": {"CaseSensitive": False}},
        ("Ada.Lovelace", {}),
        "ada.LOVELACE",
    ),
    "alias": (
        {"AliasAttributes": ["preferred_username"]},
        ("e1234567", {"preferred_username": "hopper"}),
        "hopper",
    ),
}


@pytest.mark.parametrize("with_secret", [False, True])
@pytest.mark.parametrize("kind", KINDS)
def test_a_profile_for_an_account_goes_by_the_name_that_is_typed(bare, pool, kind, with_secret):
    settings, (made, attributes), typed = KINDS[kind]
    other = make_pool(pool, {"GenerateSecret": with_secret}, **settings)
    own = add(other, made, **attributes)
    assert own != typed
    words = []
    if with_secret:
        file = bare.home / "client-secret"
        file.write_text(other.secret)
        file.chmod(0o600)
        words = ["--client-secret-file", file]
    bare.configure(other, "--host", HOST, "--username", typed, *words)
    child = terminal.spawn("cognito", "login", env=bare.env)
    terminal.answer(child, [("Password: ", PASSWORD)])
    shown, status = terminal.finish(child)
    assert status == 0 and f"Signed in as {typed} (in the pool: {own})" in shown, shown
    kept = session(bare)
    assert (kept["username"], kept["typed_name"], kept["subject"]) == (
        own, typed, tokens.claims(renewed(bare, other))["sub"],
    )  # fmt: skip
    status = json.loads(bare.cognito("status", "--json").stdout)
    assert (status["username"], status["typed_name"]) == (own, typed)
    answer = bare.git("get", protocol="https", host=HOST).stdout
    assert answer.startswith(f"username={own}\n")
    # A person who names the account in the URL is given it by that name.
    assert bare.git("get", protocol="https", host=HOST, username=typed).stdout.startswith(f"username={typed}\n")
    assert bare.cognito("logout").returncode == 0
    with pytest.raises(other.admin.exceptions.NotAuthorizedException):
        other.admin.get_user(AccessToken=answer.split("password=")[1].split("\n")[0])


def test_another_account_than_the_profiles_is_refused_and_its_sign_in_ended(bare, pool):
    other = make_pool(pool, UsernameAttributes=["email"], DeviceConfiguration=ALWAYS)
    add(other, "grace@example.com")
    mallory = add(other, "mallory@example.com")
    bare.configure(other, "--username", "grace@example.com")
    with CountingRelay(pool.endpoint) as relay:
        bare.cognito("configure", "--endpoint", relay.endpoint, check=True)
        shown, status = bare.login(Person("mallory@example.com", PASSWORD))
        assert (relay.counts["ForgetDevice"], relay.counts["RevokeToken"]) == (1, 1), relay.counts
    assert status == 3 and "mallory@example.com" in shown and "not the profile's" in shown
    assert bare.cognito("status").returncode == 2
    assert devices(other, mallory) == {}
    assert bare.kernel_keys(other.id) == []


def test_a_session_of_an_earlier_version_goes_on(signed_in, pool):
    kept = session(signed_in)
    for name in ("typed_name", "subject"):
        del kept[name]
    attributes = [
        "application", "cognito-login", "credential", f"{pool.id}/{pool.client_id}/default", "profile", "default",
        "user_pool_id", pool.id, "client_id", pool.client_id,
    ]  # fmt: skip
    run("secret-tool", "store", "--label=x", *attributes, input=json.dumps(kept), env=signed_in.env, check=True)
    signed_in.cognito("configure", "--username", "ada", check=True)
    assert tokens.claims(renewed(signed_in, pool))["username"] == "ada"
    assert json.loads(signed_in.cognito("status", "--json").stdout)["typed_name"] is None


@pytest.mark.parametrize("rotation", [False, True])
@pytest.mark.parametrize("tracking", [ALWAYS, OPT_IN], ids=["always", "opt-in"])
def test_a_session_outlives_its_first_token_where_devices_are_tracked(bare, pool, tracking, rotation):
    other = make_pool(pool, ROTATING if rotation else None, DeviceConfiguration=tracking)
    add(other, "ada")
    bare.configure(other, "--host", HOST)
    shown, status = bare.login(Person("ada", PASSWORD))
    assert status == 0, shown
    seen = {renewed(bare, other) for _ in range(3)}
    assert len(seen) == 3
    ((key, name),) = devices(other, "ada").items()
    assert name.startswith("cognito on ")
    kept = session(bare)
    # Nobody has said that the machine may stand for a second factor, so what it would take isn't kept.
    assert kept["device_key"] == key and "device_password" not in kept
    # Another sign-in takes this one's place, and its device's.
    assert bare.login(Person("ada", PASSWORD))[1] == 0
    assert renewed(bare, other)
    (second,) = devices(other, "ada")
    assert second != key
    assert bare.cognito("logout", "--this-session-only").returncode == 0
    assert devices(other, "ada") == {}


@pytest.mark.parametrize("cached", [True, False], ids=["token-cached", "nothing-cached"])
def test_signing_out_makes_the_pool_forget_the_device(bare, pool, cached):
    other = make_pool(pool, DeviceConfiguration=ALWAYS)
    add(other, "ada")
    bare.configure(other)
    assert bare.login(Person("ada", PASSWORD))[1] == 0
    access = renewed(bare, other)
    if not cached:
        bare.forget_kernel_keys(other.id)
    result = bare.cognito("logout")
    assert result.returncode == 0, result.stderr
    assert devices(other, "ada") == {}
    with pytest.raises(other.admin.exceptions.NotAuthorizedException):
        other.admin.get_user(AccessToken=access)


def test_a_device_forgotten_elsewhere_keeps_nobody_from_signing_out(bare, pool):
    other = make_pool(pool, DeviceConfiguration=ALWAYS)
    add(other, "ada")
    bare.configure(other)
    assert bare.login(Person("ada", PASSWORD))[1] == 0
    (key,) = devices(other, "ada")
    other.admin.admin_forget_device(UserPoolId=other.id, Username="ada", DeviceKey=key)
    bare.forget_kernel_keys(other.id)
    assert bare.cognito("token").returncode == 2
    result = bare.cognito("logout")
    assert result.returncode == 0, result.stderr
    assert bare.login(Person("ada", PASSWORD))[1] == 0


def test_a_machine_stands_for_the_second_factor_only_when_told_to(bare, pool):
    other = make_pool(pool, DeviceConfiguration=OPT_IN)
    add(other, "ada")
    # The authenticator is set up before the pool demands one.
    access = other.admin.admin_initiate_auth(
        UserPoolId=other.id, ClientId=make_password_client(other), AuthFlow="ADMIN_USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": "ada", "PASSWORD": PASSWORD},
    )["AuthenticationResult"]["AccessToken"]  # fmt: skip
    other.admin.set_user_pool_mfa_config(
        UserPoolId=other.id, MfaConfiguration="OPTIONAL", SoftwareTokenMfaConfiguration={"Enabled": True}
    )
    secret = other.admin.associate_software_token(AccessToken=access)["SecretCode"]
    ada = Person("ada", PASSWORD, authenticator=totp.Authenticator(secret))
    other.admin.verify_software_token(AccessToken=access, UserCode=ada.authenticator.next_code())
    other.admin.set_user_mfa_preference(
        AccessToken=access, SoftwareTokenMfaSettings={"Enabled": True, "PreferredMfa": True}
    )
    bare.configure(other)
    for words in ([], ["--remember-device"]):
        # The code is asked for each time: nothing was remembered before.
        shown, status = bare.login(ada, *words)
        assert status == 0, shown
    assert session(bare)["device_password"]
    shown, status = bare.login(Person("ada", PASSWORD))
    assert status == 0, shown
    assert renewed(bare, other)
    assert session(bare)["device_password"]
    # Signed out, the machine is a stranger again; what is left is the setting-up's, which nobody confirmed.
    assert bare.cognito("logout").returncode == 0
    assert set(devices(other, "ada").values()) == {None}


def make_password_client(pool) -> str:
    return pool.admin.create_user_pool_client(
        UserPoolId=pool.id, ClientName="setup", ExplicitAuthFlows=["ALLOW_ADMIN_USER_PASSWORD_AUTH"]
    )["UserPoolClient"]["ClientId"]


BASIC, BEARER = 'Basic realm="Git"', 'Bearer realm="Git"'


@pytest.mark.parametrize(
    "offers, scheme, bearer",
    [
        ([], None, True),
        ([BASIC], None, False),
        (["Basic"], None, False),
        ([BASIC, BEARER], None, True),
        ([f"{BASIC}, {BEARER}"], None, True),
        ([BASIC], "bearer", True),
        ([BEARER], "basic", False),
        ([], "basic", False),
        ([BASIC], "auto", False),
    ],
)
def test_a_newer_git_gets_what_the_server_takes(signed_in, offers, scheme, bearer):
    if scheme:
        signed_in.cognito("configure", "--git-scheme", "basic" if scheme == "auto" else scheme, check=True)
        signed_in.cognito("configure", "--git-scheme", scheme, check=True)
    request = f"capability[]=authtype\nprotocol=https\nhost={HOST}\n" + "".join(f"wwwauth[]={o}\n" for o in offers)
    # From the cache by the helper itself, and by `cognito` when there is nothing there.
    for _ in range(2):
        shown = run("git-credential-cognito", "get", input=request + "\n", env=signed_in.env).stdout
        assert ("\nauthtype=Bearer\n" in shown) == bearer
        assert ("\npassword=ey" in shown) != bearer
        assert "\nephemeral=1\n" in shown
        signed_in.docker("erase", HOST)
