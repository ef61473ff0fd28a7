"""Sign-ins up to a level, and the two forms of an issuer, by boto3."""

import jwt
import pytest
from jwt import PyJWKClient
from rig.pages import CALLBACK, PASSWORD, VERIFIER, answer, authorize
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


def granted(browser, reply, app: str) -> dict:
    """The claims of the id token that the app gets for the code."""
    fields = {
        "grant_type": "authorization_code",
        "client_id": app,
        "redirect_uri": CALLBACK,
        "code": answer(reply)["code"],
        "code_verifier": VERIFIER,
    }
    return claims(browser.session.post(browser.endpoint + "/oauth2/token", fields, timeout=10).json()["id_token"])


def test_an_app_asks_the_pages_for_a_level(controlled, app, browser):
    otto = controlled.add_person("otto", PASSWORD)
    weak = browser.sign_in(authorize(app, acr_values=LEVEL(4)), "otto", PASSWORD)
    assert granted(browser, weak, app)["acr"] == LEVEL(1), "nothing more can be reached: the claim is a wish"
    controlled.add_authenticator(otto)
    assert granted(browser, browser.open(authorize(app)), app)["acr"] == LEVEL(1), "asked for nothing"
    assert answer(browser.get(authorize(app, acr_values=LEVEL(4), prompt="none")))["error"] == "login_required"
    page = browser.sign_in(authorize(app, acr_values=f"urn:other {LEVEL(4)}"), "otto", PASSWORD)
    strong = granted(browser, browser.submit(page, code=otto.authenticator.next_code()), app)
    assert (strong["acr"], strong["amr"]) == (LEVEL(4), ["pwd", "otp", "mfa"])
    same = granted(browser, browser.get(authorize(app, acr_values=LEVEL(3), prompt="none")), app)
    assert (same["acr"], same["auth_time"]) == (LEVEL(4), strong["auth_time"])


def test_an_app_says_how_old_a_sign_in_may_be(controlled, control, app, person, browser):
    first = granted(browser, browser.sign_in(authorize(app), person.name, PASSWORD), app)
    control.advance(100)
    young = granted(browser, browser.get(authorize(app, max_age="120")), app)
    assert young["auth_time"] == first["auth_time"]
    assert answer(browser.get(authorize(app, max_age="99", prompt="none")))["error"] == "login_required"
    anew = granted(browser, browser.sign_in(authorize(app, max_age="99"), person.name, PASSWORD), app)
    assert anew["auth_time"] >= first["auth_time"] + 100
    assert answer(browser.get(authorize(app, max_age="0", prompt="none")))["error"] == "login_required"
    for odd in ("-1", "1.5", "soon", "9" * 30):
        assert answer(browser.get(authorize(app, max_age=odd)))["error"] == "invalid_request"
