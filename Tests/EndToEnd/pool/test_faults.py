"""Faults on demand, the settable clock and key rotation, seen from outside."""

import time

import pytest
import requests
from botocore.exceptions import ClientError, ConnectionClosedError
from rig.pool import refused

PASSWORD = "Correct-horse-9"


@pytest.fixture(scope="module")
def person(controlled):
    return controlled.add_person("faye", PASSWORD)


def test_throttling_hits_one_operation_a_number_of_times(api, control, controlled):
    control.fault("exception", operation="ListGroups", type="TooManyRequestsException", count=2)
    pool = {"UserPoolId": controlled.id}
    assert refused(api.list_groups, **pool) == "TooManyRequestsException"
    api.list_users(**pool)
    assert refused(api.list_groups, **pool) == "TooManyRequestsException"
    api.list_groups(**pool)


def test_a_fault_can_wait_for_its_turn(api, control, controlled):
    control.fault("exception", operation="ListGroups", type="InternalErrorException", skip=1)
    api.list_groups(UserPoolId=controlled.id)
    with pytest.raises(ClientError) as failure:
        api.list_groups(UserPoolId=controlled.id)
    assert failure.value.response["ResponseMetadata"]["HTTPStatusCode"] == 500


def test_a_late_answer(api, control, controlled):
    control.fault("latency", operation="ListGroups", seconds=0.3)
    start = time.monotonic()
    api.list_groups(UserPoolId=controlled.id)
    assert time.monotonic() - start >= 0.3


def test_a_lost_answer_to_an_operation_that_was_carried_out(api, control, controlled):
    control.fault("drop", operation="CreateGroup", executes=True)
    with pytest.raises(ConnectionClosedError):
        api.create_group(UserPoolId=controlled.id, GroupName="lost")
    assert api.get_group(UserPoolId=controlled.id, GroupName="lost")["Group"]["GroupName"] == "lost"


def list_groups(controlled) -> requests.Response:
    """By plain HTTP: botocore takes a broken body for an empty answer."""
    target = {"X-Amz-Target": "AWSCognitoIdentityProviderService.ListGroups"}
    return requests.post(controlled.endpoint, json={"UserPoolId": controlled.id}, headers=target, timeout=10)


def test_truncated_and_garbage_bodies(control, controlled):
    control.fault("truncate", operation="ListGroups", bytes=5)
    with pytest.raises(requests.exceptions.RequestException):
        list_groups(controlled)
    control.fault("garbage", operation="ListGroups")
    with pytest.raises(requests.exceptions.JSONDecodeError):
        list_groups(controlled).json()
    assert "Groups" in list_groups(controlled).json()


def test_a_proxy_that_answers_for_the_pool(control, controlled):
    control.fault("status", operation="jwks.json", status=503)
    address = f"{controlled.issuer}/.well-known/jwks.json"
    assert requests.get(address, timeout=10).status_code == 503
    assert requests.get(address, timeout=10).status_code == 200


def test_the_clock_expires_tokens(api, control, controlled, person):
    access = controlled.sign_in(person)["AccessToken"]
    api.get_user(AccessToken=access)
    control.advance(3601)
    assert refused(api.get_user, AccessToken=access) == "NotAuthorizedException"


def test_keys_rotate_and_old_ones_are_forgotten(api, control, controlled, person):
    address = f"{controlled.issuer}/.well-known/jwks.json"
    before = {key["kid"] for key in requests.get(address, timeout=10).json()["keys"]}
    access = controlled.sign_in(person)["AccessToken"]
    control.rotate_keys(controlled.id)
    rotated = {key["kid"] for key in requests.get(address, timeout=10).json()["keys"]}
    assert before < rotated and len(rotated) == 4
    api.get_user(AccessToken=access)
    control.forget_retired_keys(controlled.id)
    assert refused(api.get_user, AccessToken=access) == "NotAuthorizedException"
    api.get_user(AccessToken=controlled.sign_in(person)["AccessToken"])


def test_a_web_page_can_not_steer_the_pool(controlled):
    address = controlled.endpoint + "/_control/faults"
    page = {"Origin": "https://evil.example", "Content-Type": "application/json"}
    assert requests.post(address, json={"kind": "drop"}, headers=page, timeout=10).status_code == 400
    form = {"Content-Type": "text/plain"}
    assert requests.post(address, data='{"kind":"drop"}', headers=form, timeout=10).status_code == 400
    assert requests.options(address, headers=page, timeout=10).status_code == 400, "no preflight is granted"


def test_there_is_no_control_unless_it_was_asked_for(pool):
    reply = requests.post(pool.endpoint + "/_control/faults", json={"kind": "drop"}, timeout=10)
    assert reply.json()["__type"] == "UnknownOperationException"
    assert pool.client().list_groups(UserPoolId=pool.id)["Groups"] == []
