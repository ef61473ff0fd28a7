"""What an application's Lambda functions might do: run as a program by test_triggers.py, and served by it over HTTP."""

import json
import os
import sys
import time

PASSWORD = "Correct-horse-9"


class Refusal(Exception):
    """The function says no."""


def decide(event: dict) -> dict:
    """The event with its response filled in, as a Lambda function returns it."""
    source, name = event["triggerSource"], event["userName"]
    request, response = event["request"], event["response"]
    if name.startswith("slow"):
        time.sleep(20)
    if name.startswith("babble"):
        raise ValueError("no JSON")
    if name.startswith("crash"):
        raise SystemError("fell over")
    if name.startswith("mute"):
        return {"version": "1"}
    match source.split("_")[0]:
        case "PreSignUp":
            if name.startswith("evil"):
                raise Refusal("we don't want you")
            response["autoConfirmUser"] = (request["validationData"] or {}).get("invited") == "yes"
            response["autoVerifyEmail"] = response["autoConfirmUser"]
        case "PreAuthentication":
            if name.startswith("banned"):
                raise Refusal("not today")
        case "PostAuthentication":
            if name.startswith("late"):
                raise Refusal("too late")
        case "TokenGeneration":
            claims = {"claimsToAddOrOverride": {"team": "blue", "sub": "forged"}, "claimsToSuppress": ["email"]}
            groups = {"groupsToOverride": ["from-hook"]}
            response["claimsOverrideDetails"] = claims | {"groupOverrideDetails": groups}
            access = {"claimsToAddOrOverride": {"rank": 7}, "scopesToAdd": ["extra/read"]}
            if "claimsAndScopeOverrideDetails" in response:
                both = {"idTokenGeneration": claims, "accessTokenGeneration": access, "groupOverrideDetails": groups}
                response.update(claimsOverrideDetails=None, claimsAndScopeOverrideDetails=both)
        case "CustomMessage":
            response["emailSubject"] = f"{source} for {name}"
            response["emailMessage"] = "{username}: " + request["codeParameter"]
        case "UserMigration":
            if not name.startswith("migrant") or request["password"] not in (PASSWORD, None):
                raise Refusal("nobody of ours")
            response["userAttributes"] = {"email": "old@example.com", "email_verified": "true"}
            response["finalUserStatus"] = "CONFIRMED"
        case "DefineAuthChallenge":
            past = request["session"]
            if past and past[-1]["challengeName"] == "SRP_A":
                response["challengeName"] = "PASSWORD_VERIFIER"
            elif past and past[-1]["challengeName"] == "CUSTOM_CHALLENGE" and past[-1]["challengeResult"]:
                response["issueTokens"] = True
            elif len(past) > 3:
                response["failAuthentication"] = True
            else:
                response["challengeName"] = "CUSTOM_CHALLENGE"
        case "CreateAuthChallenge":
            response["publicChallengeParameters"] = {"question": "6*7", "round": str(len(request["session"]))}
            response["privateChallengeParameters"] = {"answer": "42"}
            response["challengeMetadata"] = "SUM"
        case "VerifyAuthChallengeResponse":
            response["answerCorrect"] = request["challengeAnswer"] == request["privateChallengeParameters"]["answer"]
    return event


def record(folder: str, event: dict) -> None:
    """Notes that the event came, before anything is decided."""
    with open(os.path.join(folder, "events"), "a", encoding="utf-8") as events:
        events.write(json.dumps(event) + "\n")


def main() -> None:
    folder = os.path.dirname(os.path.abspath(sys.argv[0]))
    event = json.load(sys.stdin)
    record(folder, event)
    if event["userName"].startswith("curious"):
        report = {"open": sorted(os.listdir("/proc/self/fd")), "environment": dict(os.environ)}
        with open(os.path.join(folder, "report"), "w", encoding="utf-8") as file:
            json.dump(report, file)
    try:
        print(json.dumps(decide(event)))
    except Refusal as refusal:
        sys.exit(str(refusal))
    except ValueError as babble:
        print(babble)
    except SystemError:
        os.abort()


if __name__ == "__main__":
    main()
