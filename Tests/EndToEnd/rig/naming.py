"""Pools of several kinds in one server, and the machine set up for one of them."""

import json
from dataclasses import dataclass, field

from . import terminal
from .machine import PoolSettings
from .people import LOCAL, PASSWORD
from .pool import Pool
from .processes import run

FLOWS = ["ALLOW_USER_SRP_AUTH", "ALLOW_USER_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
BY_EMAIL = {"UsernameAttributes": ["email"], "UsernameConfiguration": {"CaseSensitive": False}}
BY_ALIAS = {"AliasAttributes": ["preferred_username"], "UsernameConfiguration": {"CaseSensitive": False}}


@dataclass
class NamingPool:
    """A pool beside the server's first one, with an app client."""

    server: Pool
    settings: dict = field(default_factory=dict)
    client: dict = field(default_factory=dict)

    def __post_init__(self):
        self.api = self.server.client()
        self.id = self.api.create_user_pool(PoolName="names", **self.settings)["UserPool"]["Id"]
        self.client_id = self.add_client(**self.client)
        for group in ("engineers", "admins"):
            self.api.create_group(UserPoolId=self.id, GroupName=group)

    def add_client(self, **settings) -> str:
        reply = self.api.create_user_pool_client(
            UserPoolId=self.id, ClientName="logins", ExplicitAuthFlows=FLOWS, **settings
        )
        return reply["UserPoolClient"]["ClientId"]

    def add_client_for_passwords(self) -> str:
        """For what is no login: people who set something up by themselves."""
        reply = self.api.create_user_pool_client(
            UserPoolId=self.id, ClientName="by hand", ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH", *FLOWS[2:]]
        )
        return reply["UserPoolClient"]["ClientId"]

    def add(self, name: str, *groups, password: str = PASSWORD, temporary: bool = False, **attributes) -> str:
        """Somebody in the pool, in the group of those who may sign in if none is named. Returns the pool's own name."""
        listed = [{"Name": key.replace("custom_", "custom:"), "Value": value} for key, value in attributes.items()]
        user = self.api.admin_create_user(
            UserPoolId=self.id, Username=name, MessageAction="SUPPRESS", TemporaryPassword=password,
            UserAttributes=listed,
        )["User"]["Username"]  # fmt: skip
        if not temporary:
            self.api.admin_set_user_password(UserPoolId=self.id, Username=user, Password=password, Permanent=True)
        for group in groups or ("engineers",):
            self.join(user, group)
        return user

    def join(self, user: str, group: str) -> None:
        self.api.admin_add_user_to_group(UserPoolId=self.id, Username=user, GroupName=group)

    def leave(self, user: str, group: str) -> None:
        self.api.admin_remove_user_from_group(UserPoolId=self.id, Username=user, GroupName=group)

    def write(self, user: str, **attributes) -> None:
        self.api.admin_update_user_attributes(
            UserPoolId=self.id, Username=user,
            UserAttributes=[{"Name": key, "Value": value} for key, value in attributes.items()],
        )  # fmt: skip

    def delete(self, user: str) -> None:
        self.api.admin_delete_user(UserPoolId=self.id, Username=user)


class Naming:
    """The machine, used by people of such pools."""

    def __init__(self, login):
        self.login, self.machine = login, login.machine
        self.added: list = []

    def use(self, pool: NamingPool, extra: str = "", client_id: str | None = None) -> None:
        endpoint = self.login.pool.endpoint
        settings = PoolSettings(endpoint, f"{endpoint}/{pool.id}", pool.id, client_id or pool.client_id)
        self.machine.configure(settings, allow_groups="engineers", group_map="admins:sudo", extra=extra)
        self.login.restart_daemon()

    def add(self, name: str, user: str | None = None) -> tuple:
        """`cognito admin login add`: (exit status, what it said)."""
        done = admin("add", name, *(["--user", user] if user else []))
        if done.returncode == 0:
            self.added.append(name)
        return done.returncode, done.stdout + done.stderr

    def made_known(self, name: str, user: str | None = None) -> str:
        status, said = self.add(name, user)
        assert status == 0, said
        return said

    def clear(self) -> None:
        for name in dict.fromkeys(self.added):
            admin("remove", name)

    def ssh(self, name: str, password: str = PASSWORD) -> tuple:
        """Whether somebody is let in by ssh, and what was shown."""
        child = self.machine.ssh(name, "id", "-un")
        shown = terminal.answer(child, [("[Pp]assword: ", password)])
        rest, status = terminal.finish(child)
        return status == 0 and rest.split()[-1:] == [name], shown + rest

    def su(self, name: str, dialogue: list | None = None) -> tuple:
        child = terminal.spawn(*self.machine.as_person(LOCAL, "su", "-", "-c", "id -un", name))
        shown = terminal.answer(child, dialogue or [("Password: ", PASSWORD)])
        rest, status = terminal.finish(child)
        return status == 0, shown + rest

    @staticmethod
    def known(name: str) -> dict:
        """An account as root sees it."""
        listed = json.loads(admin("users", "--json").stdout)["users"]
        return next(entry for entry in listed if entry["name"] == name)


def admin(*words):
    return run("cognito", "admin", "login", *words)
