"""Unmodified pycognito and boto3 sign in to cognito-pool; a wrong password is refused."""

import pytest
from botocore.exceptions import ClientError
from pycognito import Cognito
from rig import tokens


@pytest.fixture(scope="module")
def person(pool):
    return pool.add_person("emmy", "Noether-1882-theorem")


def pycognito_for(pool, person) -> Cognito:
    return Cognito(
        pool.id,
        pool.client_id,
        username=person.name,
        user_pool_region=pool.id.split("_")[0],
        access_key="local",
        secret_key="local",
        boto3_client_kwargs={"endpoint_url": pool.endpoint},
    )


def test_pycognito_signs_in_over_srp(pool, person):
    user = pycognito_for(pool, person)
    user.authenticate(password=person.password)
    assert tokens.claims(user.access_token)["username"] == person.name
    assert tokens.claims(user.id_token)["aud"] == pool.client_id
    assert user.get_user().username == person.name


def test_pycognito_is_refused_with_a_wrong_password(pool, person):
    user = pycognito_for(pool, person)
    with pytest.raises(user.client.exceptions.NotAuthorizedException, match="Incorrect username or password"):
        user.authenticate(password="Noether-1882-theorem ")


def test_boto3_signs_in_over_srp(pool, person):
    result = pool.sign_in(person)
    assert result["TokenType"] == "Bearer"
    assert tokens.claims(result["AccessToken"])["client_id"] == pool.client_id


def test_boto3_is_refused_with_a_wrong_password(pool, person):
    wrong = type(person)(person.name, "not it")
    with pytest.raises(ClientError) as refusal:
        pool.sign_in(wrong)
    assert refusal.value.response["Error"]["Code"] == "NotAuthorizedException"
    assert refusal.value.response["ResponseMetadata"]["HTTPStatusCode"] == 400


def test_a_time_based_code_is_asked_for_and_good_once(pool):
    maria = pool.add_person("maria", "Agnesi-1718-curve", with_totp=True)
    assert "AccessToken" in pool.sign_in(maria)
    used = maria.authenticator.code_in_use()
    again = type(maria)(maria.name, maria.password, authenticator=SameCode(used))
    with pytest.raises(ClientError) as refusal:
        pool.sign_in(again)
    assert refusal.value.response["Error"]["Code"] in ("CodeMismatchException", "ExpiredCodeException")


class SameCode:
    def __init__(self, code: str):
        self.code = code

    def next_code(self) -> str:
        return self.code
