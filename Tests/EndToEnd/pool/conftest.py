"""What the tests of cognito-pool share: a pool whose clock and faults can be set, and its outbox."""

import boto3
import pytest
import requests
from botocore.config import Config
from rig.pages import PASSWORD, PlainBrowser, oauth
from rig.pool import Pool


class Control:
    """The pool's control interface: `cognito-pool serve --control`."""

    def __init__(self, pool: Pool):
        self.address = pool.endpoint + "/_control/"

    def _post(self, what: str, **members) -> dict:
        reply = requests.post(self.address + what, json=members, timeout=10)
        reply.raise_for_status()
        return reply.json()

    def fault(self, kind: str, **members) -> dict:
        return self._post("faults", kind=kind, **members)

    def clear(self) -> None:
        requests.delete(self.address + "faults", timeout=10).raise_for_status()
        self._post("clock", reset=True)

    def advance(self, seconds: float) -> None:
        self._post("clock", advance=seconds)

    def rotate_keys(self, pool_id: str) -> None:
        self._post("keys", user_pool_id=pool_id, action="rotate")

    def forget_retired_keys(self, pool_id: str) -> None:
        self._post("keys", user_pool_id=pool_id, action="forget-retired")

    def messages(self) -> list:
        """Everything in the outbox, oldest first."""
        reply = requests.get(self.address + "outbox", timeout=10)
        reply.raise_for_status()
        return reply.json()["messages"]

    def last_code(self, username: str) -> str:
        return [message for message in self.messages() if message["username"] == username][-1]["code"]


@pytest.fixture(scope="module")
def controlled(programs, tmp_path_factory):
    """A pool on loopback with its control interface, for the tests of one file."""
    with Pool(programs, tmp_path_factory.mktemp("pool"), options=["--control"]) as pool:
        yield pool


@pytest.fixture
def control(controlled):
    control = Control(controlled)
    yield control
    control.clear()


@pytest.fixture(scope="module")
def api(controlled):
    """boto3's own client."""
    return controlled.client()


@pytest.fixture(scope="module")
def identity(controlled):
    """boto3's own client for identity pools."""
    return boto3.client(
        "cognito-identity",
        endpoint_url=controlled.endpoint,
        region_name="eu-central-1",
        aws_access_key_id="local",
        aws_secret_access_key="local",
        config=Config(retries={"total_max_attempts": 1}, read_timeout=20, connect_timeout=5),
    )


@pytest.fixture(scope="module")
def person(controlled):
    """The pages' user."""
    return controlled.add_person("hanna", PASSWORD)


@pytest.fixture(scope="module")
def app(controlled):
    """The id of an app client that may use the pages."""
    return controlled.add_client("pages", **oauth())


@pytest.fixture
def browser(controlled):
    """A browser without JavaScript."""
    return PlainBrowser(controlled.endpoint)


@pytest.fixture
def other_pool(api):
    """Makes pools of their own settings, and deletes them after the test."""
    made = []

    def make(**settings) -> str:
        made.append(api.create_user_pool(PoolName="other", **settings)["UserPool"]["Id"])
        return made[-1]

    yield make
    for pool in made:
        shown = api.describe_user_pool(UserPoolId=pool)["UserPool"]
        for domain in (shown.get("Domain"), shown.get("CustomDomain")):
            if domain:
                api.delete_user_pool_domain(UserPoolId=pool, Domain=domain)
        api.update_user_pool(UserPoolId=pool, DeletionProtection="INACTIVE")
        api.delete_user_pool(UserPoolId=pool)
