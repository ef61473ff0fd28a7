"""What Amazon's service model says of inputs holds here, for every operation: botocore's model is read anew by these
tests, and inputs are sent as bare HTTP, for boto3 would check some of it itself."""

import random
import re

import pytest
from rig.pool import Pool
from rig.programs import ROOT
from rig.service_model import INVALID, Caller, cases, good, good_string, input_of, judge, matches, model, near, shape


@pytest.fixture(scope="module")
def caller(programs, tmp_path_factory):
    with Pool(programs, tmp_path_factory.mktemp("pool")) as pool:
        yield Caller(pool.port)


def test_every_bad_input_is_answered_with_the_error_of_the_model(caller):
    count, wrong = judge(caller)
    assert count > 4000
    assert [(case.operation, case.what, answer) for case, answer in wrong] == []


def test_inputs_that_the_model_allows_pass_it(caller):
    for operation in caller.answered():
        members = good(input_of(operation))
        message = caller.call(operation, members).get("message", "")
        given = {member[0].lower() + member[1:] for member in members} - {"password", "proposedPassword"}
        # Others are the pool's own rules: a password of one character, members of which one must be there.
        refused = set(re.findall(r"Value[^;]* at '(\w+)", message))
        assert "validation error" not in message or not refused & given, (operation, message)


def members_with_patterns(caller) -> dict:
    """Each pattern, and where a string of it can be sent: operation, member, the string's shape."""
    found = {}
    for operation in caller.answered():
        for member, reference in shape(input_of(operation))["members"].items():
            known = shape(reference["shape"])
            if known["type"] == "string" and "pattern" in known:
                found.setdefault(known["pattern"], (operation, member, reference["shape"]))
    return found


# Where the pool knows better than the model's pattern: scripts/pool-model says why.
OWN_RULES = {"PasswordType", "DomainType"}


def test_patterns_match_what_another_engine_matches(caller):
    chance = random.Random(14)
    patterns = members_with_patterns(caller)
    assert len(patterns) > 20
    matched = 0
    for pattern, (operation, member, name) in patterns.items():
        if name in OWN_RULES:
            continue
        for text in near(name, chance, 60):
            answer = caller.call(operation, good(input_of(operation)) | {member: text})
            refused = f"regular expression pattern: {pattern}" in answer.get("message", "")
            assert refused != matches(pattern, text), (operation, member, pattern, text, answer)
            matched += not refused
    assert matched > 300


@pytest.mark.parametrize(
    ("operation", "members", "error", "message"),
    [
        (
            "ListUsers",
            {"UserPoolId": "local_a", "Limit": 61},
            INVALID,
            "1 validation error detected: Value '61' at 'limit' failed to satisfy constraint: "
            "Member must have value less than or equal to 60",
        ),
        (
            "CreateUserPoolClient",
            {"UserPoolId": "local_a", "ClientName": "one", "CallbackURLs": ["<", " "]},
            INVALID,
            "1 validation error detected: Value '[<,  ]' at 'callbackURLs' failed to satisfy constraint: Member must "
            "satisfy constraint: [Member must have length less than or equal to 1024, Member must have length greater "
            r"than or equal to 1, Member must satisfy regular expression pattern: [\p{L}\p{M}\p{S}\p{N}\p{P}]+]",
        ),
        (
            "CreateUserPool",
            {"PoolName": "one", "AcrConfiguration": {"Level9": {"AcrValue": "x"}}},
            INVALID,
            "1 validation error detected: Value at 'acrConfiguration' failed to satisfy constraint: Map keys must "
            "satisfy constraint: [Member must satisfy regular expression pattern: Level[1-4]]",
        ),
        (
            "AdminGetUser",
            {},
            INVALID,
            "2 validation errors detected: Value null at 'userPoolId' failed to satisfy constraint: Member must not be "
            "null; Value at 'username' failed to satisfy constraint: Member must not be null",
        ),
        (
            "CreateUserPool",
            {"PoolName": "one", "EmailConfiguration": {"EmailSendingAccount": "DEVELOPPER"}},
            INVALID,
            "1 validation error detected: Value 'DEVELOPPER' at 'emailConfiguration.emailSendingAccount' failed to "
            "satisfy constraint: Member must satisfy enum value set: [COGNITO_DEFAULT, DEVELOPER]",
        ),
    ],
)
def test_refusals_are_in_the_services_words(caller, operation, members, error, message):
    assert caller.call(operation, members) == {"__type": error, "message": message}


@pytest.mark.parametrize(
    ("members", "message"),
    [
        ({"UserPoolId": 7}, "NUMBER_VALUE can not be converted to a String"),
        ({"UserPoolId": True}, "TRUE_VALUE can not be converted to a String"),
        ({"UserPoolId": {"a": 1}}, "Start of structure or map found where not expected."),
        ({"UserPoolId": ["a"]}, "Start of list found where not expected"),
        ({"Limit": "7"}, "STRING_VALUE can not be converted to an Integer"),
        ({"AttributesToGet": "sub"}, "Expected list or null"),
        ([], "Start of list found where not expected"),
    ],
)
def test_the_wrong_type_is_told_before_anything_else(caller, members, message):
    assert caller.call("ListUsers", members) == {"__type": "SerializationException", "Message": message}


def test_secrets_are_not_quoted(caller):
    secret = good_string("UsernameType") + "\thidden"
    for operation in caller.answered():
        for case in cases(operation):
            for member, reference in shape(input_of(operation))["members"].items():
                if shape(reference["shape"]).get("sensitive") and isinstance(case.input.get(member), str):
                    answer = caller.call(operation, case.input | {member: secret})
                    assert "hidden" not in answer.get("message", ""), (operation, answer)
            break


def test_threat_protection_cannot_be_enforced(caller):
    answer = caller.call("CreateUserPool", {"PoolName": "one", "UserPoolAddOns": {"AdvancedSecurityMode": "ENFORCED"}})
    assert answer["__type"] == INVALID and "no threat protection" in answer["message"]
    answer = caller.call("CreateUserPool", {"PoolName": "one", "UserPoolAddOns": {"AdvancedSecurityMode": "AUDIT"}})
    assert answer["UserPool"]["UserPoolAddOns"] == {"AdvancedSecurityMode": "AUDIT"}


def test_what_has_no_effect_is_named_in_the_documentation():
    source = (ROOT / "Sources/LocalPool/Framework/MembersWithoutEffect.swift").read_text()
    names = re.findall(r'"(\w+)"', source)
    assert len(names) > 15
    documented = (ROOT / "docs/pool-behaviour.md").read_text()
    assert [name for name in names if f"`{name}`" not in documented] == []


def test_the_model_is_the_one_that_the_pool_was_written_from():
    assert len(model()["operations"]) >= 153
