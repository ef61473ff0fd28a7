"""Sessions that a pool tracks, in apps and in browsers, by boto3."""

import boto3
import pytest
from authlib.integrations.requests_client import OAuth2Session
from botocore.config import Config
from rig.pages import CALLBACK, PASSWORD, VERIFIER, PlainBrowser, answer, authorize, oauth
from rig.pool import Person, refused


@pytest.fixture(autouse=True)
def tracking(api, controlled):
    track(api, controlled)
    yield
    track(api, controlled, "DISABLED")


def track(api, controlled, state: str = "ENABLED", most: int = 20) -> None:
    settings = {"UserPoolId": controlled.id, "UserSessionTracking": state, "TokenSession": {"MaxPerUser": most}}
    reply = api.set_user_pool_session_configuration(**settings)
    assert {name: reply[name] for name in settings} == settings
    reply = api.get_user_pool_session_configuration(UserPoolId=controlled.id)
    assert {name: reply[name] for name in settings} == settings


@pytest.fixture
def ada(controlled, request):
    return controlled.add_person(request.node.name.replace("_", "-")[:60], PASSWORD)


def listed(api, controlled, person: Person) -> list:
    return api.admin_list_user_sessions(UserPoolId=controlled.id, Username=person.name)["Sessions"]


def renewal(controlled, tokens: dict) -> dict:
    refresh = {"REFRESH_TOKEN": tokens["RefreshToken"]}
    return {"ClientId": controlled.client_id, "AuthFlow": "REFRESH_TOKEN_AUTH", "AuthParameters": refresh}


def test_a_sign_in_is_listed_with_what_it_came_from(api, controlled, ada):
    teller = boto3.client(
        "cognito-idp",
        endpoint_url=controlled.endpoint,
        region_name="local",
        aws_access_key_id="x",
        aws_secret_access_key="x",
        config=Config(user_agent="cognito-login/1.0 (sudo; laptop; Linux)"),
    )
    tokens = teller.initiate_auth(
        ClientId=controlled.add_client("app"),
        AuthFlow="USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": ada.name, "PASSWORD": PASSWORD},
    )["AuthenticationResult"]
    other = controlled.sign_in(ada)
    mine, own = api.list_user_sessions(AccessToken=other["AccessToken"])["Sessions"]
    assert (mine["SessionType"], mine["DeviceType"]) == ("TOKEN", "Linux, cognito-login/1.0 (sudo; laptop; Linux)")
    assert (mine["LastIPAddress"], mine["IsCurrentSession"]) == ("127.0.0.1", False)
    assert mine["CreateDate"] <= mine["LastActiveDate"] <= own["CreateDate"]
    assert own["IsCurrentSession"] and own["ClientId"] == controlled.client_id and own["DeviceType"].startswith("Linux")
    api.revoke_user_session(AccessToken=other["AccessToken"], SessionId=mine["SessionId"])
    assert refused(api.get_user, AccessToken=tokens["AccessToken"]) == "NotAuthorizedException"
    current = {"AccessToken": other["AccessToken"], "SessionId": own["SessionId"]}
    assert refused(api.revoke_user_session, **current) == "InvalidParameterException"
    assert [session["SessionId"] for session in listed(api, controlled, ada)] == [own["SessionId"]]


def test_the_least_recently_used_session_makes_room(api, controlled, control, ada):
    track(api, controlled, most=2)
    first, second = controlled.sign_in(ada), controlled.sign_in(ada)
    control.advance(10)
    api.initiate_auth(**renewal(controlled, first))
    controlled.sign_in(ada)
    assert api.get_user(AccessToken=first["AccessToken"])["Username"] == ada.name
    assert refused(api.get_user, AccessToken=second["AccessToken"]) == "NotAuthorizedException"
    assert refused(api.initiate_auth, **renewal(controlled, second)) == "NotAuthorizedException"
    assert len(listed(api, controlled, ada)) == 2


def test_an_administrator_ends_a_session(api, controlled, ada):
    tokens = controlled.sign_in(ada)
    (session,) = listed(api, controlled, ada)
    named = {"UserPoolId": controlled.id, "Username": ada.name, "SessionId": session["SessionId"]}
    api.admin_revoke_user_session(**named)
    assert refused(api.initiate_auth, **renewal(controlled, tokens)) == "NotAuthorizedException"
    assert refused(api.admin_revoke_user_session, **named) == "ResourceNotFoundException"


def test_nothing_is_answered_where_nothing_is_tracked(api, controlled, ada):
    tokens = controlled.sign_in(ada)
    (session,) = listed(api, controlled, ada)
    track(api, controlled, "DISABLED")
    access, named = {"AccessToken": tokens["AccessToken"]}, {"UserPoolId": controlled.id, "Username": ada.name}
    one = {"SessionId": session["SessionId"]}
    off = "OperationNotEnabledException"
    assert refused(api.list_user_sessions, **access) == off
    assert refused(api.revoke_user_session, **access, **one) == off
    assert refused(api.admin_list_user_sessions, **named) == off
    assert refused(api.admin_revoke_user_session, **named, **one) == off
    assert api.get_user(**access)["Username"] == ada.name


@pytest.fixture
def pages(controlled, ada):
    """Signs Ada in on the pages, once, and gets tokens for app clients in the same browser."""
    browser = PlainBrowser(controlled.endpoint)

    def tokens(client: str, name: str | None = None) -> dict | None:
        reply = browser.sign_in(authorize(client), name, PASSWORD) if name else browser.get(authorize(client))
        found = answer(reply) if "Location" in reply.headers else {}
        if "code" not in found:
            return None
        session = OAuth2Session(client, token_endpoint_auth_method="none")
        fields = {"redirect_uri": CALLBACK, "code": found["code"], "code_verifier": VERIFIER}
        return session.fetch_token(controlled.endpoint + "/oauth2/token", **fields)

    return tokens


def test_a_browsers_session_and_the_apps_behind_it(api, controlled, control, ada, pages):
    first, second = (controlled.add_client(name, **oauth()) for name in ("one", "two"))
    assert pages(first, ada.name) and pages(second)
    browser, *apps = listed(api, controlled, ada)
    assert (browser["SessionType"], browser["SessionId"][:3]) == ("SSO", "sso") and "OriginSessionId" not in browser
    assert [app["ClientId"] for app in apps] == [first, second]
    assert {app["OriginSessionId"] for app in apps} == {browser["SessionId"]}
    named = {"UserPoolId": controlled.id, "Username": ada.name, "SessionId": browser["SessionId"]}
    api.admin_revoke_user_session(**named, RevokeAssociatedSessions="LINKED")
    assert listed(api, controlled, ada) == []
    assert pages(first) is None, "the browser asks again"


def test_revoking_a_refresh_token_can_end_the_browsers_session(api, controlled, ada, pages):
    client = controlled.add_client("linked", **oauth())
    tokens = pages(client, ada.name)
    api.revoke_token(Token=tokens["refresh_token"], ClientId=client)
    assert [session["SessionType"] for session in listed(api, controlled, ada)] == ["SSO"]
    tokens = pages(client)
    api.revoke_token(Token=tokens["refresh_token"], ClientId=client, RevokeAssociatedSessions="LINKED")
    assert listed(api, controlled, ada) == [] and pages(client) is None


def test_each_app_says_for_how_long_it_takes_a_browsers_session(api, controlled, control, ada, pages):
    short, long = (controlled.add_client(name, **oauth()) for name in ("short", "long"))
    named = {"UserPoolId": controlled.id}
    shown = api.get_user_pool_client_session_configuration(**named, ClientId=short)
    assert shown["SSOSession"] == {"MaxValidityMinutes": 60}
    for client, minutes in ((short, 5), (long, 120)):
        settings = {**named, "ClientId": client, "SSOSession": {"MaxValidityMinutes": minutes}}
        assert api.set_user_pool_client_session_configuration(**settings)["SSOSession"] == settings["SSOSession"]
    assert pages(short, ada.name)
    control.advance(301)
    assert pages(short) is None and pages(long)
    control.advance(2 * 3600)
    assert pages(long) is None
