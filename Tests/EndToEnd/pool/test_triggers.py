"""Triggers, the Lambda hooks, each as a local program and as an HTTP call, by unmodified boto3 and pycognito."""

import json
import shutil
import stat
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from botocore.exceptions import ClientError
from pycognito.aws_srp import AWSSRP
from rig import hook, tokens
from rig.pages import PlainBrowser, answer, authorize, complaint, oauth
from rig.pool import Pool, refused

PASSWORD, OTHER = hook.PASSWORD, "Other-horse-10"
NAMES = ["PreSignUp", "PostConfirmation", "PreAuthentication", "PostAuthentication", "PreTokenGeneration"]
NAMES += ["CustomMessage", "UserMigration", "DefineAuthChallenge", "CreateAuthChallenge", "VerifyAuthChallengeResponse"]


class Handler(BaseHTTPRequestHandler):
    """The same functions over HTTP; they want to know who calls."""

    def do_POST(self):
        event = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        hook.record(self.server.folder, event)
        try:
            assert self.headers["Authorization"] == "Bearer hook"
            status, body = 200, json.dumps(hook.decide(event)).encode()
        except hook.Refusal as refusal:
            status, body = 403, str(refusal).encode()
        except ValueError as babble:
            status, body = 200, str(babble).encode()
        except SystemError:
            status, body = 500, b""
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module", params=["program", "http"])
def target(request, tmp_path_factory):
    """What the pool is told to run, and the folder in which it notes its events."""
    folder = tmp_path_factory.mktemp("hook")
    if request.param == "program":
        program = folder / "hook"
        program.write_text("#!/usr/bin/python3\n" + Path(hook.__file__).read_text())
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        yield {"command": [str(program)]}, folder
        return
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.folder = str(folder)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield {"url": f"http://127.0.0.1:{server.server_port}/", "headers": {"Authorization": "Bearer hook"}}, folder
    server.shutdown()


@pytest.fixture(scope="module")
def controlled(programs, target, tmp_path_factory):
    what, folder = target
    arns = {f"arn:aws:lambda:eu-central-1:000000000000:function:{name}": what for name in ("first", "second")}
    settings = folder / "triggers.json"
    settings.write_text(json.dumps({name: what for name in NAMES} | arns))
    options = ["--control", "--triggers", settings]
    with Pool(programs, tmp_path_factory.mktemp("pool"), options=options) as pool:
        pool.client().update_user_pool(
            UserPoolId=pool.id,
            AutoVerifiedAttributes=["email"],
            AdminCreateUserConfig={"AllowAdminCreateUserOnly": False},
        )
        yield pool


@pytest.fixture
def events(target):
    """The events that came since the test began."""
    path = target[1] / "events"
    path.write_text("")

    def read(source: str = "") -> list:
        lines = [json.loads(line) for line in path.read_text().splitlines()]
        return [event for event in lines if event["triggerSource"].startswith(source)]

    return read


def sign_up(api, controlled, name: str, **fields) -> dict:
    email = [{"Name": "email", "Value": f"{name}@example.com"}]
    fields = {
        "ClientId": controlled.client_id,
        "Username": name,
        "Password": PASSWORD,
        "UserAttributes": email,
    } | fields
    return api.sign_up(**fields)


def add(api, controlled, name: str) -> None:
    """A confirmed user, made with no trigger that refuses."""
    sign_up(api, controlled, name, ValidationData=[{"Name": "invited", "Value": "yes"}])


def sign_in(api, controlled, name: str, password: str = PASSWORD, **more) -> dict:
    parameters = {"USERNAME": name, "PASSWORD": password}
    return api.initiate_auth(
        AuthFlow="USER_PASSWORD_AUTH", ClientId=controlled.client_id, AuthParameters=parameters, **more
    )


def srp(api, controlled, name: str, **more) -> dict:
    """A sign-in by SRP, as pycognito computes it."""
    client = AWSSRP(username=name, password=PASSWORD, pool_id=controlled.id, client_id=controlled.client_id, client=api)
    return client.authenticate_user(**more)


def why(call, **arguments) -> str:
    """The sentence with which a call is refused."""
    with pytest.raises(ClientError) as refusal:
        call(**arguments)
    return refusal.value.response["Error"]["Message"]


def test_pre_sign_up_confirms_verifies_and_refuses(api, controlled, events):
    invited = [{"Name": "invited", "Value": "yes"}]
    made = sign_up(api, controlled, "nora", ValidationData=invited, ClientMetadata={"from": "test"})
    assert made["UserConfirmed"] is True
    user = api.admin_get_user(UserPoolId=controlled.id, Username="nora")
    assert {"Name": "email_verified", "Value": "true"} in user["UserAttributes"]
    [event] = events("PreSignUp")
    assert event["triggerSource"] == "PreSignUp_SignUp" and event["userName"] == "nora"
    assert event["request"]["validationData"] == {"invited": "yes"}
    assert event["request"]["clientMetadata"] == {"from": "test"}
    assert event["request"]["userAttributes"] == {"email": "nora@example.com"}
    assert (event["userPoolId"], event["callerContext"]["clientId"]) == (controlled.id, controlled.client_id)
    assert sign_up(api, controlled, "olaf")["UserConfirmed"] is False
    assert refused(lambda: sign_up(api, controlled, "evil-eve")) == "UserLambdaValidationException"
    assert "we don't want you" in why(lambda: sign_up(api, controlled, "evil-eve"))
    assert refused(api.admin_get_user, UserPoolId=controlled.id, Username="evil-eve") == "UserNotFoundException"
    api.admin_create_user(UserPoolId=controlled.id, Username="adam", MessageAction="SUPPRESS")
    assert events("PreSignUp")[-1]["triggerSource"] == "PreSignUp_AdminCreateUser"
    assert refused(lambda: api.admin_create_user(UserPoolId=controlled.id, Username="evil-admin")) == (
        "UserLambdaValidationException"
    )


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("babbler", "InvalidLambdaResponseException"),
        ("mute", "InvalidLambdaResponseException"),
        ("crasher", "UnexpectedLambdaException"),
        ("slowpoke", "UnexpectedLambdaException"),
    ],
)
def test_what_answers_wrongly_too_late_or_not_at_all_lets_nobody_in(api, controlled, name, error):
    assert refused(lambda: sign_up(api, controlled, name)) == error
    assert refused(api.admin_get_user, UserPoolId=controlled.id, Username=name) == "UserNotFoundException"


def test_pre_authentication_refuses_before_the_password_is_looked_at(api, controlled, events):
    for name in ("banned-bob", "brave"):
        add(api, controlled, name)
    for way in (sign_in, srp):
        assert refused(lambda way=way: way(api, controlled, "banned-bob")) == "UserLambdaValidationException"
    assert refused(lambda: sign_in(api, controlled, "banned-bob", OTHER)) == "UserLambdaValidationException"
    assert "AuthenticationResult" in sign_in(api, controlled, "brave", ClientMetadata={"via": "test"})
    event = events("PreAuthentication")[-1]
    assert event["request"]["validationData"] == {"via": "test"} and event["request"]["userNotFound"] is False
    assert event["request"]["userAttributes"]["email"] == "brave@example.com"
    assert "AuthenticationResult" in srp(api, controlled, "brave")


def test_pre_authentication_is_told_of_people_who_are_not_there(api, controlled, events):
    made = api.create_user_pool_client(
        UserPoolId=controlled.id,
        ClientName="discreet",
        PreventUserExistenceErrors="ENABLED",
        ExplicitAuthFlows=["ALLOW_USER_SRP_AUTH"],
    )["UserPoolClient"]
    client = AWSSRP(username="ghost", password=PASSWORD, pool_id=controlled.id, client_id=made["ClientId"], client=api)
    assert refused(client.authenticate_user) == "NotAuthorizedException"
    [event] = events("PreAuthentication")
    assert event["request"]["userNotFound"] is True and event["request"]["userAttributes"] == {}


def test_post_authentication_comes_after_the_password_and_before_the_tokens(api, controlled, events):
    for name in ("pia", "late-leo"):
        add(api, controlled, name)
    assert refused(lambda: sign_in(api, controlled, "pia", OTHER)) == "NotAuthorizedException"
    assert events("PostAuthentication") == []
    for way in (sign_in, srp):
        assert "AuthenticationResult" in way(api, controlled, "pia")
        assert refused(lambda way=way: way(api, controlled, "late-leo")) == "UserLambdaValidationException"
    sources = [event["triggerSource"].split("_")[0] for event in events() if event["userName"] == "pia"]
    assert sources[-3:] == ["PreAuthentication", "PostAuthentication", "TokenGeneration"]
    event = events("PostAuthentication")[0]
    assert event["triggerSource"] == "PostAuthentication_Authentication"
    assert event["request"]["newDeviceUsed"] is False and event["request"]["userAttributes"]["sub"]


def test_post_confirmation_is_told_of_sign_ups_and_recovered_passwords(api, controlled, control, events):
    sign_up(api, controlled, "cora")
    named = {"ClientId": controlled.client_id, "Username": "cora"}
    api.confirm_sign_up(**named, ConfirmationCode=control.last_code("cora"), ClientMetadata={"step": "1"})
    api.forgot_password(**named)
    api.confirm_forgot_password(**named, ConfirmationCode=control.last_code("cora"), Password=OTHER)
    sign_up(api, controlled, "cato")
    api.admin_confirm_sign_up(UserPoolId=controlled.id, Username="cato")
    assert [(event["triggerSource"], event["userName"]) for event in events("PostConfirmation")] == [
        ("PostConfirmation_ConfirmSignUp", "cora"),
        ("PostConfirmation_ConfirmForgotPassword", "cora"),
        ("PostConfirmation_ConfirmSignUp", "cato"),
    ]
    first = events("PostConfirmation")[0]["request"]
    assert first["clientMetadata"] == {"step": "1"} and first["userAttributes"]["email_verified"] == "true"


@pytest.mark.parametrize("version", ["V1_0", "V2_0"])
def test_claims_are_added_and_suppressed_by_the_version_that_the_pool_names(api, controlled, events, version):
    arn = "arn:aws:lambda:eu-central-1:000000000000:function:first"
    lambdas = {"PreTokenGenerationConfig": {"LambdaVersion": version, "LambdaArn": arn}}
    pool = api.create_user_pool(PoolName="claims", LambdaConfig=lambdas)["UserPool"]["Id"]
    flows = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
    app = api.create_user_pool_client(UserPoolId=pool, ClientName="app", ExplicitAuthFlows=flows)["UserPoolClient"]
    email = [{"Name": "email", "Value": "c@example.com"}]
    api.admin_create_user(
        UserPoolId=pool, Username="clara", MessageAction="SUPPRESS", TemporaryPassword=PASSWORD, UserAttributes=email
    )
    arguments = {"AuthFlow": "USER_PASSWORD_AUTH", "ClientId": app["ClientId"]}
    arguments["AuthParameters"] = {"USERNAME": "clara", "PASSWORD": PASSWORD}
    challenge = api.initiate_auth(**arguments)
    api.respond_to_auth_challenge(
        ClientId=app["ClientId"],
        ChallengeName="NEW_PASSWORD_REQUIRED",
        Session=challenge["Session"],
        ChallengeResponses={"USERNAME": "clara", "NEW_PASSWORD": OTHER},
    )
    arguments["AuthParameters"]["PASSWORD"] = OTHER
    result = api.initiate_auth(**arguments)["AuthenticationResult"]
    renewal = {"AuthFlow": "REFRESH_TOKEN_AUTH", "ClientId": app["ClientId"]}
    renewed = api.initiate_auth(**renewal, AuthParameters={"REFRESH_TOKEN": result["RefreshToken"]})
    for pair in (result, renewed["AuthenticationResult"]):
        claims, access = tokens.claims(pair["IdToken"]), tokens.claims(pair["AccessToken"])
        assert claims["team"] == "blue" and "email" not in claims and claims["sub"] != "forged"
        assert claims["cognito:groups"] == ["from-hook"]
        assert access.get("rank") == (7 if version == "V2_0" else None)
        assert ("extra/read" in access["scope"].split()) == (version == "V2_0")
    seen = events("TokenGeneration")
    assert [event["triggerSource"].split("_")[1] for event in seen] == [
        "NewPasswordChallenge",
        "Authentication",
        "RefreshTokens",
    ]
    assert {event["version"] for event in seen} == {version[1]}
    assert all(("scopes" in event["request"]) == (version == "V2_0") for event in seen)


def test_every_message_can_be_the_applications_own(api, controlled, control, events):
    sign_up(api, controlled, "cleo", ClientMetadata={"lang": "de"})
    named = {"ClientId": controlled.client_id, "Username": "cleo"}
    api.resend_confirmation_code(**named)
    api.confirm_sign_up(**named, ConfirmationCode=control.last_code("cleo"))
    api.forgot_password(**named)
    email = [{"Name": "email", "Value": "cid@example.com"}]
    api.admin_create_user(UserPoolId=controlled.id, Username="cid", UserAttributes=email)
    access = sign_in(api, controlled, "cleo")["AuthenticationResult"]["AccessToken"]
    api.update_user_attributes(AccessToken=access, UserAttributes=[{"Name": "email", "Value": "new@example.com"}])
    api.get_user_attribute_verification_code(AccessToken=access, AttributeName="email")
    mails = [mail for mail in control.messages() if mail["username"] in ("cleo", "cid")]
    kinds = ["SignUp", "ResendCode", "ForgotPassword", "AdminCreateUser", "UpdateUserAttribute", "VerifyUserAttribute"]
    assert [mail["subject"].split()[0] for mail in mails] == [f"CustomMessage_{kind}" for kind in kinds]
    assert all(mail["body"] == f"{mail['username']}: {mail['code']}" for mail in mails)
    assert events("CustomMessage")[0]["request"]["clientMetadata"] == {"lang": "de"}


def test_the_code_of_a_sign_in_is_the_applications_own_message_too(api, controlled, control):
    pool = api.create_user_pool(PoolName="codes")["UserPool"]["Id"]
    api.set_user_pool_mfa_config(
        UserPoolId=pool,
        MfaConfiguration="OPTIONAL",
        EmailMfaConfiguration={"Message": "It is {####}", "Subject": "Code"},
    )
    flows = ["ALLOW_USER_PASSWORD_AUTH"]
    app = api.create_user_pool_client(UserPoolId=pool, ClientName="app", ExplicitAuthFlows=flows)["UserPoolClient"]
    email = [{"Name": "email", "Value": "mia@example.com"}, {"Name": "email_verified", "Value": "true"}]
    api.admin_create_user(UserPoolId=pool, Username="mia", MessageAction="SUPPRESS", UserAttributes=email)
    api.admin_set_user_password(UserPoolId=pool, Username="mia", Password=PASSWORD, Permanent=True)
    api.admin_set_user_mfa_preference(UserPoolId=pool, Username="mia", EmailMfaSettings={"Enabled": True})
    parameters = {"USERNAME": "mia", "PASSWORD": PASSWORD}
    reply = api.initiate_auth(AuthFlow=flows[0][6:], ClientId=app["ClientId"], AuthParameters=parameters)
    assert reply["ChallengeName"] == "EMAIL_OTP"
    mail = control.messages()[-1]
    assert mail["subject"] == "CustomMessage_Authentication for mia" and mail["body"] == "mia: " + mail["code"]


def test_a_person_from_elsewhere_is_taken_in_at_the_first_sign_in(api, controlled, events):
    assert refused(lambda: sign_in(api, controlled, "migrant-1", OTHER)) == "UserLambdaValidationException"
    assert "AuthenticationResult" in sign_in(api, controlled, "migrant-1", ClientMetadata={"shop": "7"})
    event = events("UserMigration")[-1]
    assert event["triggerSource"] == "UserMigration_Authentication"
    assert event["request"]["validationData"] == {"shop": "7"}
    assert "AuthenticationResult" in srp(api, controlled, "migrant-1"), "from then on they are ours"
    assert len(events("UserMigration")) == 2
    assert refused(lambda: srp(api, controlled, "migrant-2")) == "UserNotFoundException", "SRP shows no password"


def test_a_person_from_elsewhere_who_forgot_their_password_is_taken_in(api, controlled, control, events):
    named = {"ClientId": controlled.client_id, "Username": "migrant-3"}
    details = api.forgot_password(**named)["CodeDeliveryDetails"]
    assert details["Destination"] == "o***@e***"
    [event] = events("UserMigration")
    assert event["triggerSource"] == "UserMigration_ForgotPassword" and event["request"]["password"] is None
    assert refused(lambda: sign_in(api, controlled, "migrant-3")) == "NotAuthorizedException", "no password yet"
    api.confirm_forgot_password(**named, ConfirmationCode=control.last_code("migrant-3"), Password=OTHER)
    assert "AuthenticationResult" in sign_in(api, controlled, "migrant-3", OTHER)


def respond(api, controlled, reply: dict, name: str, **responses) -> dict:
    return api.respond_to_auth_challenge(
        ClientId=controlled.client_id,
        ChallengeName=reply["ChallengeName"],
        ChallengeResponses={"USERNAME": name} | responses,
        **({"Session": reply["Session"]} if "Session" in reply else {}),
    )


def test_a_custom_challenge(api, controlled, events):
    add(api, controlled, "quiz")

    def begin() -> dict:
        return api.initiate_auth(
            AuthFlow="CUSTOM_AUTH", ClientId=controlled.client_id, AuthParameters={"USERNAME": "quiz"}
        )

    reply = begin()
    assert reply["ChallengeParameters"]["question"] == "6*7" and "answer" not in reply["ChallengeParameters"]
    again = respond(api, controlled, reply, "quiz", ANSWER="41")
    assert again["ChallengeName"] == "CUSTOM_CHALLENGE" and again["ChallengeParameters"]["round"] == "1"
    past = events("DefineAuthChallenge")[-1]["request"]["session"]
    assert past == [{"challengeName": "CUSTOM_CHALLENGE", "challengeResult": False, "challengeMetadata": "SUM"}]
    assert "AuthenticationResult" in respond(api, controlled, again, "quiz", ANSWER="42")
    assert events("VerifyAuthChallengeResponse")[-1]["request"]["privateChallengeParameters"] == {"answer": "42"}
    reply = begin()
    for _ in range(3):
        reply = respond(api, controlled, reply, "quiz", ANSWER="41")
    assert refused(lambda: respond(api, controlled, reply, "quiz", ANSWER="41")) == "NotAuthorizedException"


def test_a_custom_challenge_after_the_password(api, controlled, events):
    add(api, controlled, "careful")
    client = AWSSRP(
        username="careful", password=PASSWORD, pool_id=controlled.id, client_id=controlled.client_id, client=api
    )
    parameters = client.get_auth_params() | {"CHALLENGE_NAME": "SRP_A"}
    reply = api.initiate_auth(AuthFlow="CUSTOM_AUTH", ClientId=controlled.client_id, AuthParameters=parameters)
    assert reply["ChallengeName"] == "PASSWORD_VERIFIER"
    proof = client.process_challenge(reply["ChallengeParameters"], parameters)
    reply = respond(api, controlled, reply, "careful", **proof)
    assert reply["ChallengeName"] == "CUSTOM_CHALLENGE"
    names = [step["challengeName"] for step in events("DefineAuthChallenge")[-1]["request"]["session"]]
    assert names == ["SRP_A", "PASSWORD_VERIFIER"]
    assert "AuthenticationResult" in respond(api, controlled, reply, "careful", ANSWER="42")


def test_the_pages_run_the_same_triggers(api, controlled, events):
    app = controlled.add_client("pages", **oauth())
    add(api, controlled, "paula")
    add(api, controlled, "banned-page")
    browser = PlainBrowser(controlled.endpoint)
    assert "not today" in complaint(browser.sign_in(authorize(app), "banned-page", PASSWORD))
    code = answer(browser.sign_in(authorize(app), "paula", PASSWORD))["code"]
    form = {"grant_type": "authorization_code", "client_id": app, "code": code, "code_verifier": "v" * 43}
    form["redirect_uri"] = "http://127.0.0.1:1/callback"
    pair = browser.session.post(controlled.endpoint + "/oauth2/token", data=form, timeout=10).json()
    assert tokens.claims(pair["id_token"])["team"] == "blue"
    assert tokens.claims(pair["access_token"])["rank"] == 7
    sources = [event["triggerSource"] for event in events() if event["userName"] == "paula"]
    assert sources[-3:] == [
        "PreAuthentication_Authentication",
        "PostAuthentication_Authentication",
        "TokenGeneration_HostedAuth",
    ]


@pytest.mark.parametrize("target", ["program"], indirect=True)
def test_a_program_gets_nothing_of_ours_but_the_event(api, controlled, target):
    sign_up(api, controlled, "curious")
    report = json.loads((target[1] / "report").read_text())
    # 0, 1, 2, the report itself and the listing of the folder.
    assert len(report["open"]) <= 5
    assert set(report["environment"]) <= {"PATH", "LANG", "LC_CTYPE"}


def test_an_arn_without_a_program_is_an_error_not_a_pass(api, other_pool):
    arn = "arn:aws:lambda:eu-central-1:000000000000:function:guard"
    pool = other_pool(LambdaConfig={"PreSignUp": arn})
    app = api.create_user_pool_client(UserPoolId=pool, ClientName="app")["UserPoolClient"]["ClientId"]
    call = {"ClientId": app, "Username": "anyone", "Password": PASSWORD}
    assert refused(api.sign_up, **call) == "UnexpectedLambdaException"


def test_a_program_that_is_gone_is_an_error_not_a_pass(programs, tmp_path):
    program = tmp_path / "hook"
    shutil.copy("/bin/true", program)
    (tmp_path / "triggers.json").write_text(json.dumps({"PreSignUp": {"command": [str(program)]}}))
    with Pool(programs, tmp_path / "pool", options=["--triggers", tmp_path / "triggers.json"]) as pool:
        call = {"ClientId": pool.client_id, "Username": "anyone", "Password": PASSWORD}
        assert refused(pool.client().sign_up, **call) == "InvalidLambdaResponseException", "it says nothing"
        program.unlink()
        assert refused(pool.client().sign_up, **call) == "UnexpectedLambdaException"


@pytest.mark.parametrize("file", ['{"PreSignUp": {"command": ["relative"]}}', '{"PreSignUp": 1}', "[]", "{"])
def test_a_file_that_cannot_be_meant_is_refused_at_the_start(programs, tmp_path, file):
    (tmp_path / "triggers.json").write_text(file)
    with pytest.raises(Exception, match="rigger|absolute|needs"):
        Pool(programs, tmp_path / "pool", options=["--triggers", tmp_path / "triggers.json"]).start()
