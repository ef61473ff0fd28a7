"""Pools, app clients, their secrets, tags and domains, managed by unmodified boto3."""

import pytest
from rig.pool import refused


def test_a_pool_is_made_described_changed_listed_and_deleted(api):
    made = api.create_user_pool(PoolName="fresh", Policies={"PasswordPolicy": {"MinimumLength": 12}})["UserPool"]
    described = api.describe_user_pool(UserPoolId=made["Id"])["UserPool"]
    assert described["Policies"]["PasswordPolicy"]["MinimumLength"] == 12
    assert described["Arn"].endswith(made["Id"])
    api.update_user_pool(UserPoolId=made["Id"], MfaConfiguration="OFF", DeletionProtection="ACTIVE")
    pages = api.get_paginator("list_user_pools").paginate(PaginationConfig={"PageSize": 1})
    assert made["Id"] in [pool["Id"] for page in pages for pool in page["UserPools"]]
    assert refused(api.delete_user_pool, UserPoolId=made["Id"]) == "InvalidParameterException"
    api.update_user_pool(UserPoolId=made["Id"], DeletionProtection="INACTIVE")
    api.delete_user_pool(UserPoolId=made["Id"])
    assert refused(api.describe_user_pool, UserPoolId=made["Id"]) == "ResourceNotFoundException"


def test_custom_attributes_are_added_and_checked(api, other_pool):
    pool = other_pool()
    number = {"Name": "uidNumber", "AttributeDataType": "Number", "NumberAttributeConstraints": {"MinValue": "1000"}}
    api.add_custom_attributes(UserPoolId=pool, CustomAttributes=[number])
    names = [attribute["Name"] for attribute in api.describe_user_pool(UserPoolId=pool)["UserPool"]["SchemaAttributes"]]
    assert "custom:uidNumber" in names
    assert refused(api.add_custom_attributes, UserPoolId=pool, CustomAttributes=[number]) == "InvalidParameterException"

    def with_uid(name: str, value: str) -> dict:
        attribute = {"Name": "custom:uidNumber", "Value": value}
        return {"UserPoolId": pool, "Username": name, "UserAttributes": [attribute]}

    assert refused(api.admin_create_user, **with_uid("low", "12")) == "InvalidParameterException"
    assert refused(api.admin_create_user, **with_uid("none", "many")) == "InvalidParameterException"
    api.admin_create_user(**with_uid("right", "1000"))


def test_second_factors_of_a_pool_are_set_and_shown(api, other_pool):
    pool = other_pool()
    api.set_user_pool_mfa_config(
        UserPoolId=pool, MfaConfiguration="OPTIONAL", SoftwareTokenMfaConfiguration={"Enabled": True}
    )
    shown = api.get_user_pool_mfa_config(UserPoolId=pool)
    assert shown["MfaConfiguration"] == "OPTIONAL"
    assert shown["SoftwareTokenMfaConfiguration"] == {"Enabled": True}


def test_an_app_client_is_made_described_changed_listed_and_deleted(api, controlled):
    pool = controlled.id
    made = api.create_user_pool_client(UserPoolId=pool, ClientName="one", GenerateSecret=True)["UserPoolClient"]
    assert len(made["ClientSecret"]) >= 40
    named = {"UserPoolId": pool, "ClientId": made["ClientId"]}
    api.update_user_pool_client(**named, ClientName="renamed", AccessTokenValidity=2)
    described = api.describe_user_pool_client(**named)["UserPoolClient"]
    assert (described["ClientName"], described["AccessTokenValidity"]) == ("renamed", 2)
    listed = api.list_user_pool_clients(UserPoolId=pool, MaxResults=60)["UserPoolClients"]
    assert made["ClientId"] in [client["ClientId"] for client in listed]
    api.delete_user_pool_client(**named)
    assert refused(api.describe_user_pool_client, **named) == "ResourceNotFoundException"


def test_a_client_secret_is_replaced_without_an_outage(api, controlled):
    client = api.create_user_pool_client(UserPoolId=controlled.id, ClientName="two", GenerateSecret=True)
    named = {"UserPoolId": controlled.id, "ClientId": client["UserPoolClient"]["ClientId"]}
    added = api.add_user_pool_client_secret(**named)["ClientSecretDescriptor"]
    secrets = api.list_user_pool_client_secrets(**named)["ClientSecrets"]
    assert len(secrets) == 2 and all("ClientSecretValue" not in secret for secret in secrets)
    old = next(secret for secret in secrets if secret["ClientSecretId"] != added["ClientSecretId"])
    api.delete_user_pool_client_secret(**named, ClientSecretId=old["ClientSecretId"])
    last = {"ClientSecretId": added["ClientSecretId"]}
    assert refused(api.delete_user_pool_client_secret, **named, **last) == "InvalidParameterException"


@pytest.mark.parametrize(
    "settings",
    [
        {"ExplicitAuthFlows": ["ALLOW_USER_SRP_AUTH", "USER_PASSWORD_AUTH"]},
        {"AccessTokenValidity": 1, "TokenValidityUnits": {"AccessToken": "minutes"}},
        {"ReadAttributes": ["custom:unknown"]},
        {"CallbackURLs": ["http://example.com/"]},
        {"DefaultRedirectURI": "https://example.com/"},
    ],
)
def test_settings_that_make_no_sense_are_refused(api, controlled, settings):
    arguments = {"UserPoolId": controlled.id, "ClientName": "three", **settings}
    assert refused(api.create_user_pool_client, **arguments) == "InvalidParameterException"


def test_tags(api, other_pool):
    arn = api.describe_user_pool(UserPoolId=other_pool())["UserPool"]["Arn"]
    api.tag_resource(ResourceArn=arn, Tags={"team": "login", "stage": "test"})
    api.untag_resource(ResourceArn=arn, TagKeys=["stage"])
    assert api.list_tags_for_resource(ResourceArn=arn)["Tags"] == {"team": "login"}
    nobodys = arn.rsplit("/", 1)[0] + "/local_Nobody000"
    assert refused(api.list_tags_for_resource, ResourceArn=nobodys) == "ResourceNotFoundException"


def test_domains(api, other_pool):
    pool = other_pool()
    api.create_user_pool_domain(UserPoolId=pool, Domain="lesson")
    assert api.describe_user_pool_domain(Domain="lesson")["DomainDescription"]["UserPoolId"] == pool
    assert api.describe_user_pool(UserPoolId=pool)["UserPool"]["Domain"] == "lesson"
    other = other_pool()
    assert refused(api.create_user_pool_domain, UserPoolId=other, Domain="lesson") == "InvalidParameterException"
    api.delete_user_pool_domain(UserPoolId=pool, Domain="lesson")
    assert api.describe_user_pool_domain(Domain="lesson")["DomainDescription"] == {}


def test_identity_providers(api, other_pool):
    pool = other_pool()
    named = {"UserPoolId": pool, "ProviderName": "corp"}
    details = {"client_id": "x", "oidc_issuer": "https://example.com", "attributes_request_method": "GET"}
    api.create_identity_provider(**named, ProviderType="OIDC", ProviderDetails=details, IdpIdentifiers=["example.com"])
    again = {**named, "ProviderType": "OIDC", "ProviderDetails": details}
    assert refused(api.create_identity_provider, **again) == "DuplicateProviderException"
    api.update_identity_provider(**named, AttributeMapping={"email": "mail"})
    shown = api.describe_identity_provider(**named)["IdentityProvider"]
    assert (shown["ProviderDetails"], shown["AttributeMapping"]) == (details, {"email": "mail"})
    found = api.get_identity_provider_by_identifier(UserPoolId=pool, IdpIdentifier="example.com")
    assert found["IdentityProvider"]["ProviderName"] == "corp"
    assert [p["ProviderName"] for p in api.list_identity_providers(UserPoolId=pool)["Providers"]] == ["corp"]
    api.delete_identity_provider(**named)
    assert refused(api.describe_identity_provider, **named) == "ResourceNotFoundException"


def test_resource_servers(api, other_pool):
    pool = other_pool()
    named = {"UserPoolId": pool, "Identifier": "https://api.example.com"}
    scope = {"ScopeName": "read", "ScopeDescription": "may read"}
    api.create_resource_server(**named, Name="api", Scopes=[scope])
    assert refused(api.create_resource_server, **named, Name="api") == "InvalidParameterException"
    api.update_resource_server(**named, Name="renamed", Scopes=[])
    shown = api.describe_resource_server(**named)["ResourceServer"]
    assert (shown["Name"], shown["Scopes"]) == ("renamed", [])
    listed = api.list_resource_servers(UserPoolId=pool, MaxResults=50)["ResourceServers"]
    assert [server["Identifier"] for server in listed] == [named["Identifier"]]
    api.delete_resource_server(**named)
    assert refused(api.describe_resource_server, **named) == "ResourceNotFoundException"
