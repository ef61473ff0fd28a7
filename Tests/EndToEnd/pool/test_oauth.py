"""OAuth and OpenID Connect as unmodified authlib speaks them, right and wrong requests alike."""

from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from authlib.common.security import generate_token
from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from rig import tokens
from rig.pages import CALLBACK, PASSWORD, VERIFIER, answer, authorize, oauth
from rig.pool import refused


@pytest.fixture
def signed_in(person, browser, app):
    """Codes for the person, who has signed in already."""
    browser.sign_in(authorize(app), "hanna", PASSWORD)
    return lambda client=app, **fields: answer(browser.get(authorize(client, **fields)))["code"]


def exchange(controlled, client: str, code: str, verifier: str | None = VERIFIER, secret: str | None = None, **fields):
    """The tokens for a code, as authlib asks for them, or the error that it was refused with."""
    method = fields.pop("method", "none" if secret is None else "client_secret_basic")
    session = OAuth2Session(client, secret, token_endpoint_auth_method=method)
    fields = {"redirect_uri": CALLBACK, "code": code, "grant_type": "authorization_code"} | fields
    if verifier:
        fields["code_verifier"] = verifier
    try:
        return session.fetch_token(controlled.endpoint + "/oauth2/token", **fields)
    except OAuthError as refusal:
        return {"error": refusal.error}


def test_authlib_signs_in_with_pkce(controlled, person, app, browser):
    verifier = generate_token(48)
    session = OAuth2Session(
        app,
        redirect_uri=CALLBACK,
        scope="openid email aws.cognito.signin.user.admin",
        code_challenge_method="S256",
        token_endpoint_auth_method="none",
    )
    address, state = session.create_authorization_url(
        controlled.endpoint + "/oauth2/authorize", code_verifier=verifier, nonce="n-1"
    )
    reply = browser.sign_in(address[len(controlled.endpoint) :], "hanna", PASSWORD)
    assert reply.status_code == 303 and answer(reply)["state"] == state
    token = session.fetch_token(
        controlled.endpoint + "/oauth2/token",
        authorization_response=reply.headers["Location"],
        code_verifier=verifier,
    )
    claims = tokens.claims(token["id_token"])
    assert (claims["nonce"], claims["aud"], claims["cognito:username"]) == ("n-1", app, "hanna")
    assert controlled.client().get_user(AccessToken=token["access_token"])["Username"] == "hanna"
    info = session.get(controlled.endpoint + "/oauth2/userInfo").json()
    assert info["username"] == "hanna" and info["sub"] == claims["sub"]
    renewed = session.refresh_token(controlled.endpoint + "/oauth2/token")
    assert renewed["access_token"] != token["access_token"]
    session.revoke_token(controlled.endpoint + "/oauth2/revoke", token["refresh_token"])
    access = {"AccessToken": renewed["access_token"]}
    assert refused(controlled.client().get_user, **access) == "NotAuthorizedException"


def test_pkce_is_by_sha_256_or_not_at_all(app, browser):
    assert "/login?" in browser.get(authorize(app, verifier=None)).headers["Location"]
    plain = {"code_challenge": "v" * 43, "code_challenge_method": "plain"}
    assert answer(browser.get(authorize(app, verifier=None, **plain)))["error"] == "invalid_request"


def test_a_code_needs_its_verifier_its_address_and_its_client(controlled, app, signed_in):
    other = controlled.add_client("other pages", **oauth())
    for reply in (
        exchange(controlled, app, signed_in(), verifier="w" * 43),
        exchange(controlled, app, signed_in(), verifier=None),
        exchange(controlled, app, signed_in(), redirect_uri=CALLBACK + "/"),
        exchange(controlled, other, signed_in()),
        exchange(controlled, app, "made-up"),
    ):
        assert reply == {"error": "invalid_grant"}
    assert "id_token" in exchange(controlled, app, signed_in())


def test_a_refused_exchange_does_not_use_the_code_up(controlled, app, signed_in):
    code = signed_in()
    assert exchange(controlled, app, code, verifier="w" * 43)["error"] == "invalid_grant"
    assert "id_token" in exchange(controlled, app, code)


def test_a_code_used_twice_ends_the_session_it_made(controlled, app, signed_in):
    code = signed_in(scope="openid aws.cognito.signin.user.admin")
    first = exchange(controlled, app, code)
    controlled.client().get_user(AccessToken=first["access_token"])
    assert exchange(controlled, app, code) == {"error": "invalid_grant"}
    access = {"AccessToken": first["access_token"]}
    assert refused(controlled.client().get_user, **access) == "NotAuthorizedException"


def test_a_code_expires(controlled, control, app, signed_in):
    code = signed_in()
    control.advance(301)
    assert exchange(controlled, app, code) == {"error": "invalid_grant"}


@pytest.mark.parametrize("fields", [{"redirect_uri": "http://127.0.0.1:2/evil"}, {"client_id": "nobody"}])
def test_the_browser_is_never_sent_to_an_address_that_is_not_the_clients(app, browser, fields):
    reply = browser.get(authorize(app, **fields))
    assert reply.status_code == 400 and "Location" not in reply.headers


def test_wrong_scopes_and_types_are_told_to_the_client_with_its_state(app, browser):
    for fields, error in (
        ({"scope": "openid nonsense"}, "invalid_scope"),
        ({"response_type": "tokens"}, "unsupported_response_type"),
        ({"prompt": "none login"}, "invalid_request"),
    ):
        reply = answer(browser.get(authorize(app, state="s & 1", **fields)))
        assert (reply["error"], reply["state"]) == (error, "s & 1")


def test_state_and_nonce_come_back_as_they_were(controlled, app, person, browser, signed_in):
    odd = "ä &=#?/+%"
    reply = answer(browser.get(authorize(app, state=odd, nonce=odd)))
    assert reply["state"] == odd
    assert tokens.claims(exchange(controlled, app, reply["code"])["id_token"])["nonce"] == odd


def test_scopes_decide_which_tokens_there_are_and_what_they_open(controlled, app, signed_in):
    without = exchange(controlled, app, signed_in(scope="email"))
    assert "id_token" not in without and tokens.claims(without["access_token"])["scope"] == "email"
    access = {"AccessToken": without["access_token"]}
    assert refused(controlled.client().get_user, **access) == "NotAuthorizedException"
    info = requests.get(
        controlled.endpoint + "/oauth2/userInfo",
        headers={"Authorization": "Bearer " + without["access_token"]},
        timeout=10,
    )
    assert info.status_code == 401, "userInfo needs openid"
    everything = exchange(controlled, app, signed_in(scope=""))
    assert set(tokens.claims(everything["access_token"])["scope"].split()) == set(oauth()["AllowedOAuthScopes"])


def test_prompt_none_never_shows_a_page(app, person, browser):
    reply = answer(browser.get(authorize(app, prompt="none", state="s")))
    assert (reply["error"], reply["state"]) == ("login_required", "s")
    browser.sign_in(authorize(app), "hanna", PASSWORD)
    assert "code" in answer(browser.get(authorize(app, prompt="none")))


@pytest.mark.parametrize("prompt", ["login", "select_account"])
def test_prompt_can_ask_again_who_it_is(app, signed_in, browser, prompt):
    assert "/login" in browser.get(authorize(app, prompt=prompt)).headers["Location"]


def test_a_login_hint_stands_in_the_form_escaped(app, browser):
    page = browser.open(authorize(app, login_hint='ada"><b>@example.com'))
    assert 'value="ada&quot;&gt;&lt;b&gt;@example.com"' in page.text


def test_signing_out_leads_only_to_the_clients_own_addresses(app, browser, signed_in):
    def sign_out(**fields) -> requests.Response:
        return browser.get(requests.Request("GET", "http://x/logout", params=fields).prepare().path_url)

    for fields in (
        {"client_id": app, "logout_uri": "https://evil.example/"},
        {"client_id": app, "logout_uri": "http://127.0.0.1:1/bye?x=1"},
        {"client_id": app},
        {"client_id": "nobody", "logout_uri": "http://127.0.0.1:1/bye"},
    ):
        reply = sign_out(**fields)
        assert reply.status_code == 400 and "Location" not in reply.headers
    assert signed_in(), "a refused sign-out ends nothing"
    # In place of an address: on to signing in again, for the same client.
    reply = sign_out(client_id=app, redirect_uri=CALLBACK, response_type="code", scope="openid")
    assert reply.headers["Location"].startswith("/oauth2/authorize?")
    assert "/login" in browser.get(authorize(app)).headers["Location"]


def test_a_client_with_a_secret_shows_it(controlled, person, browser, signed_in):
    made = controlled.client().create_user_pool_client(
        UserPoolId=controlled.id, ClientName="confidential", GenerateSecret=True, **oauth()
    )["UserPoolClient"]
    client, secret = made["ClientId"], made["ClientSecret"]
    for wrong in (secret + "x", "x", None):
        reply = exchange(controlled, client, signed_in(client, verifier=None), None, wrong)
        assert reply == {"error": "invalid_client"}
    for method in ("client_secret_basic", "client_secret_post"):
        code = signed_in(client, verifier=None)
        assert "id_token" in exchange(controlled, client, code, None, secret, method=method)


def test_a_program_signs_in_as_itself(controlled):
    api = controlled.client()
    scopes = [{"ScopeName": "read", "ScopeDescription": "may read"}]
    api.create_resource_server(UserPoolId=controlled.id, Identifier="machines", Name="machines", Scopes=scopes)
    made = api.create_user_pool_client(
        UserPoolId=controlled.id,
        ClientName="robot",
        GenerateSecret=True,
        **oauth(AllowedOAuthFlows=["client_credentials"], AllowedOAuthScopes=["machines/read"]),
    )["UserPoolClient"]
    session = OAuth2Session(made["ClientId"], made["ClientSecret"], scope="machines/read")
    token = session.fetch_token(controlled.endpoint + "/oauth2/token", grant_type="client_credentials")
    claims = tokens.claims(token["access_token"])
    assert (claims["sub"], claims["scope"]) == (made["ClientId"], "machines/read")
    # No user is behind it, so it opens nothing of a user's.
    assert refused(api.get_user, AccessToken=token["access_token"]) in (
        "NotAuthorizedException",
        "UserNotFoundException",
    )


def test_the_implicit_flow_answers_in_the_fragment(controlled, person, browser):
    client = controlled.add_client("implicit", **oauth(AllowedOAuthFlows=["implicit"]))
    reply = browser.sign_in(authorize(client, verifier=None, response_type="token"), "hanna", PASSWORD)
    parts = urlsplit(reply.headers["Location"])
    assert parts.query == "" and {"access_token", "id_token"} <= set(parse_qs(parts.fragment))
