"""Passkeys: registered and used by python-fido2's parts over unmodified boto3, and by Chromium's own authenticator."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from botocore.exceptions import ClientError
from rig import tokens
from rig.browser import Browser
from rig.passkey import FLAG, SecurityKey
from rig.pool import refused
from rig.totp import Authenticator

PASSWORD = "Lamarr-1914-hop"
ORIGIN = "https://login.example.com"


class App:
    """A pool that takes passkeys for one relying party, by boto3."""

    def __init__(self, api, relying_party: str, **settings):
        self.api = api
        policy = {"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "WEB_AUTHN"]}}
        self.pool_id = api.create_user_pool(PoolName="passkeys", Policies=policy)["UserPool"]["Id"]
        api.set_user_pool_mfa_config(
            UserPoolId=self.pool_id,
            MfaConfiguration="OPTIONAL",
            SoftwareTokenMfaConfiguration={"Enabled": True},
            WebAuthnConfiguration={"RelyingPartyId": relying_party, **settings},
        )
        self.client_id = api.create_user_pool_client(
            UserPoolId=self.pool_id,
            ClientName="app",
            ExplicitAuthFlows=["ALLOW_USER_AUTH", "ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
        )["UserPoolClient"]["ClientId"]

    def add_person(self, name: str) -> str:
        """A user; returns an access token of theirs."""
        self.api.admin_create_user(UserPoolId=self.pool_id, Username=name, MessageAction="SUPPRESS")
        self.api.admin_set_user_password(UserPoolId=self.pool_id, Username=name, Password=PASSWORD, Permanent=True)
        reply = self.api.initiate_auth(
            ClientId=self.client_id,
            AuthFlow="USER_PASSWORD_AUTH",
            AuthParameters={"USERNAME": name, "PASSWORD": PASSWORD},
        )
        return reply["AuthenticationResult"]["AccessToken"]

    def start(self, access: str) -> dict:
        return self.api.start_web_authn_registration(AccessToken=access)["CredentialCreationOptions"]

    def complete(self, access: str, credential: dict) -> None:
        self.api.complete_web_authn_registration(AccessToken=access, Credential=credential)

    def ask(self, name: str) -> dict:
        parameters = {"USERNAME": name, "PREFERRED_CHALLENGE": "WEB_AUTHN"}
        return self.api.initiate_auth(ClientId=self.client_id, AuthFlow="USER_AUTH", AuthParameters=parameters)

    @staticmethod
    def options(challenge: dict) -> dict:
        return json.loads(challenge["ChallengeParameters"]["CREDENTIAL_REQUEST_OPTIONS"])

    def answer(self, name: str, challenge: dict, credential: dict) -> dict:
        reply = self.api.respond_to_auth_challenge(
            ClientId=self.client_id,
            ChallengeName=challenge["ChallengeName"],
            Session=challenge["Session"],
            ChallengeResponses={"USERNAME": name, "CREDENTIAL": json.dumps(credential)},
        )
        return reply["AuthenticationResult"]


@pytest.fixture(scope="module")
def app(api):
    return App(api, "example.com")


@pytest.mark.parametrize("algorithm", ["ES256", "RS256"])
@pytest.mark.parametrize("attestation", ["none", "packed"])
def test_a_security_key_is_registered_listed_used_and_deleted(app, algorithm, attestation):
    name = f"hedy-{algorithm}-{attestation}"
    access, key = app.add_person(name), SecurityKey(ORIGIN, algorithm)
    app.complete(access, key.create(app.start(access), attestation))
    (shown,) = app.api.list_web_authn_credentials(AccessToken=access)["Credentials"]
    assert (shown["RelyingPartyId"], shown["AuthenticatorAttachment"]) == ("example.com", "cross-platform")
    assert app.api.get_user_auth_factors(AccessToken=access)["ConfiguredUserAuthFactors"] == ["PASSWORD", "WEB_AUTHN"]
    challenge = app.ask(name)
    assert challenge["ChallengeName"] == "WEB_AUTHN"
    result = app.answer(name, challenge, key.get(app.options(challenge)))
    assert tokens.claims(result["IdToken"])["cognito:username"] == name
    app.api.delete_web_authn_credential(AccessToken=access, CredentialId=shown["CredentialId"])
    assert app.api.list_web_authn_credentials(AccessToken=access)["Credentials"] == []
    assert app.ask(name)["AvailableChallenges"] == ["PASSWORD", "PASSWORD_SRP"]
    assert (
        refused(app.api.delete_web_authn_credential, AccessToken=access, CredentialId=shown["CredentialId"])
        == "ResourceNotFoundException"
    )


def test_a_copy_of_a_key_is_found_out(app):
    access, key = app.add_person("copied"), SecurityKey(ORIGIN)
    app.complete(access, key.create(app.start(access)))
    challenge = app.ask("copied")
    key.counter = 10
    app.answer("copied", challenge, key.get(app.options(challenge)))
    key.counter = 5
    challenge = app.ask("copied")
    with pytest.raises(ClientError, match="NotAuthorizedException"):
        app.answer("copied", challenge, key.get(app.options(challenge)))


def test_a_page_of_a_thief_gets_nothing(app):
    access, key = app.add_person("fished"), SecurityKey(ORIGIN)
    app.complete(access, key.create(app.start(access)))
    key.origin = "https://examp1e.com"
    challenge = app.ask("fished")
    with pytest.raises(ClientError, match="NotAuthorizedException"):
        app.answer("fished", challenge, key.get(app.options(challenge)))
    with pytest.raises(ClientError, match="WebAuthnOriginNotAllowedException"):
        app.complete(access, SecurityKey(key.origin).create(app.start(access)))


def test_a_pool_that_asks_for_verified_users_refuses_a_mere_touch(api):
    app = App(api, "example.com", UserVerification="required")
    access, key = app.add_person("touching"), SecurityKey(ORIGIN, flags=FLAG.UP)
    options = app.start(access)
    assert options["authenticatorSelection"]["userVerification"] == "required"
    with pytest.raises(ClientError, match="WebAuthnCredentialNotSupportedException"):
        app.complete(access, key.create(options))


def test_a_key_with_a_pin_stands_for_both_factors_where_pool_and_user_say_so(api):
    app = App(api, "example.com", FactorConfiguration="MULTI_FACTOR_WITH_USER_VERIFICATION")
    access, key = app.add_person("twice"), SecurityKey(ORIGIN)
    app.complete(access, key.create(app.start(access)))
    both = {"AccessToken": access, "WebAuthnMfaSettings": {"Enabled": True}}
    assert refused(api.set_user_mfa_preference, **both) == "InvalidParameterException"
    phone = Authenticator(api.associate_software_token(AccessToken=access)["SecretCode"])
    api.verify_software_token(AccessToken=access, UserCode=phone.next_code())
    api.set_user_mfa_preference(AccessToken=access, SoftwareTokenMfaSettings={"Enabled": True})
    assert "WEB_AUTHN" not in app.ask("twice")["AvailableChallenges"]
    api.set_user_mfa_preference(**both)
    challenge = app.ask("twice")
    assert "AccessToken" in app.answer("twice", challenge, key.get(app.options(challenge)))
    key.flags = FLAG.UP
    challenge = app.ask("twice")
    with pytest.raises(ClientError, match="NotAuthorizedException"):
        app.answer("twice", challenge, key.get(app.options(challenge)))


class Page(BaseHTTPRequestHandler):
    """A page of the app."""

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>the app</title>")

    def log_message(self, *_):
        pass


@pytest.fixture
def page():
    server = HTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_port}/"
    server.shutdown()


def test_a_browser_makes_a_passkey_and_signs_in_with_it(api, page, tmp_path):
    app = App(api, "localhost", UserVerification="required")
    access = app.add_person("joan")
    with Browser(tmp_path) as browser:
        browser.open(page)
        browser.add_authenticator()
        app.complete(access, browser.create_passkey(app.start(access)))
        challenge = app.ask("joan")
        result = app.answer("joan", challenge, browser.use_passkey(app.options(challenge)))
        assert tokens.claims(result["IdToken"])["cognito:username"] == "joan"
        # The same authenticator isn't registered twice: the browser itself refuses what the pool excludes.
        with pytest.raises(AssertionError, match="InvalidStateError"):
            browser.create_passkey(app.start(access))
    (shown,) = api.list_web_authn_credentials(AccessToken=access)["Credentials"]
    assert shown["AuthenticatorAttachment"] == "platform" and shown["AuthenticatorTransports"] == ["internal"]
