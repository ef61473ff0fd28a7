"""Making an account, forgetting a password and setting a second factor up, on the pages and without JavaScript."""

import json
import re
import stat

import pytest
from rig.pages import PlainBrowser, answer, authorize, complaint, oauth, title
from rig.pool import Pool, refused
from rig.totp import Authenticator

PASSWORD, OTHER = "Correct-horse-9", "Other-horse-10"
NEW = {"new_password": PASSWORD, "new_password_again": PASSWORD}
OTHER_NEW = {"new_password": OTHER, "new_password_again": OTHER}


@pytest.fixture
def site(api, other_pool):
    """Makes a pool with pages of its own settings, and an app client of it: (pool id, client id)."""

    def make(client=None, mfa=None, **settings) -> tuple:
        pool = other_pool(**{"AutoVerifiedAttributes": ["email"]} | settings)
        if mfa:
            api.set_user_pool_mfa_config(UserPoolId=pool, **mfa)
        made = api.create_user_pool_client(UserPoolId=pool, ClientName="app", **oauth(), **(client or {}))
        return pool, made["UserPoolClient"]["ClientId"]

    return make


def required(name: str) -> dict:
    return {"Name": name, "AttributeDataType": "String", "Required": True, "Mutable": True}


def add(api, pool: str, name: str, password: str = PASSWORD, email: str | None = None) -> None:
    """A confirmed user, with a verified e-mail address."""
    address = [{"Name": "email", "Value": email or f"{name}@example.com"}, {"Name": "email_verified", "Value": "true"}]
    api.admin_create_user(UserPoolId=pool, Username=name, UserAttributes=address, MessageAction="SUPPRESS")
    api.admin_set_user_password(UserPoolId=pool, Username=name, Password=password, Permanent=True)


def signs_in(controlled, app: str, name: str, password: str) -> bool:
    return "Location" in PlainBrowser(controlled.endpoint).sign_in(authorize(app), name, password).headers


def test_a_person_makes_an_account_and_is_signed_in(api, control, site, browser):
    pool, app = site(Schema=[required("given_name")])
    form = browser.follow(browser.open(authorize(app, state="s-1")), "Make an account")
    assert title(form) == "Make an account"
    assert "At least 8 characters, with a lower-case letter, an upper-case letter, a digit and a symbol." in form.text
    person = {"username": "ida", "userAttributes__email": "ida@example.com", "userAttributes__given_name": "Ida"}
    page = browser.submit(form, **person, **NEW)
    assert title(page) == "Confirm your account" and "A code was sent to i***@e***." in page.text
    again = browser.submit(page, code="12345x")
    assert complaint(again).startswith("Invalid verification code") and title(again).startswith("Error: ")
    reply = browser.submit(again, code=control.last_code("ida"))
    assert answer(reply)["state"] == "s-1" and "code" in answer(reply)
    user = api.admin_get_user(UserPoolId=pool, Username="ida")
    attributes = {attribute["Name"]: attribute["Value"] for attribute in user["UserAttributes"]}
    assert user["UserStatus"] == "CONFIRMED"
    assert (attributes["email_verified"], attributes["given_name"]) == ("true", "Ida")


def test_what_is_wrong_with_a_new_account_is_said_at_its_field_and_the_rest_is_kept(site, browser):
    _, app = site(Schema=[required("given_name")])
    form = browser.open(authorize(app, path="/signup"))
    person = {"username": "ivo", "userAttributes__email": "ivo@example.com", "userAttributes__given_name": "Ivo"}

    def blamed(**fields) -> tuple:
        page = browser.submit(form, **person | NEW | fields)
        assert PASSWORD not in page.text, "a password never comes back"
        assert 'value="ivo@' in page.text or "userAttributes__email" in fields
        return complaint(page), re.findall(r'name="([^"]+)"[^>]* aria-invalid="true"', page.text)

    assert blamed(new_password_again=OTHER) == ("The two passwords are not the same.", ["new_password_again"])
    text, fields = blamed(new_password="short", new_password_again="short")
    assert "not long enough" in text and fields == ["new_password"]
    assert "given_name" in blamed(userAttributes__given_name="")[0]
    assert "email" in blamed(userAttributes__email="nowhere")[0]
    text, fields = blamed(username="i v o")
    assert "blanks" in text and fields == ["username"]
    browser.submit(form, **person, **NEW)
    assert blamed() == ("User already exists", ["username"])


def test_only_what_the_form_asks_for_is_taken(api, control, site, browser):
    pool, app = site()
    form = browser.open(authorize(app, path="/signup"))
    more = {"userAttributes__nickname": "boss", "userAttributes__email_verified": "true"}
    browser.submit(form, username="eve", userAttributes__email="eve@example.com", **NEW, **more)
    user = api.admin_get_user(UserPoolId=pool, Username="eve")
    found = {attribute["Name"]: attribute["Value"] for attribute in user["UserAttributes"]}
    assert found == {"sub": found["sub"], "email": "eve@example.com", "email_verified": "false"}


def test_nobody_signs_up_where_only_administrators_make_accounts(site, browser):
    _, app = site(AdminCreateUserConfig={"AllowAdminCreateUserOnly": True})
    _, open_app = site()
    assert "Make an account" not in browser.open(authorize(app)).text
    assert browser.get(authorize(app, path="/signup")).status_code == 403
    form = browser.open(authorize(open_app, path="/signup"))
    closed = browser.open(authorize(app))
    state = re.findall(r'name="login" value="([^"]*)"', closed.text)[0]
    page = browser.submit(form, login=state, username="eve", **NEW)
    assert complaint(page) == "SignUp is not permitted for this user pool"


def test_people_who_are_called_by_their_address_sign_up_with_it(control, site, browser):
    _, app = site(UsernameAttributes=["email"])
    form = browser.open(authorize(app, path="/signup"))
    assert ">E-mail address</label>" in form.text and 'name="userAttributes.email"' not in form.text
    page = browser.submit(form, username="uma@example.com", **NEW)
    code = next(m["code"] for m in reversed(control.messages()) if m["destination"] == "uma@example.com")
    assert "code" in answer(browser.submit(page, code=code))


def test_a_new_code_replaces_the_old_one_and_codes_are_limited(control, site, browser):
    _, app = site()
    form = browser.open(authorize(app, path="/signup"))
    page = browser.submit(form, username="rex", userAttributes__email="rex@example.com", **NEW)
    old = control.last_code("rex")
    while (again := browser.submit(page, action="resend")) and control.last_code("rex") == old:
        pass  # one time in a million the new code is the old one
    assert "A new code was sent" in again.text
    assert complaint(browser.submit(again, code=old)).startswith("Invalid verification code")
    for _ in range(6):
        last = browser.submit(again, action="resend")
    assert complaint(last) == "Attempt limit exceeded, please try after some time."
    assert "code" in answer(browser.submit(last, code=control.last_code("rex")))


def test_who_left_before_confirming_is_asked_for_the_code_at_the_next_sign_in(control, site, browser):
    _, app = site()
    form = browser.open(authorize(app, path="/signup"))
    browser.submit(form, username="lea", userAttributes__email="lea@example.com", **NEW)
    wrong = browser.sign_in(authorize(app), "lea", OTHER)
    assert complaint(wrong) == "Incorrect username or password.", "a wrong password tells nothing of the account"
    page = browser.sign_in(authorize(app), "lea", PASSWORD)
    assert title(page) == "Confirm your account"
    assert "code" in answer(browser.submit(page, code=control.last_code("lea")))


def test_a_confirmation_signs_in_only_who_gave_the_password_a_moment_ago(control, site, browser):
    _, app = site()
    form = browser.open(authorize(app, path="/signup"))
    page = browser.submit(form, username="tia", userAttributes__email="tia@example.com", **NEW)
    control.advance(901)
    reply = browser.submit(page, code=control.last_code("tia"))
    assert title(reply) == "Sign in" and "Your account is confirmed." in reply.text
    reply = browser.submit(page, code=control.last_code("tia"))
    assert "Current status is CONFIRMED" in complaint(reply), "the form is of no more use"


def test_a_forgotten_password_is_set_anew(controlled, api, control, site, browser):
    pool, app = site(Policies={"PasswordPolicy": {"MinimumLength": 10, "PasswordHistorySize": 2}})
    add(api, pool, "finn")
    form = browser.follow(browser.open(authorize(app)), "Forgot your password?")
    page = browser.submit(form, username="finn")
    assert title(page) == "Set a new password" and "A code was sent to f***@e***." in page.text
    code = control.last_code("finn")
    assert "Invalid verification code" in complaint(browser.submit(page, code="00000x", **OTHER_NEW))
    assert "long enough" in complaint(browser.submit(page, code=code, new_password="Aa1!", new_password_again="Aa1!"))
    assert "previously been used" in complaint(browser.submit(page, code=code, **NEW))
    done = browser.submit(page, code=code, **OTHER_NEW)
    assert title(done) == "Sign in" and "Your new password is set." in done.text
    assert signs_in(controlled, app, "finn", OTHER) and not signs_in(controlled, app, "finn", PASSWORD)
    assert "request a code again" in complaint(browser.submit(page, code=code, **NEW)), "a code is good once"


def test_the_pages_do_not_tell_who_has_an_account(api, control, site, browser):
    pool, app = site(client={"PreventUserExistenceErrors": "ENABLED"})
    add(api, pool, "gil@home", email="gil@example.com")
    form = browser.follow(browser.open(authorize(app)), "Forgot your password?")
    pages = [browser.submit(form, username=name) for name in ("gil@home", "nil@home")]
    shown = [re.sub(r' value="[^"]*"', "", page.text) for page in pages]
    assert shown[0].replace("g***@e***", "@") == shown[1].replace("n***@h***", "@")
    refusals = [complaint(browser.submit(page, code="999999", **OTHER_NEW)) for page in pages]
    assert refusals[0] == refusals[1]
    assert len(control.messages()) == len([m for m in control.messages() if m["username"] != "nil@home"])


def test_a_client_that_may_know_says_that_there_is_no_such_account(site, browser):
    _, app = site()
    form = browser.follow(browser.open(authorize(app)), "Forgot your password?")
    assert complaint(browser.submit(form, username="nobody")) == "Username/client id combination not found."


def test_a_password_that_was_reset_is_set_anew_after_signing_in(controlled, api, control, site, browser):
    pool, app = site()
    add(api, pool, "reza")
    api.admin_reset_user_password(UserPoolId=pool, Username="reza")
    page = browser.sign_in(authorize(app), "reza", PASSWORD)
    assert title(page) == "Set a new password"
    browser.submit(page, code=control.last_code("reza"), **OTHER_NEW)
    assert signs_in(controlled, app, "reza", OTHER)


def test_there_is_no_recovery_where_only_an_administrator_may_do_it(site, browser):
    _, app = site(AccountRecoverySetting={"RecoveryMechanisms": [{"Name": "admin_only", "Priority": 1}]})
    assert "Forgot" not in browser.open(authorize(app)).text
    assert browser.get(authorize(app, path="/forgotPassword")).status_code == 403


def test_a_locked_account_says_so_also_for_the_right_password(api, site, browser):
    pool, app = site()
    add(api, pool, "lock")
    page = browser.open(authorize(app))
    for _ in range(6):
        browser.submit(page, username="lock", password="wrong")
    assert complaint(browser.submit(page, username="lock", password=PASSWORD)) == "Password attempts exceeded"


def test_a_temporary_password_is_replaced_and_what_the_pool_requires_is_given(api, site, browser):
    pool, app = site(Schema=[required("family_name")])
    api.admin_create_user(UserPoolId=pool, Username="nele", TemporaryPassword=PASSWORD, MessageAction="SUPPRESS")
    page = browser.sign_in(authorize(app), "nele", PASSWORD)
    assert ">Family name</label>" in page.text
    again = browser.submit(page, userAttributes__family_name="", **OTHER_NEW)
    assert "family_name" in complaint(again)
    more = {"userAttributes__family_name": "Neu", "userAttributes__nickname": "not asked for"}
    assert "code" in answer(browser.submit(again, **more, **OTHER_NEW))
    names = api.admin_get_user(UserPoolId=pool, Username="nele")["UserAttributes"]
    assert {"Name": "family_name", "Value": "Neu"} in names and not [n for n in names if n["Name"] == "nickname"]


BOTH = {
    "MfaConfiguration": "ON",
    "SoftwareTokenMfaConfiguration": {"Enabled": True},
    "EmailMfaConfiguration": {"Message": "Code {####}", "Subject": "Code"},
}


def test_an_authenticator_app_is_set_up_while_signing_in(controlled, api, site, browser):
    pool, app = site(mfa={"MfaConfiguration": "ON", "SoftwareTokenMfaConfiguration": {"Enabled": True}})
    add(api, pool, "tess")
    page = browser.sign_in(authorize(app), "tess", PASSWORD)
    secret = re.findall(r"<code>([A-Z2-7]{52})</code>", page.text)[0]
    assert f'href="otpauth://totp/other:tess?secret={secret}&amp;issuer=other"' in page.text
    phone = Authenticator(secret)
    again = browser.submit(page, code=phone.wrong_code())
    assert complaint(again) == "Code mismatch" and secret in again.text, "the same key, not another one"
    assert "code" in answer(browser.submit(again, code=phone.next_code()))
    second = PlainBrowser(controlled.endpoint)
    page = second.sign_in(authorize(app), "tess", PASSWORD)
    assert "code" in answer(second.submit(page, code=phone.next_code()))


def test_the_second_factor_is_chosen_and_codes_by_e_mail_are_set_up(controlled, api, control, site, browser):
    pool, app = site(mfa=BOTH)
    api.admin_create_user(UserPoolId=pool, Username="mia", MessageAction="SUPPRESS")
    api.admin_set_user_password(UserPoolId=pool, Username="mia", Password=PASSWORD, Permanent=True)
    page = browser.sign_in(authorize(app), "mia", PASSWORD)
    assert title(page).startswith("Choose a second way") and "Authenticator app" in page.text
    assert complaint(browser.submit(page, answer="SMS_MFA")) == "Choose one of the ways."
    page = browser.submit(page, answer="EMAIL_OTP")
    again = browser.submit(page, email="nowhere")
    assert "email" in complaint(again)
    page = browser.submit(again, email="mia@example.com")
    assert "m***@e***" in page.text
    assert "code" in answer(browser.submit(page, code=control.last_code("mia")))
    second = PlainBrowser(controlled.endpoint)
    page = second.sign_in(authorize(app), "mia", PASSWORD)
    assert "code" in answer(second.submit(page, code=control.last_code("mia")))


def test_one_of_several_second_factors_is_chosen(controlled, api, control, site, browser):
    pool, app = site(mfa=BOTH | {"MfaConfiguration": "OPTIONAL"}, client={"ExplicitAuthFlows": ["USER_PASSWORD_AUTH"]})
    add(api, pool, "sam")
    access = api.initiate_auth(
        AuthFlow="USER_PASSWORD_AUTH", ClientId=app, AuthParameters={"USERNAME": "sam", "PASSWORD": PASSWORD}
    )["AuthenticationResult"]["AccessToken"]
    secret = api.associate_software_token(AccessToken=access)["SecretCode"]
    api.verify_software_token(AccessToken=access, UserCode=Authenticator(secret).next_code())
    on = {"Enabled": True}
    api.set_user_mfa_preference(AccessToken=access, SoftwareTokenMfaSettings=on, EmailMfaSettings=on)
    page = browser.sign_in(authorize(app), "sam", PASSWORD)
    assert "How do you want to confirm" in title(page)
    page = browser.submit(page, answer="EMAIL_OTP")
    assert "code" in answer(browser.submit(page, code=control.last_code("sam")))


def test_a_client_with_a_secret_has_the_same_pages(control, site, browser):
    _, app = site(client={"GenerateSecret": True})
    form = browser.open(authorize(app, verifier=None, path="/signup"))
    page = browser.submit(form, username="zoe", userAttributes__email="zoe@example.com", **NEW)
    assert "code" in answer(browser.submit(page, code=control.last_code("zoe")))
    form = browser.open(authorize(app, verifier=None, path="/forgotPassword"))
    page = browser.submit(form, username="zoe")
    assert "new password is set" in browser.submit(page, code=control.last_code("zoe"), **OTHER_NEW).text


@pytest.mark.parametrize("path", ["/login", "/signup", "/forgotPassword", "/confirm", "/confirmForgotPassword"])
def test_every_form_is_bound_to_its_browser_and_every_page_to_its_headers(controlled, site, browser, path):
    _, app = site()
    page = browser.open(authorize(app, path=path if path in ("/login", "/signup", "/forgotPassword") else "/login"))
    page_text = re.sub(r'action="[^"]*"', f'action="{path}"', page.text)
    page._content = page_text.encode()
    stranger = PlainBrowser(controlled.endpoint)
    assert stranger.submit(page, username="x", password="x").status_code == 403
    assert browser.submit(page, csrf="A" * 43, username="x").status_code == 403
    reply = browser.submit(page, login="made-up", username="x")
    assert reply.status_code == 400
    for answered in (page, reply):
        policy = answered.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy and "script-src" not in policy
        assert answered.headers["X-Frame-Options"] == "DENY" and answered.headers["Cache-Control"] == "no-store"


def test_the_sign_up_trigger_may_refuse_and_may_confirm(programs, tmp_path):
    hook = tmp_path / "hook"
    hook.write_text(
        "#!/usr/bin/python3\nimport json, sys\nevent = json.load(sys.stdin)\n"
        "if event['userName'] == 'evil': sys.exit('not you')\n"
        "event['response']['autoConfirmUser'] = True\nprint(json.dumps(event))\n"
    )
    hook.chmod(hook.stat().st_mode | stat.S_IXUSR)
    (tmp_path / "triggers.json").write_text(json.dumps({"PreSignUp": {"command": [str(hook)]}}))
    with Pool(programs, tmp_path / "pool", options=["--triggers", tmp_path / "triggers.json"]) as pool:
        app = pool.add_client("pages", **oauth())
        browser = PlainBrowser(pool.endpoint)
        form = browser.open(authorize(app, path="/signup"))
        assert "not you" in complaint(browser.submit(form, username="evil", **NEW))
        assert refused(pool.client().admin_get_user, UserPoolId=pool.id, Username="evil") == "UserNotFoundException"
        assert "code" in answer(browser.submit(form, username="good", **NEW)), "straight on, with no code to type"
