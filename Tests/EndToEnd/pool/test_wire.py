"""What goes over the wire, byte for byte, as clients that build their requests themselves (amplify, a browser) see it;
and signatures by botocore, whole and spoiled."""

import json
import re
import time

import pytest
import requests
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from rig.pool import Pool

PASSWORD = "Correct-horse-9"
PREFIX = "AWSCognitoIdentityProviderService."
JSON = "application/x-amz-json-1.1"
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def post(endpoint: str, operation: str, headers=(), **members) -> requests.Response:
    """As amplify-js does it: no signature, no SDK."""
    own = {"Content-Type": JSON, "X-Amz-Target": PREFIX + operation, "Cache-Control": "no-store", **dict(headers)}
    return requests.post(endpoint + "/", json.dumps(members), headers=own, timeout=20)


def test_an_error_is_400_with_its_name_in_body_and_headers(controlled):
    sign_in = {"ClientId": controlled.client_id, "AuthFlow": "USER_PASSWORD_AUTH"}
    answer = post(controlled.endpoint, "InitiateAuth", **sign_in, AuthParameters={"USERNAME": "x", "PASSWORD": "y"})
    assert answer.status_code == 400
    assert answer.json() == {"__type": "UserNotFoundException", "message": "User does not exist."}
    assert answer.headers["Content-Type"] == JSON
    assert answer.headers["x-amzn-ErrorType"] == "UserNotFoundException:"
    assert answer.headers["x-amzn-ErrorMessage"] == "User does not exist."
    assert UUID.fullmatch(answer.headers["x-amzn-RequestId"])
    exposed = "x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date,WWW-Authenticate"
    assert answer.headers["Access-Control-Expose-Headers"] == exposed
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Date"].endswith(" GMT")


def test_an_error_of_the_service_itself_is_500_and_throttling_400(control, controlled):
    for name, status in (("InternalErrorException", 500), ("TooManyRequestsException", 400)):
        control.fault("exception", operation="InitiateAuth", type=name)
        answer = post(controlled.endpoint, "InitiateAuth")
        assert (answer.status_code, answer.headers["x-amzn-ErrorType"]) == (status, name + ":")


def test_a_browser_may_ask_from_anywhere(controlled):
    asked = {"Origin": "https://app.example", "Access-Control-Request-Method": "POST"}
    asked["Access-Control-Request-Headers"] = "cache-control,content-type,x-amz-target,x-amz-user-agent"
    answer = requests.options(controlled.endpoint + "/", headers=asked, timeout=20)
    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    allowed = answer.headers["Access-Control-Allow-Headers"].lower().split(",")
    assert set(asked["Access-Control-Request-Headers"].split(",")) <= set(allowed)


def test_times_are_seconds_and_a_success_has_the_same_headers(controlled):
    controlled.add_person("tim", PASSWORD)
    answer = post(controlled.endpoint, "AdminGetUser", UserPoolId=controlled.id, Username="tim")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, JSON)
    assert UUID.fullmatch(answer.headers["x-amzn-RequestId"])
    created = answer.json()["UserCreateDate"]
    assert isinstance(created, (int, float)) and abs(created - time.time()) < 600


def test_a_refresh_answer_holds_no_refresh_token(controlled):
    controlled.add_person("rae", PASSWORD)
    base = {"ClientId": controlled.client_id}
    sign_in = {"AuthFlow": "USER_PASSWORD_AUTH", "AuthParameters": {"USERNAME": "rae", "PASSWORD": PASSWORD}}
    tokens = post(controlled.endpoint, "InitiateAuth", **base, **sign_in).json()["AuthenticationResult"]
    assert tokens["TokenType"] == "Bearer" and tokens["ExpiresIn"] == 3600
    assert tokens["RefreshToken"].startswith("eyJjdHkiOiJKV1QiLCJlbmMiOiJBMjU2R0NNIiwiYWxnIjoiUlNBLU9BRVAifQ.")
    shown = {"AuthFlow": "REFRESH_TOKEN_AUTH", "AuthParameters": {"REFRESH_TOKEN": tokens["RefreshToken"]}}
    again = post(controlled.endpoint, "InitiateAuth", **base, **shown).json()["AuthenticationResult"]
    assert set(again) == {"AccessToken", "IdToken", "ExpiresIn", "TokenType"}


def test_an_srp_challenge_is_as_awss(controlled):
    controlled.add_person("sue", PASSWORD)
    start = {"AuthFlow": "USER_SRP_AUTH", "AuthParameters": {"USERNAME": "sue", "SRP_A": "2" * 512}}
    answer = post(controlled.endpoint, "InitiateAuth", ClientId=controlled.client_id, **start).json()
    assert answer["ChallengeName"] == "PASSWORD_VERIFIER" and "Session" not in answer
    parameters = answer["ChallengeParameters"]
    assert set(parameters) == {"SALT", "SRP_B", "SECRET_BLOCK", "USERNAME", "USER_ID_FOR_SRP"}
    assert parameters["USERNAME"] == parameters["USER_ID_FOR_SRP"] == "sue"
    for number in (parameters["SALT"], parameters["SRP_B"]):
        assert re.fullmatch(r"[1-9a-f][0-9a-f]*", number), "hexadecimal, no leading zeros"


@pytest.fixture(scope="module")
def guarded(programs, tmp_path_factory):
    """A pool with administrator's keys."""
    pool = Pool(programs, tmp_path_factory.mktemp("guarded"))
    keys = {"COGNITO_POOL_ACCESS_KEY_ID": "AKIDPOOL", "COGNITO_POOL_SECRET_ACCESS_KEY": "pool-secret"}
    pool.server.popen["env"] = {"PATH": "/usr/bin:/bin", **keys}
    with pool:
        yield pool


def signed(pool: Pool, secret: str = "pool-secret", service: str = "cognito-idp") -> tuple:
    """Headers and body of ListUserPools, signed by botocore."""
    body = json.dumps({"MaxResults": 5})
    headers = {"Content-Type": JSON, "X-Amz-Target": PREFIX + "ListUserPools"}
    request = AWSRequest("POST", pool.endpoint + "/", headers=headers, data=body)
    SigV4Auth(Credentials("AKIDPOOL", secret), service, "eu-central-1").add_auth(request)
    return dict(request.headers), body


def answered(pool: Pool, headers: dict, body: str, path: str = "/") -> tuple:
    answer = requests.post(pool.endpoint + path, body, headers=headers, timeout=20)
    return answer.status_code, answer.json().get("__type", "")


def test_a_signature_of_botocores_counts_and_each_spoiled_part_of_it_does_not(guarded):
    headers, body = signed(guarded)
    assert answered(guarded, headers, body) == (200, "")
    credential, signed_names, signature = re.split(r", ", headers["Authorization"].partition(" ")[2])
    flipped = signature[:-1] + ("0" if signature[-1] != "0" else "1")
    wrong = {
        "no signature": {"Authorization": None},
        "another signature": {"Authorization": f"AWS4-HMAC-SHA256 {credential}, {signed_names}, {flipped}"},
        "no signature part": {"Authorization": f"AWS4-HMAC-SHA256 {credential}, {signed_names}"},
        "no headers signed": {"Authorization": f"AWS4-HMAC-SHA256 {credential}, SignedHeaders=, {signature}"},
        "fewer headers signed": {"Authorization": headers["Authorization"].replace(";x-amz-target", "")},
        "another key": {"Authorization": headers["Authorization"].replace("AKIDPOOL", "AKIDOTHER")},
        "another region": {"Authorization": headers["Authorization"].replace("eu-central-1", "us-east-1")},
        "another service": {"Authorization": headers["Authorization"].replace("cognito-idp", "s3")},
        "another algorithm": {"Authorization": headers["Authorization"].replace("SHA256", "SHA1")},
        "another operation": {"X-Amz-Target": PREFIX + "CreateUserPool"},
        "another date": {"X-Amz-Date": "20200101T000000Z"},
        "no date": {"X-Amz-Date": None},
        "nonsense": {"Authorization": "AWS4-HMAC-SHA256 ,,,="},
        "another scheme": {"Authorization": "Basic QUtJRFBPT0w6cG9vbC1zZWNyZXQ="},
    }
    for what, change in wrong.items():
        spoiled = {name: value for name, value in {**headers, **change}.items() if value is not None}
        status, name = answered(guarded, spoiled, body)
        assert status == 400 and name in {
            "MissingAuthenticationTokenException",
            "UnrecognizedClientException",
            "InvalidSignatureException",
            "IncompleteSignatureException",
        }, (what, status, name)
    assert answered(guarded, headers, body.replace("5", "6"))[1] == "InvalidSignatureException"
    assert answered(guarded, headers, body, "/?x=1")[1] == "InvalidSignatureException"
    assert answered(guarded, *signed(guarded, secret="guess"))[1] == "InvalidSignatureException"


def test_what_aws_does_not_sign_needs_no_signature_here_either(guarded):
    sign_in = {"ClientId": guarded.client_id, "AuthFlow": "USER_PASSWORD_AUTH"}
    answer = post(guarded.endpoint, "InitiateAuth", **sign_in, AuthParameters={"USERNAME": "x", "PASSWORD": "y"})
    assert answer.json()["__type"] == "UserNotFoundException"
    assert post(guarded.endpoint, "ListUsers", UserPoolId=guarded.id).json()["__type"] == (
        "MissingAuthenticationTokenException"
    )
