"""Terms, looks of the pages, where logs go: settings that AWS keeps by operations of their own, by boto3."""

import pytest
from rig.pool import refused

TERMS = {
    "TermsName": "terms-of-use",
    "TermsSource": "LINK",
    "Enforcement": "NONE",
    "Links": {"cognito:default": "https://example.com/terms"},
}
NO_ID = "12345678-1234-4234-8234-123456789012"


def undated(shown: dict) -> dict:
    """Without the times: an answer to a change has them finer than they are kept."""
    return {name: value for name, value in shown.items() if not name.endswith("Date")}


@pytest.fixture
def app(api, controlled):
    """An app client of the test's own."""
    pool = {"UserPoolId": controlled.id}
    client = api.create_user_pool_client(**pool, ClientName="app")["UserPoolClient"]["ClientId"]
    yield {**pool, "ClientId": client}
    if client in [one["ClientId"] for one in api.list_user_pool_clients(**pool, MaxResults=60)["UserPoolClients"]]:
        api.delete_user_pool_client(**pool, ClientId=client)


def test_terms_are_made_shown_changed_listed_and_removed(api, controlled, app):
    pool = {"UserPoolId": controlled.id}
    made = api.create_terms(**app, **TERMS)["Terms"]
    assert made.items() >= {**app, **TERMS}.items()
    assert refused(api.create_terms, **app, **TERMS) == "TermsExistsException"
    named = {**pool, "TermsId": made["TermsId"]}
    shown = api.describe_terms(**named)["Terms"]
    assert undated(shown) == undated(made)
    assert api.describe_terms_by_client(**app, TermsName="terms-of-use")["Terms"] == shown
    privacy = api.create_terms(**app, **{**TERMS, "TermsName": "privacy-policy"})["Terms"]["TermsId"]
    assert refused(api.update_terms, **named, TermsName="privacy-policy") == "TermsExistsException"
    changed = api.update_terms(**named, Links={"cognito:german": "https://example.com/bedingungen"})["Terms"]
    assert changed["Links"] == {"cognito:german": "https://example.com/bedingungen"}
    assert changed["TermsName"] == "terms-of-use"
    first = api.list_terms(**pool, MaxResults=1)
    second = api.list_terms(**pool, MaxResults=1, NextToken=first["NextToken"])
    assert {one["TermsId"] for one in first["Terms"] + second["Terms"]} == {made["TermsId"], privacy}
    assert "Links" not in first["Terms"][0] and "NextToken" not in second
    api.delete_terms(**named)
    assert refused(api.describe_terms, **named) == "ResourceNotFoundException"
    assert refused(api.delete_terms, **named) == "ResourceNotFoundException"


def test_terms_and_looks_go_with_their_app_client(api, controlled, app):
    terms = api.create_terms(**app, **TERMS)["Terms"]["TermsId"]
    look = api.create_managed_login_branding(**app)["ManagedLoginBranding"]["ManagedLoginBrandingId"]
    api.delete_user_pool_client(**app)
    pool = {"UserPoolId": controlled.id}
    assert refused(api.describe_terms, **pool, TermsId=terms) == "ResourceNotFoundException"
    named = {**pool, "ManagedLoginBrandingId": look}
    assert refused(api.describe_managed_login_branding, **named) == "ResourceNotFoundException"
    assert refused(api.create_terms, **app, **TERMS) == "ResourceNotFoundException"


def test_a_look_of_the_managed_pages_is_kept(api, controlled, app):
    asset = {"Category": "FORM_LOGO", "ColorMode": "LIGHT", "Extension": "SVG", "Bytes": b"<svg/>"}
    settings = {"components": {"form": {"borderRadius": 8.5}}}
    made = api.create_managed_login_branding(**app, Settings=settings, Assets=[asset])["ManagedLoginBranding"]
    assert (made["Settings"], made["Assets"], made["UseCognitoProvidedValues"]) == (settings, [asset], False)
    assert refused(api.create_managed_login_branding, **app) == "ManagedLoginBrandingExistsException"
    named = {"UserPoolId": controlled.id, "ManagedLoginBrandingId": made["ManagedLoginBrandingId"]}
    shown = api.describe_managed_login_branding(**named)["ManagedLoginBranding"]
    assert undated(shown) == undated(made)
    assert api.describe_managed_login_branding_by_client(**app)["ManagedLoginBranding"] == shown
    both = {"UseCognitoProvidedValues": True, "Settings": settings}
    assert refused(api.update_managed_login_branding, **named, **both) == "InvalidParameterException"
    plain = api.update_managed_login_branding(**named, UseCognitoProvidedValues=True)["ManagedLoginBranding"]
    assert plain["UseCognitoProvidedValues"] is True and "Settings" not in plain
    assert plain["CreationDate"] == shown["CreationDate"]
    api.delete_managed_login_branding(**named)
    assert refused(api.describe_managed_login_branding_by_client, **app) == "ResourceNotFoundException"
    other = {**named, "ManagedLoginBrandingId": NO_ID}
    assert refused(api.delete_managed_login_branding, **other) == "ResourceNotFoundException"


def test_a_look_of_the_classic_pages_is_kept(api, controlled, app):
    pool = {"UserPoolId": controlled.id}
    css = ".banner-customizable { background-color: black; }"
    assert api.get_ui_customization(**app)["UICustomization"] == {}
    assert refused(api.set_ui_customization, **pool, CSS=css) == "InvalidParameterException"
    api.create_user_pool_domain(**pool, Domain="looks")
    try:
        api.set_ui_customization(**pool, CSS=css)
        assert api.get_ui_customization(**app)["UICustomization"]["ClientId"] == "ALL"
        own = api.set_ui_customization(**app, CSS="", ImageFile=b"GIF89a")["UICustomization"]
        shown = api.get_ui_customization(**app)["UICustomization"]
        assert undated(shown) == undated(own) and (shown["CSS"], shown["ClientId"]) == ("", app["ClientId"])
        assert api.get_ui_customization(**pool)["UICustomization"]["CSS"] == css
    finally:
        api.delete_user_pool_domain(**pool, Domain="looks")


def test_where_logs_go_is_kept(api, controlled):
    pool = {"UserPoolId": controlled.id}
    group = "arn:aws:logs:eu-central-1:123456789012:log-group:one"
    logs = [
        {
            "LogLevel": "ERROR",
            "EventSource": "userNotification",
            "CloudWatchLogsConfiguration": {"LogGroupArn": group},
        }
    ]
    api.set_log_delivery_configuration(**pool, LogConfigurations=logs)
    shown = api.get_log_delivery_configuration(**pool)["LogDeliveryConfiguration"]
    assert shown == {**pool, "LogConfigurations": logs}
    api.set_log_delivery_configuration(**pool, LogConfigurations=[])
    assert api.get_log_delivery_configuration(**pool)["LogDeliveryConfiguration"]["LogConfigurations"] == []


def test_risks_are_told_to_nobody_who_believes_that_something_is_done_about_them(api, controlled):
    pool = {"UserPoolId": controlled.id}
    actions = {"Actions": {"EventAction": "BLOCK"}}
    refusal = refused(api.set_risk_configuration, **pool, CompromisedCredentialsRiskConfiguration=actions)
    assert refusal == "UserPoolAddOnNotEnabledException"
    assert refused(api.describe_risk_configuration, **pool) == "UserPoolAddOnNotEnabledException"
