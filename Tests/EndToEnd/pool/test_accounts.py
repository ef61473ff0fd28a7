"""What people do for themselves: sign up, recover a password, change and verify attributes, by boto3 and pycognito."""

import pytest
from pycognito import Cognito
from rig.pool import refused

PASSWORD = "Correct-horse-9"


@pytest.fixture(scope="module")
def site(api):
    """A pool in which people sign up by themselves, and its client that says when there is no such user."""
    pool = api.create_user_pool(PoolName="site", AutoVerifiedAttributes=["email"], AliasAttributes=["email"])
    return pool["UserPool"]["Id"], client(api, pool["UserPool"]["Id"])


def client(api, pool: str, **settings) -> str:
    flows = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
    made = api.create_user_pool_client(UserPoolId=pool, ClientName="site", ExplicitAuthFlows=flows, **settings)
    return made["UserPoolClient"]["ClientId"]


def sign_up(api, app: str, name: str, email: str | None = None) -> dict:
    attributes = [{"Name": "email", "Value": email or f"{name}@example.com"}]
    return api.sign_up(ClientId=app, Username=name, Password=PASSWORD, UserAttributes=attributes)


def confirmed(api, control, app: str, name: str) -> None:
    sign_up(api, app, name)
    api.confirm_sign_up(ClientId=app, Username=name, ConfirmationCode=control.last_code(name))


def sign_in(api, app: str, name: str, password: str = PASSWORD) -> str:
    reply = api.initiate_auth(
        AuthFlow="USER_PASSWORD_AUTH", ClientId=app, AuthParameters={"USERNAME": name, "PASSWORD": password}
    )
    return reply["AuthenticationResult"]["AccessToken"]


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06}"


def test_sign_up_and_confirm(api, control, site):
    pool, app = site
    reply = sign_up(api, app, "sue")
    assert reply["UserConfirmed"] is False
    delivery = reply["CodeDeliveryDetails"]
    assert delivery == {"Destination": "s***@e***", "DeliveryMedium": "EMAIL", "AttributeName": "email"}
    assert refused(sign_up, api=api, app=app, name="sue") == "UsernameExistsException"
    assert refused(lambda: sign_in(api, app, "sue")) == "UserNotConfirmedException"
    code = control.last_code("sue")
    named = {"ClientId": app, "Username": "sue"}
    assert refused(api.confirm_sign_up, **named, ConfirmationCode=wrong(code)) == "CodeMismatchException"
    api.resend_confirmation_code(**named)
    newer = control.last_code("sue")
    if newer != code:
        assert refused(api.confirm_sign_up, **named, ConfirmationCode=code) == "CodeMismatchException"
    api.confirm_sign_up(**named, ConfirmationCode=newer)
    assert refused(api.confirm_sign_up, **named, ConfirmationCode=newer) == "NotAuthorizedException"
    # The verified address signs in as well as the name.
    assert sign_in(api, app, "sue@example.com")


def test_a_code_expires_and_is_void_after_wrong_guesses(api, control, site):
    _, app = site
    sign_up(api, app, "slow")
    named = {"ClientId": app, "Username": "slow"}
    control.advance(86_401)
    late = control.last_code("slow")
    assert refused(api.confirm_sign_up, **named, ConfirmationCode=late) == "ExpiredCodeException"
    api.resend_confirmation_code(**named)
    code = control.last_code("slow")
    for _ in range(5):
        assert refused(api.confirm_sign_up, **named, ConfirmationCode=wrong(code)) == "CodeMismatchException"
    assert refused(api.confirm_sign_up, **named, ConfirmationCode=code) == "ExpiredCodeException"


def test_an_administrator_confirms(api, site):
    pool, app = site
    sign_up(api, app, "cora")
    api.admin_confirm_sign_up(UserPoolId=pool, Username="cora")
    assert refused(api.admin_confirm_sign_up, UserPoolId=pool, Username="cora") == "NotAuthorizedException"
    assert sign_in(api, app, "cora")


def test_an_alias_belongs_to_one_user_until_it_is_forced(api, control, site):
    _, app = site
    confirmed(api, control, app, "first")
    sign_up(api, app, "second", "first@example.com")
    named = {"ClientId": app, "Username": "second", "ConfirmationCode": control.last_code("second")}
    assert refused(api.confirm_sign_up, **named) == "AliasExistsException"
    api.confirm_sign_up(**named, ForceAliasCreation=True)
    assert api.get_user(AccessToken=sign_in(api, app, "first@example.com"))["Username"] == "second"


def test_a_forgotten_password(api, control, site):
    _, app = site
    confirmed(api, control, app, "fay")
    named = {"ClientId": app, "Username": "fay"}
    assert api.forgot_password(**named)["CodeDeliveryDetails"]["Destination"] == "f***@e***"
    code = control.last_code("fay")
    new = {"Password": "Other-horse-10"}
    assert refused(api.confirm_forgot_password, **named, **new, ConfirmationCode=wrong(code)) == "CodeMismatchException"
    weak = {"Password": "weak", "ConfirmationCode": code}
    assert refused(api.confirm_forgot_password, **named, **weak) == "InvalidPasswordException"
    api.confirm_forgot_password(**named, **new, ConfirmationCode=code)
    assert refused(lambda: sign_in(api, app, "fay")) == "NotAuthorizedException"
    assert sign_in(api, app, "fay", "Other-horse-10")
    again = {**named, **new, "ConfirmationCode": code}
    assert refused(api.confirm_forgot_password, **again) == "ExpiredCodeException"


def test_forgotten_passwords_are_limited_per_hour(api, control, site):
    _, app = site
    confirmed(api, control, app, "often")
    for _ in range(5):
        api.forgot_password(ClientId=app, Username="often")
    assert refused(api.forgot_password, ClientId=app, Username="often") == "LimitExceededException"
    control.advance(3601)
    api.forgot_password(ClientId=app, Username="often")


def test_a_client_that_may_not_know_learns_nothing_of_users(api, site):
    pool, legacy = site
    discreet = client(api, pool, PreventUserExistenceErrors="ENABLED")
    assert refused(api.forgot_password, ClientId=legacy, Username="nobody") == "UserNotFoundException"
    first = api.forgot_password(ClientId=discreet, Username="nobody")["CodeDeliveryDetails"]
    assert first == api.forgot_password(ClientId=discreet, Username="nobody")["CodeDeliveryDetails"]
    assert "CodeDeliveryDetails" in api.resend_confirmation_code(ClientId=discreet, Username="nobody")
    code = {"Username": "nobody", "ConfirmationCode": "123456"}
    assert refused(api.confirm_sign_up, ClientId=discreet, **code) == "ExpiredCodeException"
    new = {**code, "Password": PASSWORD}
    assert refused(api.confirm_forgot_password, ClientId=discreet, **new) == "CodeMismatchException"
    assert refused(api.confirm_forgot_password, ClientId=legacy, **new) == "UserNotFoundException"


def test_attributes_are_changed_verified_and_removed(api, control, site):
    _, app = site
    confirmed(api, control, app, "vera")
    access = {"AccessToken": sign_in(api, app, "vera")}
    new = [{"Name": "email", "Value": "new@example.com"}, {"Name": "nickname", "Value": "v"}]
    deliveries = api.update_user_attributes(**access, UserAttributes=new)["CodeDeliveryDetailsList"]
    assert [delivery["AttributeName"] for delivery in deliveries] == ["email"]
    verification = {**access, "AttributeName": "email"}
    assert shown(api, access)["email_verified"] == "false"
    code = control.last_code("vera")
    assert refused(api.verify_user_attribute, **verification, Code=wrong(code)) == "CodeMismatchException"
    api.get_user_attribute_verification_code(**verification)
    api.verify_user_attribute(**verification, Code=control.last_code("vera"))
    assert shown(api, access)["email_verified"] == "true"
    api.delete_user_attributes(**access, UserAttributeNames=["nickname"])
    assert "nickname" not in shown(api, access)
    for forbidden in ("email_verified", "sub"):
        attribute = [{"Name": forbidden, "Value": "true"}]
        assert refused(api.update_user_attributes, **access, UserAttributes=attribute) in (
            "NotAuthorizedException",
            "InvalidParameterException",
        )


def shown(api, access: dict) -> dict:
    return {attribute["Name"]: attribute["Value"] for attribute in api.get_user(**access)["UserAttributes"]}


def test_an_address_that_must_be_verified_first_changes_only_then(api, control, other_pool):
    pool = other_pool(
        AutoVerifiedAttributes=["email"],
        UserAttributeUpdateSettings={"AttributesRequireVerificationBeforeUpdate": ["email"]},
    )
    app = client(api, pool)
    confirmed(api, control, app, "kept")
    access = {"AccessToken": sign_in(api, app, "kept")}
    api.update_user_attributes(**access, UserAttributes=[{"Name": "email", "Value": "later@example.com"}])
    assert shown(api, access)["email"] == "kept@example.com"
    api.verify_user_attribute(**access, AttributeName="email", Code=control.last_code("kept"))
    assert shown(api, access)["email"] == "later@example.com"


def test_a_client_writes_only_what_it_may(api, control, site):
    pool, app = site
    confirmed(api, control, app, "wendy")
    narrow = client(api, pool, WriteAttributes=["email"], ReadAttributes=["email"])
    access = {"AccessToken": sign_in(api, narrow, "wendy")}
    nickname = [{"Name": "nickname", "Value": "w"}]
    assert refused(api.update_user_attributes, **access, UserAttributes=nickname) == "NotAuthorizedException"
    assert set(shown(api, access)) == {"sub", "email"}


def test_a_user_prefers_a_factor(api, control, site):
    _, app = site
    confirmed(api, control, app, "pref")
    access = {"AccessToken": sign_in(api, app, "pref")}
    api.set_user_mfa_preference(**access, EmailMfaSettings={"Enabled": True, "PreferredMfa": True})
    assert api.get_user(**access)["PreferredMfaSetting"] == "EMAIL_OTP"


def test_a_user_sees_the_ways_to_sign_in(api, control, site):
    _, app = site
    confirmed(api, control, app, "wade")
    access = {"AccessToken": sign_in(api, app, "wade")}
    factors = api.get_user_auth_factors(**access)
    assert (factors["Username"], factors["ConfiguredUserAuthFactors"]) == ("wade", ["PASSWORD"])


def test_the_old_way_to_turn_sms_codes_on(api, control, site):
    pool, app = site
    confirmed(api, control, app, "sam")
    access, named = {"AccessToken": sign_in(api, app, "sam")}, {"UserPoolId": pool, "Username": "sam"}
    sms = {"MFAOptions": [{"DeliveryMedium": "SMS", "AttributeName": "phone_number"}]}
    assert refused(api.set_user_settings, **access, **sms) == "InvalidParameterException", "no phone number yet"
    api.admin_update_user_attributes(**named, UserAttributes=[{"Name": "phone_number", "Value": "+15550100"}])
    api.set_user_settings(**access, **sms)
    assert api.get_user(**access)["UserMFASettingList"] == ["SMS_MFA"]
    api.admin_set_user_settings(**named, MFAOptions=[])
    assert "UserMFASettingList" not in api.get_user(**access)


def test_feedback_on_sign_ins_needs_threat_protection_which_is_not_here(api, site):
    feedback = {"EventId": "e", "FeedbackToken": "t", "FeedbackValue": "Valid"}
    call = {"UserPoolId": site[0], "Username": "anyone", **feedback}
    assert refused(api.update_auth_event_feedback, **call) == "UserPoolAddOnNotEnabledException"


def test_a_user_deletes_the_account(api, control, site):
    pool, app = site
    confirmed(api, control, app, "gone")
    api.delete_user(AccessToken=sign_in(api, app, "gone"))
    assert refused(api.admin_get_user, UserPoolId=pool, Username="gone") == "UserNotFoundException"


def test_nobody_signs_up_where_only_administrators_make_users(api, other_pool):
    pool = other_pool(AdminCreateUserConfig={"AllowAdminCreateUserOnly": True})
    assert refused(sign_up, api=api, app=client(api, pool), name="eve") == "NotAuthorizedException"


def test_pycognito_signs_up_recovers_and_changes(controlled, control, site):
    pool, app = site
    user = Cognito(
        pool,
        app,
        user_pool_region="local",
        username="paul",
        access_key="local",
        secret_key="local",
        boto3_client_kwargs={"endpoint_url": controlled.endpoint},
    )
    user.set_base_attributes(email="paul@example.com")
    user.register("paul", PASSWORD)
    user.confirm_sign_up(control.last_code("paul"))
    user.authenticate(PASSWORD)
    user.update_profile({"nickname": "p"})
    assert user.get_user().nickname == "p"
    user.send_verification("email")
    user.validate_verification(control.last_code("paul"), "email")
    user.change_password(PASSWORD, "Other-horse-10")
    user.initiate_forgot_password()
    user.confirm_forgot_password(control.last_code("paul"), "Third-horse-11")
    user.authenticate("Third-horse-11")
    user.delete_user()


def test_an_identity_pool_gives_fake_keys_for_a_real_token(api, identity, control, site):
    pool, app = site
    confirmed(api, control, app, "ida")
    parameters = {"USERNAME": "ida", "PASSWORD": PASSWORD}
    tokens = api.initiate_auth(AuthFlow="USER_PASSWORD_AUTH", ClientId=app, AuthParameters=parameters)
    logins = {f"cognito-idp.local.amazonaws.com/{pool}": tokens["AuthenticationResult"]["IdToken"]}
    identity_pool = "eu-central-1:12345678-1234-1234-1234-123456789012"
    one = identity.get_id(IdentityPoolId=identity_pool, Logins=logins)["IdentityId"]
    assert identity.get_id(IdentityPoolId=identity_pool, Logins=logins)["IdentityId"] == one
    keys = identity.get_credentials_for_identity(IdentityId=one, Logins=logins)["Credentials"]
    assert "FAKE" in keys["AccessKeyId"] and "FAKE" in keys["SecretKey"] and "FAKE" in keys["SessionToken"]
    forged = {name: token[:-8] + "AAAAAAAA" for name, token in logins.items()}
    assert refused(identity.get_id, IdentityPoolId=identity_pool, Logins=forged) == "NotAuthorizedException"
    assert refused(identity.get_id, IdentityPoolId=identity_pool) == "NotAuthorizedException"
