"""Tokens in exchange for tokens, by boto3, and at the token endpoint."""

import pytest
import requests
from rig.pool import refused
from rig.tokens import claims, with_bad_signature

ADMIN = "aws.cognito.signin.user.admin"
EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange"
ACCESS = "urn:ietf:params:oauth:token-type:access_token"


@pytest.fixture(scope="module")
def service(api, controlled):
    """An app client that may exchange tokens, with its secret."""
    scopes = [{"ScopeName": "read", "ScopeDescription": "r"}]
    api.create_resource_server(UserPoolId=controlled.id, Identifier="git", Name="git", Scopes=scopes)
    made = api.create_user_pool_client(
        UserPoolId=controlled.id,
        ClientName="service",
        GenerateSecret=True,
        ExplicitAuthFlows=["ALLOW_TOKEN_EXCHANGE_IMPERSONATION", "ALLOW_TOKEN_EXCHANGE_DELEGATION"],
        AllowedOAuthFlowsUserPoolClient=True,
        AllowedOAuthFlows=["client_credentials"],
        AllowedOAuthScopes=["git/read"],
    )["UserPoolClient"]
    return {"ClientId": made["ClientId"], "ClientSecret": made["ClientSecret"]}


@pytest.fixture
def tokens(controlled, person):
    return controlled.sign_in(person)


def test_a_derived_token_is_for_one_service_and_not_for_the_account(api, service, tokens):
    subject = {"SubjectToken": tokens["AccessToken"], "SubjectTokenType": "ACCESS_TOKEN"}
    derived = api.get_derived_token(**service, **subject, Audiences=["git.example.com"])
    assert (derived["IssuedTokenType"], derived["TokenType"], derived["Scopes"]) == ("ACCESS_TOKEN", "Bearer", [])
    assert 0 < derived["ExpiresIn"] <= 3600
    said, before = claims(derived["IssuedToken"]), claims(tokens["AccessToken"])
    assert (said["aud"], said["client_id"]) == ("git.example.com", service["ClientId"])
    assert [said[name] for name in ("sub", "username", "iss")] == [before[name] for name in ("sub", "username", "iss")]
    assert refused(api.get_user, AccessToken=derived["IssuedToken"]) == "NotAuthorizedException"
    assert refused(api.get_derived_token, **service, **subject, Scopes=[ADMIN]) == "InvalidParameterException"
    forged = {**subject, "SubjectToken": with_bad_signature(tokens["AccessToken"])}
    assert refused(api.get_derived_token, **service, **forged) == "NotAuthorizedException"
    saml = {**subject, "SubjectTokenType": "SAML2"}
    assert refused(api.get_derived_token, **service, **saml) == "InvalidParameterException"


def test_a_derived_token_ends_with_the_session_that_it_comes_from(api, controlled, service, tokens):
    subject = {"SubjectToken": tokens["AccessToken"], "SubjectTokenType": "ACCESS_TOKEN"}
    derived = api.get_derived_token(**service, **subject)["IssuedToken"]
    api.revoke_token(Token=tokens["RefreshToken"], ClientId=controlled.client_id)
    again = {"SubjectToken": derived, "SubjectTokenType": "ACCESS_TOKEN"}
    assert refused(api.get_derived_token, **service, **again) == "NotAuthorizedException"


def test_a_service_stands_in_act(api, controlled, service, tokens):
    machine = requests.post(
        controlled.endpoint + "/oauth2/token",
        {"grant_type": "client_credentials"},
        auth=(service["ClientId"], service["ClientSecret"]),
        timeout=10,
    ).json()["access_token"]
    derived = api.get_derived_token(
        **service,
        SubjectToken=tokens["IdToken"],
        SubjectTokenType="ID_TOKEN",
        ActorToken=machine,
        ActorTokenType="ACCESS_TOKEN",
        Scopes=["git/read"],
        Resources=["git"],
    )
    said = claims(derived["IssuedToken"])
    assert said["act"] == {"sub": service["ClientId"], "client_id": service["ClientId"]}
    assert (said["scope"], said["aud"], derived["Scopes"]) == ("git/read", "git", ["git/read"])


def test_aws_credentials_stand_for_the_secret_but_nothing_for_a_wrong_one(api, controlled, service, tokens):
    subject = {"SubjectToken": tokens["AccessToken"], "SubjectTokenType": "ACCESS_TOKEN"}
    assert api.get_derived_token(ClientId=service["ClientId"], **subject)["IssuedToken"], "boto3 signs this call"
    wrong = {**service, "ClientSecret": "x" * 51}
    assert refused(api.get_derived_token, **wrong, **subject) == "NotAuthorizedException"
    unsigned = requests.post(
        controlled.endpoint,
        json={"ClientId": service["ClientId"], **subject},
        headers={"X-Amz-Target": "AWSCognitoIdentityProviderService.GetDerivedToken"},
        timeout=10,
    )
    assert (unsigned.status_code, unsigned.json()["__type"]) == (400, "NotAuthorizedException")


def test_the_token_endpoint_exchanges_as_well(controlled, service, tokens):
    def ask(**fields) -> requests.Response:
        form = {"grant_type": EXCHANGE, "subject_token": tokens["AccessToken"], "subject_token_type": ACCESS}
        secret = (service["ClientId"], service["ClientSecret"])
        return requests.post(controlled.endpoint + "/oauth2/token", form | fields, auth=secret, timeout=10)

    reply = ask(audience="git.example.com").json()
    assert (reply["issued_token_type"], reply["token_type"], reply["scope"]) == (ACCESS, "Bearer", "")
    assert claims(reply["access_token"])["aud"] == "git.example.com" and "refresh_token" not in reply
    for wrong in (
        {"subject_token": ""},
        {"subject_token_type": ""},
        {"subject_token_type": "urn:other"},
        {"subject_token": "x.y.z"},
        {"requested_token_type": "urn:ietf:params:oauth:token-type:saml2"},
        {"actor_token_type": ACCESS},
        {"audience": "a", "resource": "git"},
        {"resource": "none"},
    ):
        refusal = ask(**wrong)
        assert refusal.status_code == 400, wrong
        assert refusal.json()["error"] in ("invalid_request", "invalid_grant"), wrong


def test_a_client_that_may_not_exchange_gets_nothing(api, controlled, tokens):
    plain = controlled.add_client("plain")
    subject = {"SubjectToken": tokens["AccessToken"], "SubjectTokenType": "ACCESS_TOKEN"}
    assert refused(api.get_derived_token, ClientId=plain, **subject) == "NotAuthorizedException"
