"""A pool with settings of its own, which the machine asks, and its people."""

from types import SimpleNamespace

import requests

from . import terminal
from .machine import PoolSettings
from .people import LOCAL
from .pool import Pool
from .totp import QuickAuthenticator

PASSWORD = "Analytical-Engine-1843"


class Site:
    def __init__(self, login, server: Pool, extra: str = "", mfa: dict | None = None, **settings):
        self.login, self.server, self.machine, self.admin = login, server, login.machine, server.client()
        self.id = self.admin.create_user_pool(PoolName="steps", **settings)["UserPool"]["Id"]
        if mfa:
            self.admin.set_user_pool_mfa_config(UserPoolId=self.id, **mfa)
        flows = ["ALLOW_USER_SRP_AUTH", "ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
        self.client_id = self.admin.create_user_pool_client(
            UserPoolId=self.id, ClientName="machine", ExplicitAuthFlows=flows
        )["UserPoolClient"]["ClientId"]
        issuer = f"{server.endpoint}/{self.id}"
        pool = PoolSettings(server.endpoint, issuer, self.id, self.client_id)
        self.machine.configure(pool, allow_groups="*", extra=extra)
        login.restart_daemon()

    def add(self, name: str, temporary: bool = False, **attributes) -> str:
        listed = [{"Name": key, "Value": value} for key, value in attributes.items()]
        if "email" in attributes:
            listed.append({"Name": "email_verified", "Value": "true"})
        self.admin.admin_create_user(
            UserPoolId=self.id, Username=name, MessageAction="SUPPRESS", TemporaryPassword=PASSWORD,
            UserAttributes=listed,
        )  # fmt: skip
        if not temporary:
            self.admin.admin_set_user_password(UserPoolId=self.id, Username=name, Password=PASSWORD, Permanent=True)
        self.machine.add_login(name)
        return name

    def mails(self, name: str) -> list:
        reply = requests.get(f"{self.server.endpoint}/_control/outbox", timeout=10).json()["messages"]
        return [mail["code"] for mail in reply if mail["username"] == name]

    def status(self, name: str) -> str:
        return self.admin.admin_get_user(UserPoolId=self.id, Username=name)["UserStatus"]

    def talk(self, by: str, name: str, dialogue: list) -> SimpleNamespace:
        """A login by ssh or su that prints the name."""
        if by == "ssh":
            child = self.machine.ssh(name, "id", "-un")
        else:
            child = terminal.spawn(*self.machine.as_person(LOCAL, "su", "-", "-c", "id -un", name))
        shown = terminal.answer(child, dialogue)
        rest, status = terminal.finish(child)
        return SimpleNamespace(shown=shown + rest, status=status, is_in=status == 0 and rest.split()[-1:] == [name])

    def add_app(self, name: str) -> QuickAuthenticator:
        """What a person does once with a phone; the pool must not yet demand a second factor."""
        access = self.admin.initiate_auth(
            AuthFlow="USER_PASSWORD_AUTH", ClientId=self.client_id,
            AuthParameters={"USERNAME": name, "PASSWORD": PASSWORD},
        )["AuthenticationResult"]["AccessToken"]  # fmt: skip
        app = QuickAuthenticator(self.admin.associate_software_token(AccessToken=access)["SecretCode"])
        self.admin.verify_software_token(AccessToken=access, UserCode=app.next_code())
        self.admin.set_user_mfa_preference(
            AccessToken=access, SoftwareTokenMfaSettings={"Enabled": True, "PreferredMfa": True}
        )
        return app

    def devices(self, name: str) -> dict:
        """Key and name of those that the pool lists and somebody confirmed."""
        found = self.admin.admin_list_devices(UserPoolId=self.id, Username=name)["Devices"]
        attributes = {d["DeviceKey"]: {a["Name"]: a["Value"] for a in d["DeviceAttributes"]} for d in found}
        return {key: told["device_name"] for key, told in attributes.items() if "device_name" in told}
