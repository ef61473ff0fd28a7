"""The pages in a real browser, Chromium, with its own rules on forms, redirects and cookies."""

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from rig.browser import Browser
from rig.pages import VERIFIER, authorize, oauth
from rig.totp import Authenticator

PASSWORD, OTHER = "Correct-horse-9", "Other-horse-10"


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
def site(api, controlled, callback):
    """The address of the sign-in page of a pool with its own settings."""

    def make(mfa=None, **settings) -> str:
        pool = api.create_user_pool(PoolName="site", AutoVerifiedAttributes=["email"], **settings)["UserPool"]["Id"]
        if mfa:
            api.set_user_pool_mfa_config(UserPoolId=pool, **mfa)
        urls = {"CallbackURLs": [callback], "LogoutURLs": [callback]}
        made = api.create_user_pool_client(UserPoolId=pool, ClientName="app", **oauth(**urls))["UserPoolClient"]
        return controlled.endpoint + authorize(made["ClientId"], redirect_uri=callback, state="s-1")

    return make


@pytest.fixture(params=["with JavaScript", "without JavaScript"])
def browser(tmp_path, request):
    with Browser(tmp_path, javascript=request.param == "with JavaScript") as browser:
        yield browser


@pytest.fixture
def looking(tmp_path):
    """A browser in which axe-core can look at pages: it needs JavaScript, the pages don't."""
    with Browser(tmp_path) as browser:
        yield browser


def fill(browser: Browser, **fields) -> None:
    """Types into fields, two underscores for a dot in their names, and sends the form."""
    enter(browser, **fields)
    browser.go("button[type=submit]")


def enter(browser: Browser, **fields) -> None:
    for name, text in fields.items():
        browser.type(f'[name="{name.replace("__", ".")}"]', text)


def landed(browser: Browser, callback: str) -> dict:
    """What the browser brought to the app."""
    query = urlsplit(browser.wait_for(callback)).query
    assert browser.title == "the app"
    return {name: values[0] for name, values in parse_qs(query).items()}


def test_a_person_signs_in_with_a_code_and_signs_out(controlled, callback, browser):
    app = controlled.add_client("browser", **oauth(CallbackURLs=[callback], LogoutURLs=[callback]))
    address = controlled.endpoint + authorize(app, redirect_uri=callback, state="s-1")
    name = f"bruno-{browser.javascript}"
    person = controlled.add_person(name, PASSWORD, with_totp=True)
    browser.open(address)
    assert browser.title == "Sign in" and browser.focused == "username"
    fill(browser, username=name, password="wrong")
    assert browser.text("[role=alert]") == "Incorrect username or password." and browser.focused == "password"
    fill(browser, password=PASSWORD)
    fill(browser, code=person.authenticator.next_code())
    reply = landed(browser, callback)
    assert reply["state"] == "s-1"
    form = {"grant_type": "authorization_code", "client_id": app, "redirect_uri": callback}
    form |= {"code": reply["code"], "code_verifier": VERIFIER}
    assert "id_token" in requests.post(controlled.endpoint + "/oauth2/token", data=form, timeout=10).json()
    # Signed in already: straight to the app. Signed out: asked again.
    browser.open(address)
    assert browser.wait_for(callback)
    browser.open(f"{controlled.endpoint}/logout?client_id={app}&logout_uri={callback}")
    browser.open(address)
    assert browser.title == "Sign in"


def test_a_person_makes_an_account_forgets_the_password_and_gets_in_again(control, site, callback, browser):
    address = site()
    browser.open(address)
    browser.go('a[href^="/signup"]')
    enter(browser, username="berta", userAttributes__email="berta@example.com", new_password=PASSWORD)
    browser.click("button[type=submit]")
    assert browser.title == "Make an account", "the browser itself asks for what is missing"
    fill(browser, new_password_again=OTHER)
    assert browser.text("[role=alert]") == "The two passwords are not the same."
    assert browser.focused == "new_password_again"
    fill(browser, new_password=PASSWORD, new_password_again=PASSWORD)
    assert "b***@e***" in browser.text("[role=status]")
    browser.go("button[name=action]")
    assert "A new code was sent" in browser.text("[role=status]")
    fill(browser, code=control.last_code("berta"))
    assert "code" in landed(browser, callback)
    browser.open(address + "&prompt=login")
    browser.go('a[href^="/forgotPassword"]')
    fill(browser, username="berta")
    fill(browser, code=control.last_code("berta"), new_password=OTHER, new_password_again=OTHER)
    assert "Your new password is set." in browser.text("[role=status]")
    fill(browser, password=OTHER)
    assert "code" in landed(browser, callback)


def test_no_secret_is_ever_in_an_address(control, site, browser):
    browser.open(site())
    browser.go('a[href^="/signup"]')
    fill(browser, username="carl", userAttributes__email="c@example.com", new_password=PASSWORD, new_password_again="x")
    assert urlsplit(browser.where).query == ""
    fill(browser, new_password=PASSWORD, new_password_again=PASSWORD)
    assert urlsplit(browser.where).query == ""
    browser.go('a[href^="/login"]')
    assert not {"code", "login", "csrf", "password", "username"} & set(parse_qs(urlsplit(browser.where).query))


def test_every_page_is_sound_for_people_with_disabilities(api, control, site, callback, looking):
    mfa = {"MfaConfiguration": "ON", "SoftwareTokenMfaConfiguration": {"Enabled": True}}
    mfa["EmailMfaConfiguration"] = {"Message": "Code {####}", "Subject": "Code"}
    name = {"Name": "birthdate", "AttributeDataType": "String", "Required": True, "Mutable": True}
    address = site(mfa, Schema=[name])
    browser = looking
    seen = []

    def look(title: str) -> None:
        assert browser.title == title
        assert browser.complaints() == [], title
        seen.append(title)

    browser.open(address)
    look("Sign in")
    fill(browser, username="dora", password="wrong")
    look("Error: Sign in")
    browser.go('a[href^="/signup"]')
    look("Make an account")
    person = {"username": "dora", "userAttributes__email": "dora@example.com", "userAttributes__birthdate": "01022000"}
    fill(browser, **person, new_password="Short-1", new_password_again="Short-1")
    look("Error: Make an account")
    fill(browser, new_password=PASSWORD, new_password_again=PASSWORD)
    look("Confirm your account")
    fill(browser, code=control.last_code("dora"))
    look("Choose a second way to confirm that it’s you")
    browser.click("[value=SOFTWARE_TOKEN_MFA]")
    browser.go("button[type=submit]")
    look("Set up an authenticator app")
    phone = Authenticator(browser.text("code"))
    fill(browser, code=phone.wrong_code())
    look("Error: Set up an authenticator app")
    fill(browser, code=phone.next_code())
    assert "code" in landed(browser, callback)
    browser.open(address + "&prompt=login")
    fill(browser, username="dora", password=PASSWORD)
    look("Confirm that it’s you")
    browser.go('a[href^="/login"]')
    browser.go('a[href^="/forgotPassword"]')
    look("Forgot your password?")
    fill(browser, username="dora")
    look("Set a new password")
    browser.open(address.replace("client_id", "nobody"))
    look("That didn't work")
    assert len(seen) == 12


def test_axe_core_would_find_what_is_wrong(looking):
    looking.open("data:text/html,<title>x</title><input><img src=x>")
    assert {"label", "image-alt", "html-has-lang"} <= {rule for rule, _ in looking.complaints()}


def test_a_screen_reader_is_told_what_each_part_is(site, looking):
    looking.open(site())
    assert (looking.label("#username"), looking.label("#password")) == ("User name", "Password")
    assert (looking.role("button"), looking.label("button")) == ("button", "Sign in")
    assert looking.role("h1") == "heading" and looking.role("main") == "main"
    looking.go('a[href^="/signup"]')
    assert looking.attribute("#new_password", "aria-describedby") == "hint-new_password"
    fill(looking, username="emil", userAttributes__email="e@example.com", new_password="x", new_password_again="x")
    assert looking.attribute("#new_password", "aria-describedby") == "hint-new_password alert"
    assert looking.attribute("#new_password", "aria-invalid") == "true"
    assert looking.role("#alert") == "alert"
