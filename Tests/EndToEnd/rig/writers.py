"""Clients that write to a pool which is killed again and again. Each notes what was acknowledged, and can say
afterwards what of it is missing. What was not acknowledged may have happened or not: nothing is claimed of it."""

import json
import random
import threading
import time
import urllib.request

from botocore.exceptions import BotoCoreError, ClientError

from .pool import Pool

PASSWORD = "Correct-horse-9"
FLOWS = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_AUTH", "ALLOW_USER_SRP_AUTH"]


class Ground:
    """The user pool that the writers write to: devices tracked, refresh tokens rotated with no grace."""

    def __init__(self, pool: Pool):
        self.pool, api = pool, pool.client()
        self.id = api.create_user_pool(
            PoolName="durable",
            AutoVerifiedAttributes=["email"],
            DeviceConfiguration={"ChallengeRequiredOnNewDevice": True, "DeviceOnlyRememberedOnUserPrompt": True},
        )["UserPool"]["Id"]
        rotation = {"Feature": "ENABLED", "RetryGracePeriodSeconds": 0}
        self.rotating = self._client(FLOWS, RefreshTokenRotation=rotation)
        self.plain = self._client([*FLOWS, "ALLOW_REFRESH_TOKEN_AUTH"])

    def _client(self, flows: list, **settings) -> str:
        made = self.pool.client().create_user_pool_client(
            UserPoolId=self.id, ClientName="app", ExplicitAuthFlows=flows, AuthSessionValidity=15, **settings
        )
        return made["UserPoolClient"]["ClientId"]


class Writer(threading.Thread):
    """Calls `write` until it is told to stop. `facts` are what was acknowledged; `missing` looks each of them up."""

    def __init__(self, ground: Ground, number: int, ended: threading.Event):
        super().__init__(daemon=True)
        self.ground, self.ended = ground, ended
        self.api, self.id = ground.pool.client(), ground.id
        self.prefix, self.count = f"{type(self).__name__.lower()}{number}", 0
        self.facts, self.surprises = [], []

    def run(self) -> None:
        while not self.ended.is_set():
            self.count += 1
            try:
                self.write(f"{self.prefix}-{self.count}")
            except BotoCoreError:
                time.sleep(0.02)
            except ClientError as refusal:
                # Nothing that is asked here may be refused, killed or not.
                self.surprises.append(f"{self.prefix}-{self.count}: {refusal}")

    def write(self, name: str) -> None:
        raise NotImplementedError

    def holds(self, fact) -> bool:
        raise NotImplementedError

    def missing(self) -> list:
        return [fact for fact in self.facts if not self._holds(fact)]

    def _holds(self, fact) -> bool:
        try:
            return self.holds(fact)
        except ClientError:
            return False

    # What several writers do.

    def add_user(self, name: str, password: str = PASSWORD) -> None:
        named = {"UserPoolId": self.id, "Username": name}
        self.api.admin_create_user(**named, MessageAction="SUPPRESS")
        self.api.admin_set_user_password(**named, Password=password, Permanent=True)

    def sign_in(self, name: str, client: str, password: str = PASSWORD) -> dict:
        parameters = {"USERNAME": name, "PASSWORD": password}
        answer = self.api.initiate_auth(AuthFlow="USER_PASSWORD_AUTH", ClientId=client, AuthParameters=parameters)
        return answer["AuthenticationResult"]

    def refusal(self, call, **arguments) -> str:
        """How a call is refused: code and message; nothing when it isn't."""
        try:
            call(**arguments)
        except ClientError as refusal:
            return f"{refusal.response['Error']['Code']}: {refusal.response['Error']['Message']}"
        return ""


class Users(Writer):
    """Made, changed, put into a group, deleted."""

    def write(self, name: str) -> None:
        nickname, named = str(random.random()), {"UserPoolId": self.id, "Username": name}
        self.api.admin_create_user(**named, MessageAction="SUPPRESS")
        self.facts.append((name, None))
        self.api.admin_update_user_attributes(**named, UserAttributes=[{"Name": "nickname", "Value": nickname}])
        self.facts[-1] = (name, nickname)
        if self.count % 4 == 0:
            # Not known either way until it is acknowledged.
            fact = self.facts.pop()
            self.api.admin_delete_user(**named)
            self.facts.append((fact[0], "deleted"))

    def holds(self, fact) -> bool:
        name, nickname = fact
        try:
            shown = self.api.admin_get_user(UserPoolId=self.id, Username=name)["UserAttributes"]
        except self.api.exceptions.UserNotFoundException:
            return nickname == "deleted"
        found = {pair["Name"]: pair["Value"] for pair in shown}.get("nickname")
        # A change that was not acknowledged may have been made all the same.
        return nickname is None or nickname == found


class Passwords(Writer):
    """The user changes it; the old one must not come back."""

    def write(self, name: str) -> None:
        self.add_user(name)
        access = self.sign_in(name, self.ground.plain)["AccessToken"]
        new = f"Fresh-{random.randrange(10**9)}-pass"
        self.api.change_password(AccessToken=access, PreviousPassword=PASSWORD, ProposedPassword=new)
        self.facts.append((name, new))

    def holds(self, fact) -> bool:
        name, new = fact
        old = self.refusal(self.sign_in, name=name, client=self.ground.plain)
        return bool(self.sign_in(name, self.ground.plain, new)) and old.startswith("NotAuthorizedException")


class Rotations(Writer):
    """Each renewal uses a refresh token up and gives the next. The used ones stay used, the last one works."""

    def write(self, name: str) -> None:
        self.add_user(name)
        signed_in = self.sign_in(name, self.ground.rotating)
        token, device = signed_in["RefreshToken"], signed_in["NewDeviceMetadata"]["DeviceKey"]
        self.api.confirm_device(
            AccessToken=signed_in["AccessToken"],
            DeviceKey=device,
            DeviceSecretVerifierConfig={"PasswordVerifier": "AQID" * 90, "Salt": "AQIDBAUGBwg="},
        )
        used, fact = [], len(self.facts)
        self.facts.append((used, token, device))
        for _ in range(4):
            # In doubt until it is answered: the old one may be used up, the new one lost.
            self.facts[fact] = (used, None, device)
            answer = self.renew(token, device)
            used, token = [*used, token], answer["AuthenticationResult"]["RefreshToken"]
            self.facts[fact] = (used, token, device)

    def renew(self, token: str, device: str) -> dict:
        call = {"RefreshToken": token, "ClientId": self.ground.rotating, "DeviceKey": device}
        return self.api.get_tokens_from_refresh_token(**call)

    def holds(self, fact) -> bool:
        used, last, device = fact
        spent = [self.refusal(self.renew, token=token, device=device) for token in used]
        works = last is None or bool(self.renew(last, device))
        return works and all(answer.startswith("RefreshTokenReuseException") for answer in spent)


class Devices(Writer):
    """Confirmed, and remembered when the user says so."""

    def write(self, name: str) -> None:
        self.add_user(name)
        signed_in = self.sign_in(name, self.ground.plain)
        call = {"AccessToken": signed_in["AccessToken"], "DeviceKey": signed_in["NewDeviceMetadata"]["DeviceKey"]}
        verifier = {"PasswordVerifier": "AQID" * 90, "Salt": "AQIDBAUGBwg="}
        self.api.confirm_device(**call, DeviceSecretVerifierConfig=verifier, DeviceName=name)
        self.facts.append((name, call["DeviceKey"], None))
        self.api.update_device_status(**call, DeviceRememberedStatus="remembered")
        self.facts[-1] = (name, call["DeviceKey"], "remembered")

    def holds(self, fact) -> bool:
        name, key, status = fact
        named = {"UserPoolId": self.id, "Username": name}
        if key not in [device["DeviceKey"] for device in self.api.admin_list_devices(**named)["Devices"]]:
            return False
        shown = self.api.admin_get_device(**named, DeviceKey=key)["Device"]["DeviceAttributes"]
        found = {pair["Name"]: pair["Value"] for pair in shown}
        return found.get("device_name") == name and status in (None, found["dev:device_remembered_status"])


class Sessions(Writer):
    """A challenge's session that was answered is used up, also for a server that started since."""

    def write(self, name: str) -> None:
        self.add_user(name)
        start = {"AuthFlow": "USER_AUTH", "ClientId": self.ground.plain, "AuthParameters": {"USERNAME": name}}
        session = self.api.initiate_auth(**start)["Session"]
        assert self.answer(name, session)["AuthenticationResult"]
        self.facts.append((name, session, time.monotonic()))

    def answer(self, name: str, session: str) -> dict:
        responses = {"USERNAME": name, "ANSWER": "PASSWORD", "PASSWORD": PASSWORD}
        call = {"ClientId": self.ground.plain, "ChallengeName": "SELECT_CHALLENGE", "Session": session}
        return self.api.respond_to_auth_challenge(**call, ChallengeResponses=responses)

    def holds(self, fact) -> bool:
        name, session, at = fact
        # After a quarter of an hour it would be refused for its age.
        return time.monotonic() - at > 800 or "only be used once" in self.refusal(
            self.answer, name=name, session=session
        )


class Revocations(Writer):
    """Signed out is signed out."""

    def write(self, name: str) -> None:
        self.add_user(name)
        tokens = self.sign_in(name, self.ground.plain)
        if self.count % 2:
            self.api.revoke_token(Token=tokens["RefreshToken"], ClientId=self.ground.plain)
        else:
            self.api.global_sign_out(AccessToken=tokens["AccessToken"])
        self.facts.append(tokens["AccessToken"])

    def holds(self, fact) -> bool:
        return "revoked" in self.refusal(self.api.get_user, AccessToken=fact)


class Messages(Writer):
    """A code that the pool says it has sent is in the outbox, and good."""

    def write(self, name: str) -> None:
        email = [{"Name": "email", "Value": f"{name}@example.com"}]
        self.api.sign_up(ClientId=self.ground.plain, Username=name, Password=PASSWORD, UserAttributes=email)
        self.facts.append(name)

    def missing(self) -> list:
        codes = {message["username"]: message["code"] for message in self.outbox()}
        return [name for name in self.facts if name not in codes or not self.confirms(name, codes[name])]

    def outbox(self) -> list:
        """All messages, by the control interface, a thousand at a time."""
        messages, page = [], True
        while page:
            after = messages[-1]["id"] if messages else 0
            address = f"{self.ground.pool.endpoint}/_control/outbox?after={after}"
            with urllib.request.urlopen(address, timeout=20) as answer:
                page = json.load(answer)["messages"]
            messages += page
        return messages

    def confirms(self, name: str, code: str) -> bool:
        call = {"ClientId": self.ground.plain, "Username": name, "ConfirmationCode": code}
        return not self.refusal(self.api.confirm_sign_up, **call)


ALL = [Users, Passwords, Rotations, Devices, Sessions, Revocations, Messages]
