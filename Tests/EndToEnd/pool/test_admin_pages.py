"""The pages that show the pool, and the maildir."""

import email
import email.policy
import os

import pytest
import requests
from rig.pool import Pool


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


def test_users_outbox_and_requests_are_shown_escaped(shown):
    pages = {name: requests.get(f"{shown.endpoint}/_pool/{name}", timeout=10).text for name in ("users", "outbox")}
    for page in pages.values():
        assert "mona@example.com" in page and "&lt;b&gt;mona" in page and "<b>mona" not in page
    requests_page = requests.get(f"{shown.endpoint}/_pool/requests", timeout=10).text
    assert "AdminCreateUser" in requests_page and "mona" not in requests_page, "what was in a request isn't shown"
    assert requests.get(f"{shown.endpoint}/_pool/groups", timeout=10).status_code == 200


def test_another_name_for_our_address_is_refused(shown):
    reply = requests.get(f"{shown.endpoint}/_pool/outbox", headers={"Host": "evil.example"}, timeout=10)
    assert reply.status_code == 403 and "mona" not in reply.text


def test_there_are_no_pages_unless_they_were_asked_for(pool):
    assert requests.get(f"{pool.endpoint}/_pool/users", timeout=10).status_code == 404


def test_the_keys_of_the_administrator_open_the_pages(programs, tmp_path, monkeypatch):
    monkeypatch.setenv("COGNITO_POOL_ACCESS_KEY_ID", "AKIDTEST")
    monkeypatch.setenv("COGNITO_POOL_SECRET_ACCESS_KEY", "secret-of-the-administrator")
    with Pool(programs, tmp_path, options=["--admin-page"]) as pool:
        address = f"{pool.endpoint}/_pool/users"
        assert requests.get(address, timeout=10).status_code == 401
        assert requests.get(address, auth=("AKIDTEST", "wrong"), timeout=10).status_code == 401
        assert requests.get(address, auth=("AKIDTEST", "secret-of-the-administrator"), timeout=10).status_code == 200


def test_messages_come_as_mail(shown):
    folder = shown.folder / "mail" / "new"
    [name] = os.listdir(folder)
    assert (folder / name).stat().st_mode & 0o777 == 0o600
    mail = email.message_from_bytes((folder / name).read_bytes(), policy=email.policy.default)
    assert mail["To"] == "mona@example.com" and mail["Subject"] == "Your temporary password"
    assert "<b>mona</b>" in mail.get_content()
