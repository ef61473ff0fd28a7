"""cognito-pool as a child process, with people in it, by way of unmodified boto3."""

import json
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError
from pycognito.aws_srp import AWSSRP

from . import totp
from .processes import Server, free_port
from .programs import Programs


@dataclass
class Person:
    """Somebody with an account in the pool; `authenticator` is what their phone would have."""

    name: str
    password: str
    groups: list = field(default_factory=list)
    authenticator: totp.Authenticator | None = None


class Pool:
    """A pool on loopback. With `issuer_base` it takes that as its public address (a TLS host in front of it)."""

    def __init__(
        self, programs: Programs, folder: Path, issuer_base: str | None = None, port: int | None = None, options=()
    ):
        self.folder = Path(folder)
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.port = port or free_port()
        command = [
            programs.cognito_pool,
            "serve",
            "--listen",
            f"127.0.0.1:{self.port}",
            "--state",
            self.folder / "state",
        ]
        if issuer_base:
            command += ["--issuer-base", issuer_base]
        command += options
        self.command = command
        self.announcement = {}
        self._output = self.folder / "announcement"
        self.server = Server("cognito-pool", command, self.folder, ready=self._announced)

    def _announced(self) -> bool:
        line, end, _ = self._output.read_text().partition("\n")
        if end:
            self.announcement = json.loads(line)
        return bool(end)

    def start(self) -> "Pool":
        with open(self._output, "wb") as output:
            self.server.popen["stdout"] = output
            self.server.start()
        return self

    def stop(self) -> None:
        self.server.stop()

    def restart_with_control(self) -> None:
        """The same pool once more, now with a clock that `advance_clock` can move."""
        self.stop()
        self.server.command = [*map(str, self.command), "--control"]
        self.start()

    def advance_clock(self, seconds: int) -> None:
        """Moves the pool's clock, back if `seconds` is negative."""
        order = json.dumps({"advance": seconds}).encode()
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}/_control/clock", order, headers, method="POST")
        urllib.request.urlopen(request, timeout=10).close()

    __enter__ = start

    def __exit__(self, *_) -> None:
        self.stop()

    @property
    def endpoint(self) -> str:
        return self.announcement["endpoint"]

    @property
    def issuer(self) -> str:
        return self.announcement["issuer"]

    @property
    def id(self) -> str:
        return self.announcement["user_pool_id"]

    @property
    def client_id(self) -> str:
        return self.announcement["client_id"]

    def client(self):
        """boto3's own client; the pool takes any signature as long as no administrator's keys are set."""
        return boto3.client(
            "cognito-idp",
            endpoint_url=self.endpoint,
            region_name=self.id.split("_")[0],
            aws_access_key_id="local",
            aws_secret_access_key="local",
            config=Config(retries={"total_max_attempts": 1}, read_timeout=20, connect_timeout=5),
        )

    def add_person(
        self, name: str, password: str, groups=(), with_totp: bool = False, temporary: bool = False
    ) -> Person:
        """Makes an account. A temporary password must be changed at the first sign-in."""
        admin = self.client()
        admin.admin_create_user(UserPoolId=self.id, Username=name, MessageAction="SUPPRESS", TemporaryPassword=password)
        if not temporary:
            admin.admin_set_user_password(UserPoolId=self.id, Username=name, Password=password, Permanent=True)
        person = Person(name, password, list(groups))
        for group in groups:
            self.ensure_group(group)
            admin.admin_add_user_to_group(UserPoolId=self.id, Username=name, GroupName=group)
        if with_totp:
            self.add_authenticator(person)
        return person

    def ensure_group(self, name: str) -> None:
        admin = self.client()
        try:
            admin.create_group(UserPoolId=self.id, GroupName=name)
        except admin.exceptions.GroupExistsException:
            pass

    def add_authenticator(self, person: Person) -> None:
        """What a person does once with a phone: signs in, takes the secret, proves a code, prefers it from then on."""
        admin, access = self.client(), self.sign_in(person)["AccessToken"]
        secret = admin.associate_software_token(AccessToken=access)["SecretCode"]
        person.authenticator = totp.Authenticator(secret)
        admin.verify_software_token(AccessToken=access, UserCode=person.authenticator.next_code())
        admin.set_user_mfa_preference(
            AccessToken=access, SoftwareTokenMfaSettings={"Enabled": True, "PreferredMfa": True}
        )

    def sign_in(self, person: Person, client_id: str | None = None) -> dict:
        """Signs in over SRP by pycognito, with a code when asked; returns the AuthenticationResult."""
        client = self.client()
        answer = AWSSRP(
            username=person.name,
            password=person.password,
            pool_id=self.id,
            client_id=client_id or self.client_id,
            client=client,
        )
        parameters = answer.get_auth_params()
        reply = client.initiate_auth(
            AuthFlow="USER_SRP_AUTH", AuthParameters=parameters, ClientId=client_id or self.client_id
        )
        while "AuthenticationResult" not in reply:
            challenge = reply["ChallengeName"]
            if challenge == "PASSWORD_VERIFIER":
                responses = answer.process_challenge(reply["ChallengeParameters"], parameters)
            elif challenge == "SOFTWARE_TOKEN_MFA":
                responses = {"USERNAME": person.name, "SOFTWARE_TOKEN_MFA_CODE": person.authenticator.next_code()}
            else:
                raise AssertionError(f"the pool asks for {challenge}")
            reply = client.respond_to_auth_challenge(
                ClientId=client_id or self.client_id,
                ChallengeName=challenge,
                ChallengeResponses=responses,
                **({"Session": reply["Session"]} if "Session" in reply else {}),
            )
        return reply["AuthenticationResult"]

    def add_client(self, name: str, **settings) -> str:
        """Another app client of the same pool; returns its id."""
        flows = ["ALLOW_USER_SRP_AUTH", "ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
        reply = self.client().create_user_pool_client(
            **{"UserPoolId": self.id, "ClientName": name, "ExplicitAuthFlows": flows, **settings}
        )
        return reply["UserPoolClient"]["ClientId"]


def refused(call, **arguments) -> str:
    """The name of the exception with which a boto3 call is refused; fails when it isn't."""
    try:
        call(**arguments)
    except ClientError as refusal:
        return refusal.response["Error"]["Code"]
    raise AssertionError(f"{getattr(call, '__name__', call)} was not refused")
