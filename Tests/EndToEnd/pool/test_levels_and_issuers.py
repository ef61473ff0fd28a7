"""Sign-ins up to a level, and the two forms of an issuer, by boto3."""

import jwt
import pytest
from jwt import PyJWKClient
from rig.pages import PASSWORD
from rig.pool import Pool, refused
from rig.tokens import claims

LEVEL = "urn:cognito:loa:{}".format


@pytest.fixture(scope="module")
def client(controlled):
    return controlled.add_client("levels", ExplicitAuthFlows=["ALLOW_USER_AUTH", "ALLOW_USER_PASSWORD_AUTH"])


def begin(api, client: str, name: str, **parameters) -> dict:
    return api.initiate_auth(ClientId=client, AuthFlow="USER_AUTH", AuthParameters={"USERNAME": name, **parameters})


def test_a_session_is_stepped_up_by_a_code_alone(api, controlled, client):
    ada = controlled.add_person("ada", PASSWORD)
    weak = begin(api, client, "ada", PREFERRED_CHALLENGE="PASSWORD", PASSWORD=PASSWORD)["AuthenticationResult"]
    assert (claims(weak["IdToken"])["acr"], claims(weak["AccessToken"])["amr"]) == (LEVEL(1), ["pwd"])
    target = {"TARGET_ACR_VALUES": LEVEL(4), "ACCESS_TOKEN": weak["AccessToken"], "MAX_AGE": "300"}
    assert refused(lambda: begin(api, client, "ada", **target)) == "InvalidParameterException", "no app is set up"
    controlled.add_authenticator(ada)
    asked = begin(api, client, "ada", **target)
    assert asked["ChallengeName"] == "SOFTWARE_TOKEN_MFA"
    strong = api.respond_to_auth_challenge(
        ClientId=client,
        ChallengeName="SOFTWARE_TOKEN_MFA",
        Session=asked["Session"],
        ChallengeResponses={"USERNAME": "ada", "SOFTWARE_TOKEN_MFA_CODE": ada.authenticator.next_code()},
    )["AuthenticationResult"]
    for token in (strong["IdToken"], strong["AccessToken"]):
        assert (claims(token)["acr"], claims(token)["amr"]) == (LEVEL(4), ["pwd", "otp", "mfa"])
    again = target | {"ACCESS_TOKEN": strong["AccessToken"]}
    assert refused(lambda: begin(api, client, "ada", **again)) == "InvalidParameterException", "is there already"


def test_a_pool_names_its_levels_itself(api, other_pool):
    pool = other_pool(AcrConfiguration={"Level2": {"AcrValue": "urn:ours:2"}})
    shown = api.describe_user_pool(UserPoolId=pool)["UserPool"]["AcrConfiguration"]
    assert shown == {f"Level{n}": {"AcrValue": "urn:ours:2" if n == 2 else LEVEL(n)} for n in range(1, 5)}
    clash = {"AcrConfiguration": {"Level1": {"AcrValue": LEVEL(4)}}}
    assert refused(api.update_user_pool, UserPoolId=pool, **clash) == "InvalidParameterException"


@pytest.mark.parametrize("form", ["ORIGINAL", "UPDATED"])
def test_tokens_are_verified_at_the_issuer_that_they_name(programs, tmp_path, form):
    with Pool(programs, tmp_path / "pool") as pool:
        api = pool.client()
        api.update_user_pool(UserPoolId=pool.id, IssuerConfiguration={"Type": form})
        tokens = pool.sign_in(pool.add_person("ada", PASSWORD))
        issuer = pool.endpoint + ("/issuer/" if form == "UPDATED" else "/") + pool.id
        for token in (tokens["IdToken"], tokens["AccessToken"]):
            key = PyJWKClient(issuer + "/.well-known/jwks.json").get_signing_key_from_jwt(token)
            jwt.decode(token, key.key, algorithms=["RS256"], issuer=issuer, options={"verify_aud": False})
        assert api.get_user(AccessToken=tokens["AccessToken"])["Username"] == "ada"
