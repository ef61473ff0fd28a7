"""Users and groups, managed by unmodified boto3 and pycognito."""

import pytest
from pycognito import Cognito
from rig.pool import refused

PASSWORD = "Correct-horse-9"


@pytest.fixture
def person(api, controlled, request):
    """A confirmed user with an e-mail address, of the test's own name."""
    name = request.node.name.replace("_", "-")[:60]
    attributes = [{"Name": "email", "Value": f"{name}@example.com"}, {"Name": "email_verified", "Value": "true"}]
    api.admin_create_user(UserPoolId=controlled.id, Username=name, UserAttributes=attributes, MessageAction="SUPPRESS")
    api.admin_set_user_password(UserPoolId=controlled.id, Username=name, Password=PASSWORD, Permanent=True)
    return {"UserPoolId": controlled.id, "Username": name}


def sign_in(api, controlled, name: str, password: str = PASSWORD) -> dict:
    return api.initiate_auth(
        AuthFlow="USER_PASSWORD_AUTH",
        ClientId=controlled.client_id,
        AuthParameters={"USERNAME": name, "PASSWORD": password},
    )


def test_a_user_is_shown_changed_and_deleted(api, person):
    api.admin_update_user_attributes(**person, UserAttributes=[{"Name": "given_name", "Value": "Ada"}])
    shown = api.admin_get_user(**person)
    attributes = {attribute["Name"]: attribute["Value"] for attribute in shown["UserAttributes"]}
    assert attributes["given_name"] == "Ada" and "sub" in attributes
    api.admin_delete_user_attributes(**person, UserAttributeNames=["given_name"])
    names = [attribute["Name"] for attribute in api.admin_get_user(**person)["UserAttributes"]]
    assert "given_name" not in names
    api.admin_delete_user(**person)
    assert refused(api.admin_get_user, **person) == "UserNotFoundException"


def test_the_invitation_holds_the_temporary_password(api, controlled, control):
    api.admin_create_user(
        UserPoolId=controlled.id, Username="invited", UserAttributes=[{"Name": "email", "Value": "i@example.com"}]
    )
    reply = sign_in(api, controlled, "invited", control.last_code("invited"))
    assert reply["ChallengeName"] == "NEW_PASSWORD_REQUIRED"


def test_a_temporary_password_expires(api, controlled, control):
    named = {"UserPoolId": controlled.id, "Username": "late"}
    api.admin_create_user(**named, TemporaryPassword=PASSWORD, MessageAction="SUPPRESS")
    control.advance(8 * 86400)
    assert refused(lambda: sign_in(api, controlled, "late")) == "NotAuthorizedException"
    api.admin_create_user(**named, TemporaryPassword=PASSWORD, MessageAction="RESEND")
    assert sign_in(api, controlled, "late")["ChallengeName"] == "NEW_PASSWORD_REQUIRED"


def test_a_disabled_user_can_not_sign_in(api, controlled, person):
    tokens = sign_in(api, controlled, person["Username"])["AuthenticationResult"]
    api.admin_disable_user(**person)
    assert refused(lambda: sign_in(api, controlled, person["Username"])) == "NotAuthorizedException"
    assert refused(api.get_user, AccessToken=tokens["AccessToken"]) == "NotAuthorizedException"
    api.admin_enable_user(**person)
    assert "AuthenticationResult" in sign_in(api, controlled, person["Username"])


def test_an_administrator_resets_a_password(api, controlled, control, person):
    api.admin_reset_user_password(**person)
    assert refused(lambda: sign_in(api, controlled, person["Username"])) == "PasswordResetRequiredException"
    code = control.last_code(person["Username"])
    named = {"ClientId": controlled.client_id, "Username": person["Username"], "Password": PASSWORD + "!"}
    api.confirm_forgot_password(**named, ConfirmationCode=code)
    assert "AuthenticationResult" in sign_in(api, controlled, person["Username"], PASSWORD + "!")


def test_a_preferred_factor_is_asked_for(api, controlled, person):
    named = {**person, "UserAttributes": [{"Name": "phone_number", "Value": "+15550100"}]}
    api.admin_update_user_attributes(**named)
    api.admin_set_user_mfa_preference(**person, SMSMfaSettings={"Enabled": True, "PreferredMfa": True})
    shown = api.admin_get_user(**person)
    assert (shown["PreferredMfaSetting"], shown["UserMFASettingList"]) == ("SMS_MFA", ["SMS_MFA"])
    wrong = {"SoftwareTokenMfaSettings": {"Enabled": True, "PreferredMfa": True}}
    assert refused(api.admin_set_user_mfa_preference, **person, **wrong) == "InvalidParameterException"


def test_groups(api, controlled, person):
    pool = {"UserPoolId": controlled.id}
    api.create_group(**pool, GroupName="staff", Description="all", Precedence=5)
    assert refused(api.create_group, **pool, GroupName="staff") == "GroupExistsException"
    api.update_group(**pool, GroupName="staff", Description="everybody")
    group = api.get_group(**pool, GroupName="staff")["Group"]
    assert (group["Description"], group["Precedence"]) == ("everybody", 5)
    assert "staff" in [group["GroupName"] for group in api.list_groups(**pool)["Groups"]]
    api.admin_add_user_to_group(**person, GroupName="staff")
    listed = api.admin_list_groups_for_user(**person)["Groups"]
    assert [group["GroupName"] for group in listed] == ["staff"]
    users = api.list_users_in_group(**pool, GroupName="staff")["Users"]
    assert [user["Username"] for user in users] == [person["Username"]]
    api.admin_remove_user_from_group(**person, GroupName="staff")
    assert api.list_users_in_group(**pool, GroupName="staff")["Users"] == []
    api.delete_group(**pool, GroupName="staff")
    assert refused(api.get_group, **pool, GroupName="staff") == "ResourceNotFoundException"


def test_users_are_listed_page_by_page_and_filtered(api, other_pool):
    pool = other_pool()
    for number in range(7):
        email = {"Name": "email", "Value": f"u{number}@example.com"}
        api.admin_create_user(UserPoolId=pool, Username=f"u{number}", UserAttributes=[email], MessageAction="SUPPRESS")
    pages = list(api.get_paginator("list_users").paginate(UserPoolId=pool, PaginationConfig={"PageSize": 3}))
    assert [len(page["Users"]) for page in pages] == [3, 3, 1]
    found = api.list_users(UserPoolId=pool, Filter='email ^= "u3@"', AttributesToGet=["email"])["Users"]
    assert found[0]["Attributes"] == [{"Name": "email", "Value": "u3@example.com"}] and len(found) == 1
    assert refused(api.list_users, UserPoolId=pool, Filter='email ~ "x"') == "InvalidParameterException"


def test_pycognito_administers(api, controlled):
    admin = Cognito(
        controlled.id,
        controlled.client_id,
        user_pool_region="local",
        access_key="local",
        secret_key="local",
        boto3_client_kwargs={"endpoint_url": controlled.endpoint},
    )
    admin.admin_create_user("pia", temporary_password=PASSWORD, email="pia@example.com")
    assert admin.admin_get_user().username == "pia"
    api.create_group(UserPoolId=controlled.id, GroupName="pia-group")
    admin.admin_add_user_to_group("pia", "pia-group")
    assert admin.admin_list_groups_for_user("pia") == ["pia-group"]
    assert "pia-group" in [group.group_name for group in admin.get_groups()]
    admin.admin_update_profile({"nickname": "p"})
    assert admin.admin_get_user().nickname == "p"
    assert "pia" in [user.username for user in admin.get_users()]
    admin.admin_disable_user("pia")
    admin.admin_enable_user("pia")
    admin.admin_remove_user_from_group("pia", "pia-group")
    admin.admin_delete_user()
    assert refused(api.admin_get_user, UserPoolId=controlled.id, Username="pia") == "UserNotFoundException"
