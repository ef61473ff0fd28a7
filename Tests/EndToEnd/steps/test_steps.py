"""Every step that a pool may put between the password and the login, in the programs that ask for it."""

import re
from urllib.parse import parse_qs, urlparse

import pytest
from rig import qr, terminal
from rig.people import LOCAL
from rig.site import PASSWORD
from rig.totp import Authenticator

pytestmark = [pytest.mark.usefixtures("sandboxed"), pytest.mark.timeout(300)]
NEW = "Difference-Engine-1822"
MAIL = {"Message": "Code {####}", "Subject": "Code"}
APP, MAILED = "Code of your authenticator app: ", r"Code sent by e-mail to a\*+@e\*+: "


def set_up_app(child, password: str) -> Authenticator:
    """Scans the code on the terminal, and types what the app then shows."""
    shown = terminal.answer(child, [("Password: ", password)])
    child.expect(APP)
    shown += child.before
    url = urlparse(qr.read(shown))
    secret = parse_qs(url.query)["secret"][0]
    assert (url.scheme, url.netloc) == ("otpauth", "totp")
    assert re.search(r"Key to type instead: (\w+)", shown)[1] == secret
    return Authenticator(secret)


@pytest.mark.parametrize("by", ["ssh", "su"])
def test_an_authenticator_app_is_set_up_by_the_code_on_the_terminal(site, names, by):
    here = site(mfa={"MfaConfiguration": "ON", "SoftwareTokenMfaConfiguration": {"Enabled": True}})
    name = here.add(next(names))
    if by == "ssh":
        child = here.machine.ssh(name, "id", "-un")
    else:
        child = terminal.spawn(*here.machine.as_person(LOCAL, "su", "-", "-c", "id -un", name))
    app = set_up_app(child, PASSWORD)
    child.sendline(app.wrong_code())
    child.expect(APP)
    assert "█" not in child.before
    child.sendline(app.next_code())
    shown, status = terminal.finish(child)
    assert (status, shown.split()[-1]) == (0, name), shown
    again = here.talk(by, name, [("Password: ", PASSWORD), (APP, app.next_code)])
    assert again.is_in, again.shown


def test_of_factors_only_those_that_can_be_set_up_are_offered(site, names):
    here = site(
        mfa={
            "MfaConfiguration": "ON",
            "SoftwareTokenMfaConfiguration": {"Enabled": True},
            "EmailMfaConfiguration": MAIL,
            "SmsMfaConfiguration": {"SmsConfiguration": {"SnsCallerArn": "arn:aws:iam::123456789012:role/sms"}},
        }
    )
    name = here.add(next(names))
    done = here.talk(
        "ssh",
        name,
        [
            ("Password: ", PASSWORD),
            (r"1\. a code of my authenticator app\r?\n  2\. a code by e-mail\r?\n.*set up\? \[1-2\]: ", "2"),
            ("E-mail address that codes shall go to: ", "no address"),
            ("(?s)can't be sent to that address.*E-mail address that codes shall go to: ", "ada@example.com"),
            (MAILED, lambda: here.mails(name)[-1]),
        ],
    )
    assert done.is_in, done.shown
    again = here.talk("su", name, [("Password: ", PASSWORD), (MAILED, lambda: here.mails(name)[-1])])
    assert again.is_in, again.shown


def test_a_factor_that_cannot_be_given_here_is_said_after_the_password(site, names):
    sms = {"SmsConfiguration": {"SnsCallerArn": "arn:aws:iam::123456789012:role/sms"}}
    here = site(mfa={"MfaConfiguration": "ON", "SmsMfaConfiguration": sms})
    name = here.add(next(names))
    told = here.talk("ssh", name, [("Password: ", PASSWORD)])
    assert told.status == 255 and "second factor of a kind that can't be used here" in told.shown
    wrong = here.talk("ssh", name, [("Password: ", "Wrong-Password-1")])
    assert wrong.status == 255 and "second factor" not in wrong.shown


def test_who_may_choose_between_factors_is_asked_which(site, names):
    here = site(
        mfa={
            "MfaConfiguration": "OPTIONAL",
            "SoftwareTokenMfaConfiguration": {"Enabled": True},
            "EmailMfaConfiguration": MAIL,
        }
    )
    name = here.add(next(names), email="ada@example.com")
    access = here.admin.initiate_auth(
        AuthFlow="USER_PASSWORD_AUTH", ClientId=here.client_id,
        AuthParameters={"USERNAME": name, "PASSWORD": PASSWORD},
    )["AuthenticationResult"]["AccessToken"]  # fmt: skip
    app = Authenticator(here.admin.associate_software_token(AccessToken=access)["SecretCode"])
    here.admin.verify_software_token(AccessToken=access, UserCode=app.next_code())
    on = {"Enabled": True}
    here.admin.set_user_mfa_preference(AccessToken=access, SoftwareTokenMfaSettings=on, EmailMfaSettings=on)
    which = r"How do you want to prove who you are\? \[1-2\]: "
    by_app = here.talk("ssh", name, [("Password: ", PASSWORD), (which, "1"), (APP, app.next_code)])
    assert by_app.is_in, by_app.shown
    by_mail = here.talk("su", name, [("Password: ", PASSWORD), (which, "2"), (MAILED, lambda: here.mails(name)[-1])])
    assert by_mail.is_in, by_mail.shown


RESET, SENT = r"Code to reset the password \(empty: have one sent\): ", "Code that was sent to you: "
FRESH = [("New password: ", NEW), ("Retype New password: ", NEW)]


@pytest.mark.parametrize("by", ["ssh", "su"])
def test_a_forgotten_password_is_reset_in_the_login(site, names, by):
    here = site("password_reset = yes")
    name = here.add(next(names), email="ada@example.com")
    done = here.talk(by, name, [("Password: ", "forgotten"), (RESET, ""), (SENT, lambda: here.mails(name)[-1]), *FRESH])
    assert done.is_in, done.shown
    assert here.talk(by, name, [("Password: ", NEW)]).is_in
    assert not here.talk(by, name, [("Password: ", PASSWORD)]).is_in


def test_nobody_fills_a_mailbox(site, names):
    here = site("password_reset = yes")
    name = here.add(next(names), email="ada@example.com")
    for _ in range(4):
        told = here.talk("ssh", name, [("Password: ", "forgotten"), (RESET, ""), (SENT, "000000"), *FRESH])
        assert told.status == 255 and "wrong" not in told.shown
    assert len(here.mails(name)) == 3


def test_where_only_people_here_may_reset_ssh_tells_no_name_from_another(site, names):
    here = site("password_reset = local")
    name = here.add(next(names), email="ada@example.com")
    seen = set()
    for who in (name, "nobody-here"):
        told = here.talk("ssh", who, [("Password: ", "forgotten")])
        assert told.status == 255
        seen.add(told.shown.replace(who, "WHO"))
    assert len(seen) == 1 and not here.mails(name), seen
    done = here.talk(
        "su", name, [("Password: ", "forgotten"), (RESET, ""), (SENT, lambda: here.mails(name)[-1]), *FRESH]
    )
    assert done.is_in, done.shown


def test_without_the_setting_forgotten_is_a_wrong_password(site, names):
    here = site()
    name = here.add(next(names), email="ada@example.com")
    told = here.talk("ssh", name, [("Password: ", "forgotten")])
    assert told.status == 255 and not here.mails(name)


def test_a_password_that_an_administrator_reset_is_set_anew_in_the_login(site, names):
    here = site("password_reset = yes")
    name = here.add(next(names), email="ada@example.com")
    here.admin.admin_reset_user_password(UserPoolId=here.id, Username=name)
    mailed = here.mails(name)[-1]
    done = here.talk("su", name, [("Password: ", PASSWORD), ("(?s)has to be reset.*" + RESET, mailed), *FRESH])
    assert done.is_in and here.status(name) == "CONFIRMED", done.shown
    # Over ssh it can't be told who asks: the word does it.
    here.admin.admin_reset_user_password(UserPoolId=here.id, Username=name)
    mailed = here.mails(name)[-1]
    other = [(prompt, PASSWORD) for prompt, _ in FRESH]
    done = here.talk("ssh", name, [("Password: ", "forgotten"), (RESET, mailed), *other])
    assert done.is_in, done.shown


def test_an_account_is_confirmed_in_the_login(site, names):
    here = site("account_confirmation = yes", AutoVerifiedAttributes=["email"])
    name = next(names)
    here.admin.sign_up(
        ClientId=here.client_id, Username=name, Password=PASSWORD,
        UserAttributes=[{"Name": "email", "Value": "ada@example.com"}],
    )  # fmt: skip
    here.machine.add_login(name)
    asked = r"isn't confirmed yet\.\r?\n(.*\r?\n)*.*Code that was sent to you when you signed up \(empty: .*\): "
    wrong = here.talk("su", name, [("Password: ", PASSWORD), (asked, "000000"), ("when you signed up .*: ", "\x04")])
    assert not wrong.is_in and here.status(name) == "UNCONFIRMED"
    done = here.talk("su", name, [("Password: ", PASSWORD), (asked, lambda: here.mails(name)[-1])])
    assert done.is_in and here.status(name) == "CONFIRMED", done.shown


def test_a_forced_new_password_takes_what_the_pool_lacks_and_asks_again_for_what_is_wrong(site, names):
    schema = [{"Name": "phone_number", "Required": True, "AttributeDataType": "String", "Mutable": True}]
    here = site(Schema=schema)
    name = here.add(next(names), temporary=True)
    phone = r"Phone number \(as \+441234567890\): "
    done = here.talk(
        "ssh",
        name,
        [
            ("Password: ", PASSWORD),
            *[(prompt, "short") for prompt, _ in FRESH],
            (phone, "+441234567890"),
            ("(?s)Choose another password.*New password: ", NEW),
            ("Retype New password: ", NEW),
            (phone, "twelve"),
            ("(?s)[Pp]hone number.*" + phone, "+441234567890"),
        ],
    )
    assert done.is_in, done.shown
    assert here.talk("su", name, [("Password: ", NEW)]).is_in


def test_a_refusal_after_the_right_password_is_shown_by_ssh_and_before_it_isnt(login):
    child = login.machine.ssh("noether", "id")
    terminal.answer(child, [("Password: ", "Somerville-1780")])
    shown, status = terminal.finish(child)
    assert status == 255 and "isn't allowed to sign in on this machine" in shown and "Press Enter" in shown
    child = login.machine.ssh("noether", "id")
    terminal.answer(child, [("Password: ", "wrong")])
    shown, status = terminal.finish(child)
    assert status == 255 and "Press Enter" not in shown
    # ssh's password method has no way to ask for more.
    child = terminal.spawn(
        "ssh", "-p", login.machine.ssh_port, "-o", f"UserKnownHostsFile={login.machine.known_hosts}",
        "-o", "PreferredAuthentications=password", "-o", "NumberOfPasswordPrompts=1", "noether@127.0.0.1", "id",
    )  # fmt: skip
    terminal.answer(child, [("password: ", "Somerville-1780")])
    shown, status = terminal.finish(child)
    assert status == 255 and "uid=" not in shown
