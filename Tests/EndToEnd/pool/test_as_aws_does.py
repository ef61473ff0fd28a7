"""What strangers' software found cognito-pool to do otherwise than AWS (November 2026), by unmodified clients."""

import re

import pytest
import requests
from botocore.exceptions import ClientError
from rig.pages import PlainBrowser, answer, authorize, oauth, title

PASSWORD = "Correct-horse-9"
ELSEWHERE = {"Origin": "http://localhost:8000"}


def refused(exception: str):
    return pytest.raises(ClientError, match=exception)


def sign_in(api, client: str, name: str, password: str = PASSWORD) -> dict:
    return api.initiate_auth(
        AuthFlow="USER_PASSWORD_AUTH", ClientId=client, AuthParameters={"USERNAME": name, "PASSWORD": password}
    )


@pytest.fixture
def app(api, other_pool):
    """Makes a pool of its own settings with an app client: (pool id, client id)."""

    def make(client=None, **settings) -> tuple:
        pool = other_pool(**settings)
        flows = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
        made = api.create_user_pool_client(
            UserPoolId=pool, ClientName="app", ExplicitAuthFlows=flows, **oauth(), **(client or {})
        )
        return pool, made["UserPoolClient"]["ClientId"]

    return make


def attributes(api, pool: str, name: str) -> dict:
    user = api.admin_get_user(UserPoolId=pool, Username=name)
    return {attribute["Name"]: attribute["Value"] for attribute in user["UserAttributes"]}


def test_scripts_of_other_origins_reach_what_is_for_programs_and_no_page(controlled, app):
    pool, client = app()
    base = controlled.endpoint
    for address in (f"{base}/{pool}/.well-known/openid-configuration", f"{base}/{pool}/.well-known/jwks.json"):
        assert requests.get(address, headers=ELSEWHERE).headers["Access-Control-Allow-Origin"] == "*"
    wrong = {"grant_type": "refresh_token", "refresh_token": "x", "client_id": client}
    for path in ("/oauth2/token", "/oauth2/revoke"):
        assert requests.post(base + path, data=wrong, headers=ELSEWHERE).headers["Access-Control-Allow-Origin"] == "*"
    for path in ("/", "/oauth2/token", "/oauth2/userInfo", "/oauth2/revoke"):
        asked = ELSEWHERE | {
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "authorization,x-amz-user-agent",
        }
        reply = requests.options(base + path, headers=asked)
        allowed = reply.headers["Access-Control-Allow-Headers"].lower()
        assert reply.status_code == 200 and "authorization" in allowed and "x-amz-user-agent" in allowed, path
        assert "Access-Control-Allow-Credentials" not in reply.headers
    for path in ("/login", "/signup", "/oauth2/authorize", "/logout"):
        assert "Access-Control-Allow-Origin" not in requests.get(base + path, headers=ELSEWHERE).headers, path


def test_an_address_is_compared_by_the_pools_rule_of_case(api, app):
    for configuration, finds in (({}, False), ({"UsernameConfiguration": {"CaseSensitive": False}}, True)):
        pool, client = app(UsernameAttributes=["email"], **configuration)
        api.admin_create_user(UserPoolId=pool, Username="Ada@Example.com", MessageAction="SUPPRESS")
        api.admin_set_user_password(UserPoolId=pool, Username="Ada@Example.com", Password=PASSWORD, Permanent=True)
        assert "AuthenticationResult" in sign_in(api, client, "Ada@Example.com")
        if finds:
            assert "AuthenticationResult" in sign_in(api, client, "ada@example.com")
        else:
            with refused("UserNotFoundException"):
                sign_in(api, client, "ada@example.com")


def test_a_password_may_hold_blanks_but_not_at_its_ends(api, app):
    pool, client = app()
    phrase = "Correct horse battery 9!"
    api.sign_up(ClientId=client, Username="phil", Password=phrase)
    api.admin_confirm_sign_up(UserPoolId=pool, Username="phil")
    assert "AuthenticationResult" in sign_in(api, client, "phil", phrase)
    for wrong in (" " + phrase, phrase + " "):
        with refused("InvalidParameterException"):
            api.sign_up(ClientId=client, Username="phila", Password=wrong)


def test_a_new_users_addresses_say_that_they_are_not_verified(api, app):
    pool, client = app(AutoVerifiedAttributes=["email"])
    given = [{"Name": "email", "Value": "nell@example.com"}, {"Name": "phone_number", "Value": "+4712345678"}]
    api.sign_up(ClientId=client, Username="nell", Password=PASSWORD, UserAttributes=given)
    found = attributes(api, pool, "nell")
    assert (found["email_verified"], found["phone_number_verified"]) == ("false", "false")


def test_an_unconfirmed_account_is_told_before_the_password_but_not_on_the_pages(api, control, controlled, app):
    pool, client = app(AutoVerifiedAttributes=["email"])
    email = [{"Name": "email", "Value": "una@example.com"}]
    api.sign_up(ClientId=client, Username="una", Password=PASSWORD, UserAttributes=email)
    with refused("UserNotConfirmedException"):
        sign_in(api, client, "una", "Wrong-horse-99")
    # The pages sign in with the code that they ask for next: they ask nobody for it who doesn't know the password.
    page = PlainBrowser(controlled.endpoint).sign_in(authorize(client), "una", "Wrong-horse-99")
    assert title(page) == "Error: Sign in" and 'name="code"' not in page.text
    page = PlainBrowser(controlled.endpoint).sign_in(authorize(client), "una", PASSWORD)
    assert title(page) == "Confirm your account"


def test_confirming_gives_a_session_that_signs_in_once(api, control, app):
    _, client = app(AutoVerifiedAttributes=["email"])
    email = [{"Name": "email", "Value": "cleo@example.com"}]
    api.sign_up(ClientId=client, Username="cleo", Password=PASSWORD, UserAttributes=email)
    session = api.confirm_sign_up(ClientId=client, Username="cleo", ConfirmationCode=control.last_code("cleo"))[
        "Session"
    ]
    call = {"AuthFlow": "USER_AUTH", "ClientId": client, "AuthParameters": {"USERNAME": "cleo"}, "Session": session}
    assert "AuthenticationResult" in api.initiate_auth(**call)
    with refused("NotAuthorizedException"):
        api.initiate_auth(**call)


def test_a_link_confirms_an_account_once(api, control, controlled, app):
    template = {"DefaultEmailOption": "CONFIRM_WITH_LINK", "EmailMessageByLink": "Hello <you>: {##click & see##}!"}
    pool, client = app(AutoVerifiedAttributes=["email"], VerificationMessageTemplate=template)
    email = [{"Name": "email", "Value": "lin@example.com"}]
    api.sign_up(ClientId=client, Username="lin", Password=PASSWORD, UserAttributes=email)
    body = [message for message in control.messages() if message["username"] == "lin"][-1]["body"]
    found = re.fullmatch(r'Hello <you>: <a href="([^"]+)">click &amp; see</a>!', body)
    assert found, body
    address = found[1].replace("&amp;", "&")
    assert address.startswith(controlled.endpoint + "/confirmUser?client_id=" + client)
    assert requests.head(address).status_code == 405, "mail programs that look at links confirm nothing"
    assert "Your account is confirmed" in requests.get(address).text
    assert requests.get(address).status_code == 400
    assert api.admin_get_user(UserPoolId=pool, Username="lin")["UserStatus"] == "CONFIRMED"
    assert attributes(api, pool, "lin")["email_verified"] == "true"


def test_a_code_without_pkce_is_good_and_one_with_it_needs_its_verifier_however_short(controlled, api, app):
    pool, client = app()
    api.admin_create_user(UserPoolId=pool, Username="kim", MessageAction="SUPPRESS")
    api.admin_set_user_password(UserPoolId=pool, Username="kim", Password=PASSWORD, Permanent=True)
    short = "0a1b2c3d-0a1b-2c3d-4e5f-0a1b2c3d4e5f"
    for asked, shown, status in ((None, {}, 200), (short, {"code_verifier": short}, 200), (short, {}, 400)):
        reply = PlainBrowser(controlled.endpoint).sign_in(authorize(client, asked), "kim", PASSWORD)
        form = {"grant_type": "authorization_code", "client_id": client, "code": answer(reply)["code"]}
        form |= {"redirect_uri": oauth()["CallbackURLs"][0]} | shown
        assert requests.post(controlled.endpoint + "/oauth2/token", data=form).status_code == status


@pytest.mark.parametrize(
    ("attribute", "words"),
    [
        ({"Name": "size"}, "AttributeDataType"),
        ({"Name": "email", "AttributeDataType": "Number"}, "standard schema attribute email"),
        ({"Name": "email", "DeveloperOnlyAttribute": True}, "standard schema attribute email"),
        (
            {"Name": "size", "AttributeDataType": "String", "StringAttributeConstraints": {"MinLength": "abc"}},
            "minLength",
        ),
        ({"Name": "size", "AttributeDataType": "String", "StringAttributeConstraints": {"MaxLength": "2049"}}, "2048"),
        (
            {
                "Name": "s",
                "AttributeDataType": "Number",
                "NumberAttributeConstraints": {"MinValue": "9", "MaxValue": "1"},
            },
            "MaxValue",
        ),
    ],
)
def test_a_schema_that_aws_refuses_is_refused(api, attribute, words):
    with refused("InvalidParameterException") as error:
        api.create_user_pool(PoolName="wrong", Schema=[attribute])
    assert words in str(error.value)


def test_what_a_client_names_must_be_there_and_a_domain_keeps_its_pool(api, other_pool):
    pool = other_pool()
    with refused("InvalidParameterException"):
        api.create_user_pool_client(UserPoolId=pool, ClientName="a", SupportedIdentityProviders=["Google"])
    named = {"AllowedOAuthFlowsUserPoolClient": True, "AllowedOAuthFlows": ["code"], "AllowedOAuthScopes": ["zz/read"]}
    with refused("ScopeDoesNotExistException"):
        api.create_user_pool_client(UserPoolId=pool, ClientName="a", CallbackURLs=["https://a.example/"], **named)
    scope = {"ScopeName": "read", "ScopeDescription": "Read"}
    api.create_resource_server(UserPoolId=pool, Identifier="zz", Name="zz", Scopes=[scope])
    api.create_user_pool_client(UserPoolId=pool, ClientName="a", CallbackURLs=["https://a.example/"], **named)
    api.create_user_pool_domain(UserPoolId=pool, Domain="kept")
    with refused("InvalidParameterException"):
        api.delete_user_pool(UserPoolId=pool)
    api.delete_user_pool_domain(UserPoolId=pool, Domain="kept")
