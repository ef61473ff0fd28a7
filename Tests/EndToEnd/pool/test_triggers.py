"""Triggers, the Lambda hooks, as local programs and HTTP calls."""

import json
import stat
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from rig import tokens
from rig.pool import Pool, refused

PASSWORD = "Correct-horse-9"

# Answers by what the event says; a Lambda function would look the same.
PROGRAM = """#!/usr/bin/python3
import json, os, sys, time
event = json.load(sys.stdin)
source, request, response = event["triggerSource"], event["request"], event["response"]
if source == "PreSignUp_SignUp":
    if event["userName"].startswith("evil"):
        sys.exit("we don't want you")
    if event["userName"].startswith("slow"):
        time.sleep(60)
    if event["userName"].startswith("babble"):
        print("this is no JSON")
        sys.exit()
    if event["userName"].startswith("curious"):
        open(os.environ.get("REPORT", "@REPORT@"), "w").write(json.dumps(
            {"open": sorted(os.listdir("/proc/self/fd")), "environment": dict(os.environ)}))
    response["autoConfirmUser"] = True
elif source.startswith("TokenGeneration"):
    response["claimsOverrideDetails"] = {"claimsToAddOrOverride": {"team": "blue"}, "claimsToSuppress": ["email"]}
elif source == "CustomMessage_ForgotPassword":
    response["emailSubject"] = "Hello " + event["userName"]
    response["emailMessage"] = "Your code: " + request["codeParameter"]
elif source == "UserMigration_Authentication":
    if request["password"] != "@PASSWORD@":
        sys.exit("wrong password")
    response.update(userAttributes={"email": "old@example.com", "email_verified": "true"}, finalUserStatus="CONFIRMED")
elif source == "DefineAuthChallenge_Authentication":
    done = request["session"] and request["session"][-1]["challengeResult"]
    response.update(challengeName="CUSTOM_CHALLENGE", issueTokens=bool(done),
                    failAuthentication=len(request["session"]) > 2)
elif source == "CreateAuthChallenge_Authentication":
    response.update(publicChallengeParameters={"question": "6*7"}, privateChallengeParameters={"answer": "42"})
elif source == "VerifyAuthChallengeResponse_Authentication":
    response["answerCorrect"] = request["challengeAnswer"] == request["privateChallengeParameters"]["answer"]
print(json.dumps(event))
"""


class Hook(BaseHTTPRequestHandler):
    """PreAuthentication over HTTP: refuses one person, and wants to know who calls."""

    def do_POST(self):
        event = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        allowed = self.headers["Authorization"] == "Bearer hook" and event["userName"] != "banned"
        body = json.dumps(event if allowed else {}).encode() if allowed else b"not today"
        self.send_response(200 if allowed else 403)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def controlled(programs, tmp_path_factory):
    folder = tmp_path_factory.mktemp("triggers")
    program = folder / "trigger"
    program.write_text(PROGRAM.replace("@REPORT@", str(folder / "report")).replace("@PASSWORD@", PASSWORD))
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    server = HTTPServer(("127.0.0.1", 0), Hook)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    names = ["PreSignUp", "PreTokenGeneration", "CustomMessage", "UserMigration", "DefineAuthChallenge"]
    names += ["CreateAuthChallenge", "VerifyAuthChallengeResponse"]
    triggers = {name: {"command": [str(program)]} for name in names}
    address = f"http://127.0.0.1:{server.server_port}/"
    triggers["PreAuthentication"] = {"url": address, "headers": {"Authorization": "Bearer hook"}}
    settings = folder / "triggers.json"
    settings.write_text(json.dumps(triggers))
    with Pool(programs, folder / "pool", options=["--control", "--triggers", settings]) as pool:
        pool.report = folder / "report"
        yield pool
    server.shutdown()


def sign_up(api, controlled, name: str) -> dict:
    email = [{"Name": "email", "Value": f"{name}@example.com"}]
    return api.sign_up(ClientId=controlled.client_id, Username=name, Password=PASSWORD, UserAttributes=email)


def sign_in(api, controlled, name: str) -> dict:
    parameters = {"USERNAME": name, "PASSWORD": PASSWORD}
    return api.initiate_auth(AuthFlow="USER_PASSWORD_AUTH", ClientId=controlled.client_id, AuthParameters=parameters)


def test_pre_sign_up_confirms_and_refuses(api, controlled):
    assert sign_up(api, controlled, "nora")["UserConfirmed"] is True
    assert refused(lambda: sign_up(api, controlled, "evil-eve")) == "UserLambdaValidationException"
    assert refused(lambda: sign_up(api, controlled, "babbler")) == "InvalidLambdaResponseException"


def test_a_trigger_that_hangs_is_ended_after_five_seconds(api, controlled):
    assert refused(lambda: sign_up(api, controlled, "slowpoke")) == "UnexpectedLambdaException"


def test_a_program_gets_nothing_of_ours_but_the_event(api, controlled):
    sign_up(api, controlled, "curious")
    report = json.loads(controlled.report.read_text())
    # 0, 1, 2, the report itself and the listing of the folder.
    assert len(report["open"]) <= 5
    assert set(report["environment"]) <= {"PATH", "LANG", "LC_CTYPE"}


def test_claims_are_added_and_suppressed(api, controlled):
    sign_up(api, controlled, "clara")
    claims = tokens.claims(sign_in(api, controlled, "clara")["AuthenticationResult"]["IdToken"])
    assert claims["team"] == "blue" and "email" not in claims


def test_pre_authentication_over_http_refuses_one_person(api, controlled):
    sign_up(api, controlled, "banned")
    assert refused(lambda: sign_in(api, controlled, "banned")) == "UserLambdaValidationException"


def test_a_person_from_elsewhere_is_taken_in_and_gets_our_message(api, controlled, control):
    assert "AuthenticationResult" in sign_in(api, controlled, "migrant")
    api.forgot_password(ClientId=controlled.client_id, Username="migrant")
    message = control.messages()[-1]
    assert message["subject"] == "Hello migrant" and message["body"] == "Your code: " + message["code"]


def test_a_custom_challenge(api, controlled):
    sign_up(api, controlled, "quiz")

    def begin() -> dict:
        return api.initiate_auth(
            AuthFlow="CUSTOM_AUTH", ClientId=controlled.client_id, AuthParameters={"USERNAME": "quiz"}
        )

    def answer(reply: dict, text: str) -> dict:
        return api.respond_to_auth_challenge(
            ClientId=controlled.client_id,
            ChallengeName=reply["ChallengeName"],
            Session=reply["Session"],
            ChallengeResponses={"USERNAME": "quiz", "ANSWER": text},
        )

    reply = begin()
    assert reply["ChallengeParameters"]["question"] == "6*7" and "answer" not in reply["ChallengeParameters"]
    assert answer(reply, "41")["ChallengeName"] == "CUSTOM_CHALLENGE"
    assert "AuthenticationResult" in answer(begin(), "42")


def test_an_arn_without_a_program_is_an_error_not_a_pass(api, other_pool):
    arn = "arn:aws:lambda:eu-central-1:000000000000:function:guard"
    pool = other_pool(LambdaConfig={"PreSignUp": arn})
    app = api.create_user_pool_client(UserPoolId=pool, ClientName="app")["UserPoolClient"]["ClientId"]
    call = {"ClientId": app, "Username": "anyone", "Password": PASSWORD}
    assert refused(api.sign_up, **call) == "UnexpectedLambdaException"
