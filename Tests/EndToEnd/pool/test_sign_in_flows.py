"""Everything that a sign-in can turn into, by unmodified pycognito and boto3."""

import pytest
from botocore.exceptions import ClientError
from pycognito.aws_srp import AWSSRP, generate_hash_device
from pycognito.exceptions import ForceChangePasswordException
from rig import tokens

PASSWORD = "Kovalevskaya-1850-top"


def code_of(refusal) -> str:
    return refusal.value.response["Error"]["Code"]


def srp(pool, name, password=PASSWORD, client_id=None, pool_id=None, **extra) -> AWSSRP:
    return AWSSRP(
        username=name,
        password=password,
        pool_id=pool_id or pool.id,
        client_id=client_id or pool.client_id,
        client=pool.client(),
        **extra,
    )


def make_user(admin, pool_id, name, password=PASSWORD, **extra):
    admin.admin_create_user(UserPoolId=pool_id, Username=name, MessageAction="SUPPRESS", **extra)
    admin.admin_set_user_password(UserPoolId=pool_id, Username=name, Password=password, Permanent=True)


@pytest.fixture(scope="module")
def sofia(pool):
    return pool.add_person("sofia", PASSWORD)


def test_a_temporary_password_must_be_changed_over_srp(pool):
    pool.add_person("grace", "Temporary-1906!", temporary=True)
    with pytest.raises(ForceChangePasswordException):
        srp(pool, "grace", "Temporary-1906!").authenticate_user()
    reply = srp(pool, "grace", "Temporary-1906!").set_new_password_challenge("Hopper-1906-cobol")
    assert "AccessToken" in reply["AuthenticationResult"]
    assert "AccessToken" in srp(pool, "grace", "Hopper-1906-cobol").authenticate_user()["AuthenticationResult"]
    with pytest.raises(ClientError) as refusal:
        srp(pool, "grace", "Temporary-1906!").authenticate_user()
    assert code_of(refusal) == "NotAuthorizedException"


def test_a_client_with_a_secret_signs_in_with_its_hash_alone(pool, sofia):
    client = pool.client()
    made = client.create_user_pool_client(UserPoolId=pool.id, ClientName="confidential", GenerateSecret=True)
    app = made["UserPoolClient"]
    reply = srp(pool, "sofia", client_id=app["ClientId"], client_secret=app["ClientSecret"]).authenticate_user()
    assert tokens.claims(reply["AuthenticationResult"]["AccessToken"])["client_id"] == app["ClientId"]
    with pytest.raises(ClientError, match="SECRET_HASH was not received"):
        srp(pool, "sofia", client_id=app["ClientId"]).authenticate_user()
    with pytest.raises(ClientError, match="Unable to verify secret hash"):
        srp(pool, "sofia", client_id=app["ClientId"], client_secret="guess").authenticate_user()


def test_wrong_passwords_lock_the_user_for_a_second(pool):
    pool.add_person("locked", PASSWORD)
    for _ in range(5):
        with pytest.raises(ClientError, match="Incorrect username or password"):
            srp(pool, "locked", "wrong").authenticate_user()
    with pytest.raises(ClientError, match="Password attempts exceeded"):
        srp(pool, "locked").authenticate_user()


def test_a_user_who_does_not_exist_is_told_or_hidden_as_the_client_is_set(pool):
    with pytest.raises(ClientError) as refusal:
        srp(pool, "nobody").authenticate_user()
    assert code_of(refusal) == "UserNotFoundException"
    hiding = pool.add_client("hiding", PreventUserExistenceErrors="ENABLED")
    answers = [
        pool.client().initiate_auth(
            ClientId=hiding, AuthFlow="USER_SRP_AUTH", AuthParameters=srp(pool, "nobody").get_auth_params()
        )["ChallengeParameters"]
        for _ in range(2)
    ]
    assert answers[0]["SALT"] == answers[1]["SALT"]
    assert answers[0]["USER_ID_FOR_SRP"] == answers[1]["USER_ID_FOR_SRP"]
    with pytest.raises(ClientError, match="Incorrect username or password"):
        srp(pool, "nobody", client_id=hiding).authenticate_user()


def test_a_password_in_clear_is_checked_as_well(pool, sofia):
    def sign_in(password):
        return pool.client().initiate_auth(
            ClientId=pool.client_id,
            AuthFlow="USER_PASSWORD_AUTH",
            AuthParameters={"USERNAME": "sofia", "PASSWORD": password},
        )

    assert "AccessToken" in sign_in(PASSWORD)["AuthenticationResult"]
    with pytest.raises(ClientError, match="Incorrect username or password"):
        sign_in(PASSWORD + "x")


def test_an_administrator_signs_a_user_in(pool, sofia):
    def sign_in(flow, **parameters):
        return pool.client().admin_initiate_auth(
            UserPoolId=pool.id,
            ClientId=pool.client_id,
            AuthFlow=flow,
            AuthParameters={"USERNAME": "sofia", **parameters},
        )

    assert "AccessToken" in sign_in("ADMIN_USER_PASSWORD_AUTH", PASSWORD=PASSWORD)["AuthenticationResult"]
    assert "AccessToken" in sign_in("ADMIN_NO_SRP_AUTH", PASSWORD=PASSWORD)["AuthenticationResult"]
    helper = srp(pool, "sofia")
    challenge = sign_in("USER_SRP_AUTH", SRP_A=helper.get_auth_params()["SRP_A"])
    reply = pool.client().admin_respond_to_auth_challenge(
        UserPoolId=pool.id,
        ClientId=pool.client_id,
        ChallengeName="PASSWORD_VERIFIER",
        ChallengeResponses=helper.process_challenge(challenge["ChallengeParameters"], helper.get_auth_params()),
    )
    assert "AccessToken" in reply["AuthenticationResult"]


def test_a_refresh_token_renews_until_it_is_revoked(pool, sofia):
    client, first = pool.client(), pool.sign_in(sofia)
    renewed = client.initiate_auth(
        ClientId=pool.client_id,
        AuthFlow="REFRESH_TOKEN_AUTH",
        AuthParameters={"REFRESH_TOKEN": first["RefreshToken"]},
    )["AuthenticationResult"]
    assert "RefreshToken" not in renewed
    origin = tokens.claims(first["AccessToken"])["origin_jti"]
    assert tokens.claims(renewed["AccessToken"])["origin_jti"] == origin
    client.revoke_token(Token=first["RefreshToken"], ClientId=pool.client_id)
    with pytest.raises(ClientError, match="revoked"):
        client.get_user(AccessToken=renewed["AccessToken"])
    with pytest.raises(ClientError) as refusal:
        client.get_tokens_from_refresh_token(RefreshToken=first["RefreshToken"], ClientId=pool.client_id)
    assert code_of(refusal) == "NotAuthorizedException"
    with pytest.raises(ClientError) as refusal:
        client.revoke_token(Token=first["AccessToken"], ClientId=pool.client_id)
    assert code_of(refusal) == "UnsupportedTokenTypeException"


def test_rotation_gives_a_new_refresh_token_and_refuses_the_old_one(pool, sofia):
    client = pool.client()
    rotating = pool.add_client(
        "rotating",
        ExplicitAuthFlows=["ALLOW_USER_SRP_AUTH"],
        RefreshTokenRotation={"Feature": "ENABLED", "RetryGracePeriodSeconds": 0},
    )
    first = pool.sign_in(sofia, client_id=rotating)["RefreshToken"]
    second = client.get_tokens_from_refresh_token(RefreshToken=first, ClientId=rotating)["AuthenticationResult"]
    assert second["RefreshToken"] != first
    with pytest.raises(ClientError) as refusal:
        client.get_tokens_from_refresh_token(RefreshToken=first, ClientId=rotating)
    assert code_of(refusal) == "RefreshTokenReuseException"
    client.get_tokens_from_refresh_token(RefreshToken=second["RefreshToken"], ClientId=rotating)


def test_signing_out_everywhere_ends_every_sign_in(pool):
    person = pool.add_person("emilie", PASSWORD)
    client, sign_ins = pool.client(), [pool.sign_in(person) for _ in range(2)]
    client.global_sign_out(AccessToken=sign_ins[0]["AccessToken"])
    for sign_in in sign_ins:
        with pytest.raises(ClientError, match="revoked"):
            client.get_user(AccessToken=sign_in["AccessToken"])
    again = pool.sign_in(person)["AccessToken"]
    assert client.get_user(AccessToken=again)["Username"] == "emilie"
    client.admin_user_global_sign_out(UserPoolId=pool.id, Username="emilie")
    with pytest.raises(ClientError, match="revoked"):
        client.get_user(AccessToken=again)


def test_a_changed_password_is_the_one_that_counts(pool):
    person = pool.add_person("ada", PASSWORD)
    client, access = pool.client(), pool.sign_in(person)["AccessToken"]
    with pytest.raises(ClientError, match="Incorrect username or password"):
        client.change_password(AccessToken=access, PreviousPassword="wrong", ProposedPassword="Lovelace-1815-engine")
    with pytest.raises(ClientError) as refusal:
        client.change_password(AccessToken=access, PreviousPassword=PASSWORD, ProposedPassword="short")
    assert code_of(refusal) == "InvalidPasswordException"
    client.change_password(AccessToken=access, PreviousPassword=PASSWORD, ProposedPassword="Lovelace-1815-engine")
    assert "AccessToken" in srp(pool, "ada", "Lovelace-1815-engine").authenticate_user()["AuthenticationResult"]
    with pytest.raises(ClientError):
        srp(pool, "ada").authenticate_user()


class TrackedPool:
    """A second pool in the same server, which tracks devices."""

    def __init__(self, pool):
        self.admin = pool.client()
        made = self.admin.create_user_pool(
            PoolName="tracked",
            DeviceConfiguration={"ChallengeRequiredOnNewDevice": True, "DeviceOnlyRememberedOnUserPrompt": False},
        )
        self.id = made["UserPool"]["Id"]
        flows = ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
        app = self.admin.create_user_pool_client(UserPoolId=self.id, ClientName="app", ExplicitAuthFlows=flows)
        self.client_id = app["UserPoolClient"]["ClientId"]
        make_user(self.admin, self.id, "lise")

    def sign_in(self, pool, **device):
        helper = srp(pool, "lise", pool_id=self.id, client_id=self.client_id, **device)
        return helper.authenticate_user()["AuthenticationResult"]


def test_a_device_is_confirmed_proves_itself_and_is_forgotten(pool):
    tracked = TrackedPool(pool)
    admin, first = tracked.admin, tracked.sign_in(pool)
    device = first["NewDeviceMetadata"]
    key, group = device["DeviceKey"], device["DeviceGroupKey"]
    password, verifier = generate_hash_device(group, key)
    admin.confirm_device(
        AccessToken=first["AccessToken"], DeviceKey=key, DeviceName="bench", DeviceSecretVerifierConfig=verifier
    )
    again = tracked.sign_in(pool, device_key=key, device_group_key=group, device_password=password)
    assert tokens.claims(again["AccessToken"])["device_key"] == key
    assert "NewDeviceMetadata" not in again
    with pytest.raises(ClientError, match="Incorrect username or password"):
        tracked.sign_in(pool, device_key=key, device_group_key=group, device_password="wrong")

    parameters = {"REFRESH_TOKEN": again["RefreshToken"]}
    renew = {"ClientId": tracked.client_id, "AuthFlow": "REFRESH_TOKEN_AUTH"}
    with pytest.raises(ClientError, match="Invalid Refresh Token"):
        admin.initiate_auth(AuthParameters=parameters, **renew)
    admin.initiate_auth(AuthParameters={**parameters, "DEVICE_KEY": key}, **renew)

    listed = admin.list_devices(AccessToken=again["AccessToken"])["Devices"]
    assert key in [device["DeviceKey"] for device in listed]
    assert admin.get_device(AccessToken=again["AccessToken"], DeviceKey=key)["Device"]["DeviceKey"] == key
    admin.update_device_status(AccessToken=again["AccessToken"], DeviceKey=key, DeviceRememberedStatus="not_remembered")
    admin.admin_update_device_status(
        UserPoolId=tracked.id, Username="lise", DeviceKey=key, DeviceRememberedStatus="remembered"
    )
    name = {"UserPoolId": tracked.id, "Username": "lise"}
    assert admin.admin_get_device(**name, DeviceKey=key)["Device"]["DeviceKey"] == key
    assert len(admin.admin_list_devices(**name)["Devices"]) == len(listed)
    admin.forget_device(AccessToken=again["AccessToken"], DeviceKey=key)
    with pytest.raises(ClientError) as refusal:
        tracked.sign_in(pool, device_key=key, device_group_key=group, device_password=password)
    assert code_of(refusal) == "ResourceNotFoundException"
    other = tracked.sign_in(pool)["NewDeviceMetadata"]["DeviceKey"]
    admin.admin_forget_device(**name, DeviceKey=other)
    with pytest.raises(ClientError) as refusal:
        admin.admin_get_device(**name, DeviceKey=other)
    assert code_of(refusal) == "ResourceNotFoundException"


def test_where_a_second_factor_is_a_must_it_is_set_up_in_the_sign_in(pool):
    from rig import totp

    admin = pool.client()
    pool_id = admin.create_user_pool(PoolName="strict")["UserPool"]["Id"]
    admin.set_user_pool_mfa_config(
        UserPoolId=pool_id, MfaConfiguration="ON", SoftwareTokenMfaConfiguration={"Enabled": True}
    )
    app = admin.create_user_pool_client(
        UserPoolId=pool_id, ClientName="app", ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
    )["UserPoolClient"]["ClientId"]
    make_user(admin, pool_id, "rosalind")
    start = admin.initiate_auth(
        ClientId=app, AuthFlow="USER_PASSWORD_AUTH", AuthParameters={"USERNAME": "rosalind", "PASSWORD": PASSWORD}
    )
    assert start["ChallengeName"] == "MFA_SETUP"
    key = admin.associate_software_token(Session=start["Session"])
    phone = totp.Authenticator(key["SecretCode"])
    verified = admin.verify_software_token(Session=key["Session"], UserCode=phone.next_code())
    reply = admin.respond_to_auth_challenge(
        ClientId=app,
        ChallengeName="MFA_SETUP",
        Session=verified["Session"],
        ChallengeResponses={"USERNAME": "rosalind"},
    )
    assert "AccessToken" in reply["AuthenticationResult"]


def test_the_first_factor_can_be_chosen(pool):
    admin = pool.client()
    pool_id = admin.create_user_pool(
        PoolName="passwordless",
        Policies={"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP"]}},
    )["UserPool"]["Id"]
    app = admin.create_user_pool_client(
        UserPoolId=pool_id, ClientName="app", ExplicitAuthFlows=["ALLOW_USER_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
    )["UserPoolClient"]["ClientId"]
    attributes = [{"Name": "email", "Value": "hedy@example.com"}, {"Name": "email_verified", "Value": "true"}]
    make_user(admin, pool_id, "hedy", UserAttributes=attributes)
    offer = admin.initiate_auth(ClientId=app, AuthFlow="USER_AUTH", AuthParameters={"USERNAME": "hedy"})
    assert offer["ChallengeName"] == "SELECT_CHALLENGE"
    assert offer["AvailableChallenges"] == ["PASSWORD", "PASSWORD_SRP", "EMAIL_OTP"]
    answer = {"USERNAME": "hedy", "ANSWER": "PASSWORD", "PASSWORD": PASSWORD}
    reply = admin.respond_to_auth_challenge(
        ClientId=app, ChallengeName="SELECT_CHALLENGE", Session=offer["Session"], ChallengeResponses=answer
    )
    assert "AccessToken" in reply["AuthenticationResult"]
    with pytest.raises(ClientError, match="once"):
        admin.respond_to_auth_challenge(
            ClientId=app, ChallengeName="SELECT_CHALLENGE", Session=offer["Session"], ChallengeResponses=answer
        )
