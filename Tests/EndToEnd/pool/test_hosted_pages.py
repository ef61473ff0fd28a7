"""The OAuth endpoints and sign-in pages, driven by authlib and by plain HTTP like a browser without JavaScript."""

import html
import re
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from authlib.common.security import generate_token
from authlib.integrations.requests_client import OAuth2Session
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from rig import tokens
from rig.pool import refused

PASSWORD = "Correct-horse-9"
CALLBACK = "http://127.0.0.1:1/callback"


@pytest.fixture(scope="module")
def person(controlled):
    return controlled.add_person("hanna", PASSWORD)


@pytest.fixture(scope="module")
def app(controlled):
    return controlled.add_client("pages", **oauth())


def oauth(**settings) -> dict:
    return {
        "AllowedOAuthFlowsUserPoolClient": True,
        "AllowedOAuthFlows": ["code"],
        "AllowedOAuthScopes": ["openid", "email", "aws.cognito.signin.user.admin"],
        "CallbackURLs": [CALLBACK],
        "LogoutURLs": ["http://127.0.0.1:1/bye"],
        **settings,
    }


class Browser:
    """Follows links and fills in forms; no JavaScript."""

    def __init__(self, endpoint: str):
        self.endpoint, self.session = endpoint, requests.Session()

    def get(self, path: str) -> requests.Response:
        address = path if path.startswith("http") else self.endpoint + path
        return self.session.get(address, allow_redirects=False, timeout=10)

    def open(self, path: str) -> requests.Response:
        """Follows redirects as long as they stay at the pool."""
        reply = self.get(path)
        while reply.is_redirect and not reply.headers["Location"].startswith(CALLBACK):
            reply = self.get(reply.headers["Location"])
        return reply

    def submit(self, page: requests.Response, **fields) -> requests.Response:
        hidden = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page.text)
        form = {name: html.unescape(value) for name, value in hidden} | fields
        return self.session.post(self.endpoint + "/login", data=form, allow_redirects=False, timeout=10)

    def sign_in(self, path: str, name: str = "hanna", password: str = PASSWORD) -> requests.Response:
        return self.submit(self.open(path), username=name, password=password)


@pytest.fixture
def browser(controlled):
    return Browser(controlled.endpoint)


def authorize(client: str, verifier: str | None = "v" * 43, **fields) -> str:
    parameters = {"client_id": client, "redirect_uri": CALLBACK, "response_type": "code", "scope": "openid"}
    if verifier:
        parameters |= {"code_challenge": create_s256_code_challenge(verifier), "code_challenge_method": "S256"}
    return requests.Request("GET", "http://x/oauth2/authorize", params=parameters | fields).prepare().path_url


def answer(reply: requests.Response) -> dict:
    return {name: values[0] for name, values in parse_qs(urlsplit(reply.headers["Location"]).query).items()}


def exchange(controlled, client: str, code: str, verifier: str = "v" * 43, **fields) -> requests.Response:
    form = {"grant_type": "authorization_code", "client_id": client, "redirect_uri": CALLBACK, "code": code}
    form |= {"code_verifier": verifier} | fields
    return requests.post(controlled.endpoint + "/oauth2/token", data=form, timeout=10)


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
    reply = browser.sign_in(address[len(controlled.endpoint) :])
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


def test_a_wrong_password_is_told_and_an_unknown_name_looks_the_same(person, app, browser):
    page = browser.open(authorize(app))
    wrong = browser.submit(page, username="hanna", password="wrong")
    unknown = browser.submit(page, username="nobody", password="wrong")
    assert wrong.status_code == unknown.status_code == 200
    for reply in (wrong, unknown):
        assert 'role="alert" id="alert">Incorrect username or password.<' in reply.text


def test_a_second_factor_is_asked_for(controlled, app, browser):
    controlled.add_person("tom", PASSWORD, with_totp=True)
    person = controlled.add_person("tina", PASSWORD, with_totp=True)
    page = browser.sign_in(authorize(app), "tina")
    assert 'autocomplete="one-time-code"' in page.text
    again = browser.submit(page, code=person.authenticator.wrong_code())
    assert "alert" in again.text
    reply = browser.submit(again, code=person.authenticator.next_code())
    assert "code" in answer(reply)


def test_a_temporary_password_is_replaced_on_the_page(controlled, app, browser):
    controlled.add_person("newton", PASSWORD, temporary=True)
    page = browser.sign_in(authorize(app), "newton")
    assert 'autocomplete="new-password"' in page.text
    again = browser.submit(page, new_password="Other-horse-10", new_password_again="Other-horse-11")
    assert "not the same" in again.text
    reply = browser.submit(again, new_password="Other-horse-10", new_password_again="Other-horse-10")
    assert "code" in answer(reply)


def test_a_browser_that_signed_in_is_not_asked_again_until_it_signs_out(person, app, browser):
    browser.sign_in(authorize(app))
    assert "code" in answer(browser.get(authorize(app)))
    cookies = browser.session.cookies.copy()
    reply = browser.get(f"/logout?client_id={app}&logout_uri=http://127.0.0.1:1/bye")
    assert reply.headers["Location"] == "http://127.0.0.1:1/bye"
    assert "/login" in browser.get(authorize(app)).headers["Location"]
    browser.session.cookies = cookies
    assert "/login" in browser.get(authorize(app)).headers["Location"], "a copied cookie is void too"


def test_a_public_client_must_use_pkce(app, browser):
    assert answer(browser.get(authorize(app, verifier=None)))["error"] == "invalid_request"
    plain = {"code_challenge": "v" * 43, "code_challenge_method": "plain"}
    assert answer(browser.get(authorize(app, verifier=None, **plain)))["error"] == "invalid_request"


def test_a_code_needs_its_verifier_its_address_and_its_client(controlled, person, app, browser):
    browser.sign_in(authorize(app))

    def code() -> str:
        return answer(browser.get(authorize(app)))["code"]

    other = controlled.add_client("other pages", **oauth())
    for reply in (
        exchange(controlled, app, code(), verifier="w" * 43),
        exchange(controlled, app, code(), redirect_uri=CALLBACK + "/"),
        exchange(controlled, other, code()),
        exchange(controlled, app, "made-up"),
    ):
        assert (reply.status_code, reply.json()["error"]) == (400, "invalid_grant")


def test_a_code_used_twice_ends_the_session_it_made(controlled, person, app, browser):
    code = answer(browser.sign_in(authorize(app, scope="openid aws.cognito.signin.user.admin")))["code"]
    first = exchange(controlled, app, code).json()
    controlled.client().get_user(AccessToken=first["access_token"])
    assert exchange(controlled, app, code).json()["error"] == "invalid_grant"
    access = {"AccessToken": first["access_token"]}
    assert refused(controlled.client().get_user, **access) == "NotAuthorizedException"


def test_a_code_expires(controlled, control, person, app, browser):
    code = answer(browser.sign_in(authorize(app)))["code"]
    control.advance(301)
    assert exchange(controlled, app, code).json()["error"] == "invalid_grant"


@pytest.mark.parametrize("fields", [{"redirect_uri": "http://127.0.0.1:2/evil"}, {"client_id": "nobody"}])
def test_the_browser_is_never_sent_to_an_address_that_is_not_the_clients(app, browser, fields):
    reply = browser.get(authorize(app, **fields))
    assert reply.status_code == 400 and "Location" not in reply.headers


def test_wrong_scopes_and_types_are_told_to_the_client(app, browser):
    assert answer(browser.get(authorize(app, scope="openid nonsense")))["error"] == "invalid_scope"
    assert answer(browser.get(authorize(app, response_type="tokens")))["error"] == "unsupported_response_type"


def test_a_form_from_elsewhere_is_refused(controlled, person, app, browser):
    page = browser.open(authorize(app))
    stranger = Browser(controlled.endpoint)
    assert stranger.submit(page, username="hanna", password=PASSWORD).status_code == 403, "no cookie"
    browser.session.headers["Origin"] = "https://evil.example"
    assert browser.submit(page, username="hanna", password=PASSWORD).status_code == 403, "another site"


def test_pages_allow_no_script_and_no_frame_and_escape_what_they_show(app, browser):
    page = browser.open(authorize(app))
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy and "script-src" not in policy
    reply = browser.submit(page, username='"><script>alert(1)</script>', password="x")
    assert "<script>" not in reply.text and "&lt;script&gt;" in reply.text


def test_a_client_with_a_secret_shows_it(controlled, person, browser):
    made = controlled.client().create_user_pool_client(
        UserPoolId=controlled.id, ClientName="confidential", GenerateSecret=True, **oauth()
    )["UserPoolClient"]
    client, secret = made["ClientId"], made["ClientSecret"]
    browser.sign_in(authorize(client, verifier=None))

    def code() -> str:
        return answer(browser.get(authorize(client, verifier=None)))["code"]

    form = {"grant_type": "authorization_code", "redirect_uri": CALLBACK}
    address = controlled.endpoint + "/oauth2/token"
    for credentials in ((client, secret + "x"), (client, "")):
        reply = requests.post(address, data=form | {"code": code()}, auth=credentials, timeout=10)
        assert reply.json()["error"] == "invalid_client"
    assert "id_token" in requests.post(address, data=form | {"code": code()}, auth=(client, secret), timeout=10).json()
    posted = form | {"code": code(), "client_id": client, "client_secret": secret}
    assert "id_token" in requests.post(address, data=posted, timeout=10).json()


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
    reply = browser.sign_in(authorize(client, verifier=None, response_type="token"))
    parts = urlsplit(reply.headers["Location"])
    assert parts.query == "" and {"access_token", "id_token"} <= set(parse_qs(parts.fragment))
