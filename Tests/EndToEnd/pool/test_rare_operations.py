"""Operations that few programs call, by boto3; and that every other one of the service's is refused by its name."""

import json
import re
from pathlib import Path

import pytest
import requests
from rig.pool import Person, refused
from rig.tokens import claims

PASSWORD = "Correct-horse-9"
GOOGLE = {"client_id": "x", "client_secret": "y", "authorize_scopes": "openid"}


@pytest.fixture
def person(api, controlled, request):
    name = request.node.name.replace("_", "-")[:60]
    controlled.add_person(name, PASSWORD)
    return {"UserPoolId": controlled.id, "Username": name}


def sign_in(controlled, named: dict) -> dict:
    return controlled.sign_in(Person(named["Username"], PASSWORD))


def test_an_administrator_takes_a_lost_authenticator_away(api, controlled):
    ada = controlled.add_person("ada", PASSWORD, with_totp=True)
    named = {"UserPoolId": controlled.id, "Username": "ada"}
    factors = api.admin_get_user_auth_factors(**named)
    assert (factors["Username"], factors["ConfiguredUserAuthFactors"]) == ("ada", ["PASSWORD"])
    assert factors["UserMFASettingList"] == ["SOFTWARE_TOKEN_MFA"]
    assert factors["PreferredMfaSetting"] == "SOFTWARE_TOKEN_MFA"
    api.admin_delete_software_token(**named)
    assert not {"UserMFASettingList", "PreferredMfaSetting"} & set(api.admin_get_user_auth_factors(**named))
    ada.authenticator = None
    assert controlled.sign_in(ada)["AccessToken"], "no code is asked for any more"
    api.admin_delete_software_token(**named)
    nobody = {**named, "Username": "nobody"}
    assert refused(api.admin_delete_software_token, **nobody) == "UserNotFoundException"
    assert refused(api.admin_get_user_auth_factors, **nobody) == "UserNotFoundException"


def link(person: dict, value: str, name: str = "Google") -> dict:
    return {
        "UserPoolId": person["UserPoolId"],
        "DestinationUser": {"ProviderName": "Cognito", "ProviderAttributeValue": person["Username"]},
        "SourceUser": subject(value, name),
    }


def subject(value: str, name: str = "Google") -> dict:
    return {"ProviderName": name, "ProviderAttributeName": "Cognito_Subject", "ProviderAttributeValue": value}


@pytest.fixture
def google(api, controlled):
    named = {"UserPoolId": controlled.id, "ProviderName": "Google"}
    api.create_identity_provider(**named, ProviderType="Google", ProviderDetails=GOOGLE)
    yield
    api.delete_identity_provider(**named)


def identities(api, person: dict) -> list:
    shown = {pair["Name"]: pair["Value"] for pair in api.admin_get_user(**person)["UserAttributes"]}
    return json.loads(shown.get("identities", "[]"))


def test_an_external_identity_is_linked_shown_and_unlinked(api, controlled, person, google):
    api.admin_link_provider_for_user(**link(person, "1234"))
    (shown,) = identities(api, person)
    assert (shown["userId"], shown["providerName"], shown["providerType"]) == ("1234", "Google", "Google")
    assert isinstance(shown["dateCreated"], int) and shown["primary"] is False
    (claim,) = claims(sign_in(controlled, person)["IdToken"])["identities"]
    assert (claim["userId"], claim["primary"], claim["dateCreated"]) == ("1234", "false", str(shown["dateCreated"]))
    assert refused(api.admin_link_provider_for_user, **link(person, "1234")) == "InvalidParameterException"
    undo = {"UserPoolId": controlled.id, "User": subject("1234")}
    api.admin_disable_provider_for_user(**undo)
    assert identities(api, person) == []
    assert refused(api.admin_disable_provider_for_user, **undo) == "UserNotFoundException"
    api.admin_link_provider_for_user(**link(person, "1234"))


def test_a_user_has_five_linked_identities_at_most(api, person, google):
    for number in range(5):
        api.admin_link_provider_for_user(**link(person, f"five-{number}"))
    assert refused(api.admin_link_provider_for_user, **link(person, "five-5")) == "LimitExceededException"
    assert len(identities(api, person)) == 5


def test_a_link_needs_a_provider_a_user_and_a_source_from_elsewhere(api, person, google):
    nobody = {**person, "Username": "nobody"}
    assert refused(api.admin_link_provider_for_user, **link(nobody, "1")) == "UserNotFoundException"
    assert refused(api.admin_link_provider_for_user, **link(person, "1", "Other")) == "ResourceNotFoundException"
    assert refused(api.admin_link_provider_for_user, **link(person, "1", "Cognito")) == "InvalidParameterException"


def test_a_deleted_users_link_can_be_given_to_another(api, controlled, person, google):
    controlled.add_person("leaver", PASSWORD)
    leaver = {"UserPoolId": controlled.id, "Username": "leaver"}
    api.admin_link_provider_for_user(**link(leaver, "moving"))
    assert refused(api.admin_link_provider_for_user, **link(person, "moving")) == "InvalidParameterException"
    api.admin_delete_user(**leaver)
    api.admin_link_provider_for_user(**link(person, "moving"))
    assert [identity["userId"] for identity in identities(api, person)] == ["moving"]


def test_a_user_of_the_pool_loses_the_password(api, controlled, person):
    sign_in(controlled, person)
    user = {**subject(person["Username"], "Cognito")}
    api.admin_disable_provider_for_user(UserPoolId=controlled.id, User=user)
    assert refused(lambda: sign_in(controlled, person)) == "NotAuthorizedException"
    assert api.admin_get_user(**person)["UserStatus"] == "EXTERNAL_PROVIDER"
    forgotten = {"ClientId": controlled.client_id, "Username": person["Username"]}
    assert refused(api.forgot_password, **forgotten) == "NotAuthorizedException"


def test_a_program_gets_a_token_by_the_api(api, controlled):
    scopes = [{"ScopeName": "read", "ScopeDescription": "r"}, {"ScopeName": "write", "ScopeDescription": "w"}]
    api.create_resource_server(UserPoolId=controlled.id, Identifier="orders", Name="orders", Scopes=scopes)
    made = api.create_user_pool_client(
        UserPoolId=controlled.id,
        ClientName="machine",
        GenerateSecret=True,
        ExplicitAuthFlows=["ALLOW_CLIENT_TOKEN_AUTH"],
        AllowedOAuthScopes=["orders/read", "openid"],
    )["UserPoolClient"]
    shown = {"ClientId": made["ClientId"], "Secret": made["ClientSecret"]}
    answer = api.get_client_token(**shown, Scopes=["orders/read"])["ClientAuthenticationResult"]
    assert (answer["TokenType"], answer["ExpiresIn"]) == ("Bearer", 3600)
    said = claims(answer["AccessToken"])
    assert (said["scope"], said["client_id"], said["token_use"]) == ("orders/read", made["ClientId"], "access")
    assert refused(api.get_client_token, **shown, Scopes=["orders/write"]) == "InvalidParameterException"
    assert refused(api.get_client_token, **shown, Scopes=["openid"]) == "InvalidParameterException"
    wrong = {**shown, "Secret": "x" * 51}
    assert refused(api.get_client_token, **wrong, Scopes=["orders/read"]) == "NotAuthorizedException"
    assert refused(api.get_user, AccessToken=answer["AccessToken"]) == "NotAuthorizedException"
    other = api.create_user_pool_client(
        UserPoolId=controlled.id, ClientName="people", GenerateSecret=True, AllowedOAuthScopes=["orders/read"]
    )["UserPoolClient"]
    shown = {"ClientId": other["ClientId"], "Secret": other["ClientSecret"]}
    assert refused(api.get_client_token, **shown) == "NotAuthorizedException"
    mixed = {"ExplicitAuthFlows": ["ALLOW_CLIENT_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH"]}
    name = {"UserPoolId": controlled.id, "ClientName": "mixed"}
    assert refused(api.create_user_pool_client, **name, **mixed) == "InvalidParameterException"


def test_rate_limits_are_those_that_aws_gives_everybody(api):
    limit = {"LimitDefinition": {"LimitClass": "API_CATEGORY", "Attributes": {"Category": "UserAuthentication"}}}
    shown = api.get_provisioned_limit(**limit)["Limit"]
    assert (shown["ProvisionedLimitValue"], shown["FreeLimitValue"]) == (120, 120)
    assert api.update_provisioned_limit(**limit, RequestedLimitValue=120)["Limit"] == shown
    assert refused(api.update_provisioned_limit, **limit, RequestedLimitValue=121) == "ServiceQuotaExceededException"
    assert refused(api.update_provisioned_limit, **limit, RequestedLimitValue=119) == "InvalidParameterException"
    limit["LimitDefinition"]["Attributes"] = {"Category": "Nothing"}
    assert refused(api.get_provisioned_limit, **limit) == "ResourceNotFoundException"


def test_there_is_no_threat_protection(api, person):
    nobody = {**person, "Username": "nobody"}
    assert refused(api.admin_list_user_auth_events, **person) == "UserPoolAddOnNotEnabledException"
    assert refused(api.admin_list_user_auth_events, **nobody) == "UserNotFoundException"
    feedback = {"EventId": "e", "FeedbackValue": "Valid"}
    assert refused(api.admin_update_auth_event_feedback, **person, **feedback) == "UserPoolAddOnNotEnabledException"


def test_what_a_pool_says_of_itself(api, controlled, other_pool):
    pool = other_pool(Schema=[{"Name": "team", "AttributeDataType": "String"}])
    header = api.get_csv_header(UserPoolId=pool)["CSVHeader"]
    assert header[:2] == ["name", "given_name"]
    assert header[-3:] == ["custom:team", "cognito:mfa_enabled", "cognito:username"]
    assert "sub" not in header
    assert api.get_ui_customization(UserPoolId=pool)["UICustomization"] == {}
    strange = {"UserPoolId": pool, "ClientId": controlled.client_id}
    assert refused(api.get_ui_customization, **strange) == "ResourceNotFoundException"
    logs = api.get_log_delivery_configuration(UserPoolId=pool)["LogDeliveryConfiguration"]
    assert logs == {"UserPoolId": pool, "LogConfigurations": []}


def test_a_domain_of_ones_own_is_kept_and_changed(api, other_pool):
    pool = other_pool()
    named = {"UserPoolId": pool, "Domain": "login.example.com"}
    assert refused(api.create_user_pool_domain, **named) == "InvalidParameterException", "no certificate"
    first, second = ({"CertificateArn": f"arn:aws:acm:us-east-1:000000000000:certificate/{n}"} for n in "12")
    api.create_user_pool_domain(**named, CustomDomainConfig=first)
    assert api.describe_user_pool_domain(Domain=named["Domain"])["DomainDescription"]["CustomDomainConfig"] == first
    api.update_user_pool_domain(**named, CustomDomainConfig=second, ManagedLoginVersion=2)
    shown = api.describe_user_pool_domain(Domain=named["Domain"])["DomainDescription"]
    assert (shown["CustomDomainConfig"], shown["ManagedLoginVersion"]) == (second, 2)
    other = {**named, "Domain": "other"}
    assert refused(api.update_user_pool_domain, **other) == "ResourceNotFoundException"


def operations_here() -> set:
    table = (Path(__file__).resolve().parents[3] / "docs" / "pool-operations.md").read_text()
    return set(re.findall(r"^\| ([A-Z]\w+) \| (?!---)", table, re.M)) - {"Operation"}


def test_every_other_operation_of_the_service_is_unknown(api, controlled):
    others = set(api.meta.service_model.operation_names) - operations_here()
    assert len(others) > 20, "the table names nearly everything: has botocore's model been read?"
    for name in sorted(others):
        target = {"X-Amz-Target": f"AWSCognitoIdentityProviderService.{name}"}
        answer = requests.post(controlled.endpoint, b"{}", headers=target, timeout=10)
        assert (answer.status_code, answer.json()["__type"]) == (400, "UnknownOperationException"), name
