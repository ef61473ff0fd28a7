"""The pages that show the pool and change it, and the maildir."""

import email
import email.policy
import html
import json
import os
import re
import stat
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from rig.browser import Browser
from rig.pages import complaint, title
from rig.pool import Pool, refused

PASSWORD, OTHER = "Correct-horse-9", "Other-horse-10"


@pytest.fixture(scope="module")
def shown(programs, tmp_path_factory):
    """A pool with its pages and a maildir, and somebody invited to it."""
    folder = tmp_path_factory.mktemp("shown")
    with Pool(programs, folder, options=["--admin-page", "--maildir", folder / "mail"]) as pool:
        pool.client().admin_create_user(
            UserPoolId=pool.id,
            Username="<b>mona</b>",
            UserAttributes=[{"Name": "email", "Value": "mona@example.com"}],
        )
        yield pool


class Teacher:
    """Somebody at the pages, without JavaScript."""

    def __init__(self, endpoint: str):
        self.endpoint, self.session = endpoint, requests.Session()

    def get(self, page: str, **fields) -> requests.Response:
        return self.session.get(f"{self.endpoint}/_pool/{page}", params=fields, timeout=10)

    def press(self, page: requests.Response, action: str, which: int = 0, **fields) -> requests.Response:
        """Fills in and sends the page's form for a change, and follows to where it leads."""
        forms = re.findall(r"<form method=\"post\".*?</form>", page.text, re.S)
        form = [form for form in forms if f'name="action" value="{action}"' in form][which]
        hidden = re.findall(r'<input type="hidden" name="([\w.]+)" value="([^"]*)"', form)
        typed = {name.replace("__", "."): value for name, value in fields.items()}
        data = {name: html.unescape(value) for name, value in hidden} | typed
        return self.session.post(f"{self.endpoint}/_pool/change", data=data, timeout=10)

    def user(self, name: str) -> requests.Response:
        return self.get("user", name=name)


@pytest.fixture
def teacher(shown):
    return Teacher(shown.endpoint)


def sign_in(pool, name: str, password: str) -> dict:
    return pool.client().initiate_auth(
        AuthFlow="USER_PASSWORD_AUTH",
        ClientId=pool.client_id,
        AuthParameters={"USERNAME": name, "PASSWORD": password},
    )


def describe(pool, name: str) -> dict:
    return pool.client().admin_get_user(UserPoolId=pool.id, Username=name)


def test_users_outbox_and_requests_are_shown_escaped(shown):
    pages = {name: requests.get(f"{shown.endpoint}/_pool/{name}", timeout=10).text for name in ("users", "outbox")}
    for page in pages.values():
        assert "mona@example.com" in page and "&lt;b&gt;mona" in page and "<b>mona" not in page
    requests_page = requests.get(f"{shown.endpoint}/_pool/requests", timeout=10).text
    assert "AdminCreateUser" in requests_page and "mona" not in requests_page, "what was in a request isn't shown"
    assert requests.get(f"{shown.endpoint}/_pool/groups", timeout=10).status_code == 200


def test_a_user_whose_name_is_markup_is_reached_by_the_link(teacher):
    [target] = re.findall(r'<a href="([^"]*)">&lt;b&gt;mona', teacher.get("users").text)
    page = teacher.session.get(teacher.endpoint + html.unescape(target), timeout=10)
    assert title(page).startswith("User <b>mona</b>") and "<b>mona" not in page.text


def test_a_user_is_made_changed_and_deleted(shown, teacher):
    form = teacher.get("new-user")
    page = teacher.press(form, "new-user", name="kim", password="weak")
    assert page.status_code == 400 and "Password not long enough" in complaint(page) and 'value="kim"' in page.text
    page = teacher.press(form, "new-user", name="kim", password=PASSWORD, userAttributes__email="kim@example.com")
    assert title(page).startswith("User kim") and "The user was made." in page.text
    assert "AuthenticationResult" in sign_in(shown, "kim", PASSWORD)
    teacher.press(page, "set-password", password=OTHER, temporary="yes")
    assert sign_in(shown, "kim", OTHER)["ChallengeName"] == "NEW_PASSWORD_REQUIRED"
    page = teacher.press(page, "set-password", password=PASSWORD)
    assert describe(shown, "kim")["UserStatus"] == "CONFIRMED"
    page = teacher.press(page, "disable")
    assert "can’t sign in any more" in page.text and not describe(shown, "kim")["Enabled"]
    page = teacher.press(page, "enable")
    assert describe(shown, "kim")["Enabled"]
    page = teacher.press(page, "set-attribute", attribute="email_verified", value="true")
    assert {"Name": "email_verified", "Value": "true"} in describe(shown, "kim")["UserAttributes"]
    assert "does not exist in the schema" in complaint(
        teacher.press(page, "set-attribute", attribute="nonsense", value="x")
    )
    page = teacher.press(page, "reset-password")
    assert describe(shown, "kim")["UserStatus"] == "RESET_REQUIRED"
    teacher.press(page, "set-password", password=PASSWORD)
    tokens = sign_in(shown, "kim", PASSWORD)["AuthenticationResult"]
    teacher.press(page, "sign-out")
    assert refused(shown.client().get_user, AccessToken=tokens["AccessToken"]) == "NotAuthorizedException"
    assert complaint(teacher.press(page, "remove-user")) == "Tick the box if you are sure."
    page = teacher.press(page, "remove-user", sure="yes")
    assert "The user was deleted." in page.text and title(page).startswith("Users")
    assert refused(describe, pool=shown, name="kim") == "UserNotFoundException"


def test_a_user_who_signed_up_is_confirmed(shown, teacher):
    shown.client().sign_up(ClientId=shown.client_id, Username="uli", Password=PASSWORD)
    page = teacher.press(teacher.user("uli"), "confirm")
    assert "The user is confirmed." in page.text and describe(shown, "uli")["UserStatus"] == "CONFIRMED"


def test_a_lost_phone_is_forgotten(shown, teacher):
    shown.add_person("lou", PASSWORD, with_totp=True)
    page = teacher.user("lou")
    assert "SOFTWARE_TOKEN_MFA (preferred: SOFTWARE_TOKEN_MFA)" in page.text
    page = teacher.press(page, "reset-mfa")
    assert "<dd>none</dd>" in page.text and 'value="reset-mfa"' not in page.text
    assert "AuthenticationResult" in sign_in(shown, "lou", PASSWORD)


def test_groups_are_made_joined_left_and_deleted(shown, teacher):
    shown.add_person("gil", PASSWORD)
    form = teacher.get("groups")
    page = teacher.press(form, "new-group", group="staff&co", description="who <works>")
    assert "staff&amp;co" in page.text and "who &lt;works&gt;" in page.text
    assert "already exists" in complaint(teacher.press(form, "new-group", group="staff&co"))
    assert "Group not found" in complaint(teacher.press(teacher.user("gil"), "join", group="nobody"))
    page = teacher.press(teacher.user("gil"), "join", group="staff&co")
    assert "gil" in teacher.get("group", group="staff&co").text
    teacher.press(page, "leave")
    assert "Nobody is in it." in teacher.get("group", group="staff&co").text
    page = teacher.press(teacher.get("group", group="staff&co"), "remove-group", sure="yes")
    assert "The group was deleted" in page.text and "staff&amp;co" not in page.text


def test_an_invitation_is_in_the_outbox(shown, teacher):
    form = teacher.get("new-user")
    teacher.press(form, "new-user", name="ivy", userAttributes__email="ivy@example.com", invite="yes")
    assert "ivy@example.com" in teacher.get("outbox").text


def test_users_come_page_by_page_and_are_found_by_name_and_address(programs, tmp_path):
    users = [{"Username": f"user-{n:04}", "Attributes": {"email": f"mail{n:04}@example.com"}} for n in range(120)]
    seed = {"pools": [{"id": "local_Many00001", "settings": {"PoolName": "many"}, "users": users}]}
    (tmp_path / "seed.json").write_text(json.dumps(seed))
    with Pool(programs, tmp_path / "pool", options=["--admin-page", "--seed", tmp_path / "seed.json"]) as pool:
        teacher = Teacher(pool.endpoint)
        page, seen = teacher.get("users"), []
        while True:
            names = re.findall(r">(user-\d{4})</a>", page.text)
            assert len(names) <= 50
            seen += names
            more = re.findall(r'<a href="([^"]*)">More users</a>', page.text)
            if not more:
                break
            page = teacher.session.get(pool.endpoint + html.unescape(more[0]), timeout=10)
        assert seen == [user["Username"] for user in users]
        assert "120 users in the pool." in page.text
        found = re.findall(r">(user-\d{4})</a>", teacher.get("users", q="user-00", by="username").text)
        assert len(found) == 50
        rest = teacher.get("users", q="user-00", by="username").text
        second = teacher.session.get(
            pool.endpoint + html.unescape(re.findall(r'<a href="([^"]*)">More users</a>', rest)[0]), timeout=10
        )
        assert re.findall(r">(user-\d{4})</a>", second.text) == [f"user-{n:04}" for n in range(50, 100)]
        found = re.findall(r">(user-\d{4})</a>", teacher.get("users", q="mail0042", by="email").text)
        assert found == ["user-0042"]
        assert "No user is like that." in teacher.get("users", q='" or "\\', by="username").text


def test_a_change_needs_a_form_of_ours_shown_in_the_same_browser(shown, teacher):
    shown.add_person("tom", PASSWORD)
    page = teacher.user("tom")
    stranger = Teacher(shown.endpoint)
    assert stranger.press(page, "disable").status_code == 403, "no cookie"
    assert teacher.press(page, "disable", csrf="A" * 43).status_code == 403
    teacher.session.headers["Origin"] = "https://evil.example"
    assert teacher.press(page, "disable").status_code == 403, "another site"
    del teacher.session.headers["Origin"]
    teacher.session.headers["Host"] = "evil.example"
    assert teacher.press(page, "disable").status_code == 403, "another name for our address"
    assert describe(shown, "tom")["Enabled"]
    assert requests.get(f"{shown.endpoint}/_pool/change", timeout=10).status_code == 404


def test_another_name_for_our_address_is_refused(shown):
    reply = requests.get(f"{shown.endpoint}/_pool/outbox", headers={"Host": "evil.example"}, timeout=10)
    assert reply.status_code == 403 and "mona" not in reply.text


def test_there_are_no_pages_unless_they_were_asked_for(pool):
    assert requests.get(f"{pool.endpoint}/_pool/users", timeout=10).status_code == 404
    assert requests.post(f"{pool.endpoint}/_pool/change", timeout=10).status_code == 400


def test_the_keys_of_the_administrator_open_the_pages(programs, tmp_path, monkeypatch):
    monkeypatch.setenv("COGNITO_POOL_ACCESS_KEY_ID", "AKIDTEST")
    monkeypatch.setenv("COGNITO_POOL_SECRET_ACCESS_KEY", "secret-of-the-administrator")
    with Pool(programs, tmp_path, options=["--admin-page"]) as pool:
        address = f"{pool.endpoint}/_pool/users"
        assert requests.get(address, timeout=10).status_code == 401
        assert requests.get(address, auth=("AKIDTEST", "wrong"), timeout=10).status_code == 401
        assert requests.get(address, auth=("AKIDTEST", "secret-of-the-administrator"), timeout=10).status_code == 200
        teacher = Teacher(pool.endpoint)
        teacher.session.auth = ("AKIDTEST", "secret-of-the-administrator")
        form = teacher.get("groups")
        assert "The group was made." in teacher.press(form, "new-group", group="staff").text
        teacher.session.auth = None
        assert teacher.press(form, "new-group", group="other").status_code == 401


def test_live_pages_refresh_themselves_and_can_be_stopped(teacher):
    live = teacher.get("requests")
    assert live.headers["Refresh"] == "5" and ">Pause</a>" in live.text
    stopped = teacher.get("requests", live="no")
    assert "Refresh" not in stopped.headers and ">Show it live</a>" in stopped.text


def test_the_pages_work_in_a_browser_and_are_sound_for_people_with_disabilities(shown, tmp_path):
    shown.add_person("bea", PASSWORD, groups=["readers"], with_totp=True)
    with Browser(tmp_path) as browser:
        for page in (
            "users",
            "new-user",
            "user?name=bea",
            "groups",
            "group?group=readers",
            "outbox",
            "requests?live=no",
        ):
            browser.open(f"{shown.endpoint}/_pool/{page}")
            assert browser.complaints() == [], page
        browser.open(f"{shown.endpoint}/_pool/users?q=be&by=username")
        browser.go('a[href*="name=bea"]')
        browser.type('[name="password"]', "short")
        browser.go("form:has([value=set-password]) button")
        assert "not long enough" in browser.text("[role=alert]")
        assert browser.complaints() == []
        browser.go("form:has([value=disable]) button")
        assert "can’t sign in" in browser.text("[role=status]")
        assert set(parse_qs(urlsplit(browser.where).query)) == {"pool", "name", "done"}


def test_live_requests_are_shown_anew_without_javascript(shown, tmp_path):
    with Browser(tmp_path, javascript=False) as browser:
        browser.open(f"{shown.endpoint}/_pool/requests")
        shown.client().list_groups(UserPoolId=shown.id)
        browser.wait_for_text("main", "ListGroups", 15)


def test_messages_come_as_mail(shown):
    folder = shown.folder / "mail" / "new"
    files = [folder / name for name in os.listdir(folder)]
    mails = {
        mail["To"]: mail
        for mail in (email.message_from_bytes(f.read_bytes(), policy=email.policy.default) for f in files)
    }
    assert all(stat.S_IMODE(file.stat().st_mode) == 0o600 for file in files)
    mail = mails["mona@example.com"]
    assert mail["Subject"] == "Your temporary password" and "<b>mona</b>" in mail.get_content()
