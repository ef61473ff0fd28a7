"""The sign-in pages in a real browser, Chromium, with its own rules on forms, redirects and cookies."""

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from rig.browser import Browser

PASSWORD = "Correct-horse-9"
VERIFIER = "v" * 43

pytestmark = pytest.mark.skipif(not Browser.is_installed(), reason="chromium and chromedriver are not installed")


class Landing(BaseHTTPRequestHandler):
    """Where the app would take the code."""

    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"<title>the app</title>")

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def callback():
    server = HTTPServer(("127.0.0.1", 0), Landing)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/callback"
    server.shutdown()


@pytest.fixture(scope="module")
def app(pool, callback):
    return pool.add_client(
        "browser",
        AllowedOAuthFlowsUserPoolClient=True,
        AllowedOAuthFlows=["code"],
        AllowedOAuthScopes=["openid"],
        CallbackURLs=[callback],
        LogoutURLs=[callback],
    )


@pytest.fixture
def browser(tmp_path):
    with Browser(tmp_path) as browser:
        yield browser


def address(pool, app: str, callback: str) -> str:
    fields = {
        "client_id": app,
        "redirect_uri": callback,
        "response_type": "code",
        "scope": "openid",
        "state": "s-1",
        "code_challenge": create_s256_code_challenge(VERIFIER),
        "code_challenge_method": "S256",
    }
    return requests.Request("GET", pool.endpoint + "/oauth2/authorize", params=fields).prepare().url


def test_a_person_signs_in_with_a_code_and_signs_out(pool, app, callback, browser):
    person = pool.add_person("bruno", PASSWORD, with_totp=True)
    browser.open(address(pool, app, callback))
    assert browser.title == "Sign in"
    browser.type("#username", "bruno")
    browser.type("#password", "wrong")
    browser.click("button")
    assert browser.text("[role=alert]") == "Incorrect username or password."
    browser.type("#password", PASSWORD)
    browser.click("button")
    browser.type("#code", person.authenticator.next_code())
    browser.click("button")
    landed = {name: values[0] for name, values in parse_qs(urlsplit(browser.wait_for(callback)).query).items()}
    assert browser.title == "the app" and landed["state"] == "s-1"
    form = {
        "grant_type": "authorization_code",
        "client_id": app,
        "redirect_uri": callback,
        "code": landed["code"],
        "code_verifier": VERIFIER,
    }
    assert "id_token" in requests.post(pool.endpoint + "/oauth2/token", data=form, timeout=10).json()
    # Signed in already: straight to the app. Signed out: asked again.
    browser.open(address(pool, app, callback))
    assert browser.wait_for(callback)
    browser.open(f"{pool.endpoint}/logout?client_id={app}&logout_uri={callback}")
    browser.open(address(pool, app, callback))
    assert browser.title == "Sign in"


def test_a_screen_reader_is_told_what_each_part_is(pool, app, callback, browser):
    browser.open(address(pool, app, callback))
    assert (browser.label("#username"), browser.label("#password")) == ("User name", "Password")
    assert (browser.role("button"), browser.label("button")) == ("button", "Sign in")
    assert browser.role("h1") == "heading" and browser.role("main") == "main"
