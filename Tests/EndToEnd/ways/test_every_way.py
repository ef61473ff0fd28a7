"""Every way into a machine, with every ending, in each kind of pool: by user name, by e-mail (the pool's own name is a
UUID), and where capitals don't count."""

import time
from dataclasses import dataclass

import pytest
from rig import terminal
from rig.machine import WRITER
from rig.naming import BY_EMAIL, Naming, NamingPool, admin
from rig.people import LOCAL, PASSWORD
from rig.processes import accepts_unix, run, wait_until
from rig.totp import QuickAuthenticator

pytestmark = pytest.mark.usefixtures("sandboxed")
WRONG, CHOSEN = "Wrong-Password-1", "Freshly-Chosen-22"
CODE = "authenticator app: "
WAYS = ["ssh", "su", "console", "sudo", "sudo_from_a_pipe", "sudo_as_at_a_login", "locker"]


@dataclass
class Kind:
    settings: dict
    extra: str
    # How the pool's administrator writes somebody who is `ada` here.
    written: str


KINDS = {
    "username": Kind({}, "", "{}"),
    "email": Kind(BY_EMAIL, "login_name = email\nemail_domains = example.com", "{}@example.com"),
    "capitals": Kind({"UsernameConfiguration": {"CaseSensitive": False}}, "", "{}"),
}


class House:
    """A machine that asks a pool of one kind, and people of that."""

    def __init__(self, login, kind: str):
        self.naming, self.machine, self.login = Naming(login), login.machine, login
        self.kind = KINDS[kind]
        self.pool = NamingPool(login.pool, self.kind.settings)
        self.pool.api.set_user_pool_mfa_config(
            UserPoolId=self.pool.id, SoftwareTokenMfaConfiguration={"Enabled": True}, MfaConfiguration="OPTIONAL"
        )
        self.naming.use(self.pool, self.kind.extra)
        self.users, self.apps, self.number = {}, {}, 0
        self.prefix = {"username": "una", "email": "ema", "capitals": "cap"}[kind]
        self.plain = self.person()
        # One for each way: a code is good once, and the next one comes after half a minute.
        self.coders = {way: self.person() for way in [*WAYS, "password"]}
        for name in (self.plain, *self.coders.values()):
            # Makes the groups known that sudo and keys go by.
            assert self.su(name)[0]
        for name in self.coders.values():
            self.add_app(name)

    def person(self, temporary: bool = False) -> str:
        """Somebody new, by the name they have on this machine."""
        self.number += 1
        name = f"{self.prefix}{self.number}"
        written = self.kind.written.format(name.capitalize() if self.prefix == "cap" else name)
        attributes = {"email_verified": "true"} if "@" in written else {}
        self.users[name] = self.pool.add(written, "engineers", "admins", temporary=temporary, **attributes)
        self.naming.made_known(name)
        return name

    def add_app(self, name: str) -> None:
        client = self.pool.add_client_for_passwords()
        access = self.pool.api.initiate_auth(
            AuthFlow="USER_PASSWORD_AUTH", ClientId=client,
            AuthParameters={"USERNAME": self.users[name], "PASSWORD": PASSWORD},
        )["AuthenticationResult"]["AccessToken"]  # fmt: skip
        app = QuickAuthenticator(self.pool.api.associate_software_token(AccessToken=access)["SecretCode"])
        self.pool.api.verify_software_token(AccessToken=access, UserCode=app.next_code())
        self.pool.api.set_user_mfa_preference(
            AccessToken=access, SoftwareTokenMfaSettings={"Enabled": True, "PreferredMfa": True}
        )
        self.apps[name] = app

    def dialogue(self, name: str, prompt: str, password: str) -> list:
        app = self.apps.get(name)
        return [(prompt, password)] + ([(CODE, app.next_code)] if app and password == PASSWORD else [])

    # Ways: each returns (whether the person is in, what was shown)

    def ssh(self, name: str, password: str = PASSWORD) -> tuple:
        return self.talk(self.machine.ssh(name, "id", "-un"), name, "[Pp]assword: ", password)

    def su(self, name: str, password: str = PASSWORD) -> tuple:
        child = terminal.spawn(*self.machine.as_person(LOCAL, "su", "-", "-c", "id -un", name))
        return self.talk(child, name, "Password: ", password)

    def console(self, name: str, password: str = PASSWORD) -> tuple:
        child = terminal.spawn("login", "-h", "127.0.0.9")
        terminal.answer(child, [("login: ", name)])
        if child.expect(["(?=Password: )", "Login incorrect", "isn't available now"]):
            child.close(force=True)
            return False, str(child.before)
        try:
            shown = terminal.answer(child, self.dialogue(name, "Password: ", password))
            at = child.expect([r"\$ ", "Login incorrect", "isn't available now", terminal.pexpect.EOF])
        except terminal.Refused as problem:
            child.close(force=True)
            return False, str(problem)
        if at:
            child.close(force=True)
            return False, shown + str(child.before)
        child.sendline("id -un; exit")
        rest, _ = terminal.finish(child)
        return name in rest.split(), shown + rest

    def sudo(self, name: str, password: str = PASSWORD) -> tuple:
        child = terminal.spawn(*self.machine.as_person(name, "sudo", "-k", "id", "-u"))
        return self.talk(child, name, f"password for {name}: ", password, expected="0")

    def sudo_from_a_pipe(self, name: str, password: str = PASSWORD) -> tuple:
        typed = "\n".join([password] + [app.next_code() for app in [self.apps.get(name)] if app]) + "\n"
        done = run(*self.machine.as_person(name, "sudo", "-S", "-k", "id", "-u"), input=typed)
        return (done.returncode, done.stdout.strip()) == (0, "0"), done.stdout + done.stderr

    def sudo_as_at_a_login(self, name: str, password: str = PASSWORD) -> tuple:
        child = terminal.spawn(*self.machine.as_person(name, "sudo", "-k", "-i", "id", "-u"))
        return self.talk(child, name, f"password for {name}: ", password, expected="0")

    def locker(self, name: str, password: str = PASSWORD) -> tuple:
        self.login.locker_service()
        child = terminal.spawn(*self.machine.as_person(name, "pamtester", "locker", name, "authenticate", "acct_mgmt"))
        is_in, shown = self.talk(child, name, "Password: ", password, expected=None)
        return is_in and "successfully authenticated" in shown, shown

    def talk(self, child, name: str, prompt: str, password: str, expected: str | None = "") -> tuple:
        try:
            shown = terminal.answer(child, self.dialogue(name, prompt, password))
            if expected == "0" and password == WRONG:
                # sudo asks again, and would go on asking.
                child.expect("Sorry, try again")
                child.close(force=True)
                return False, shown
        except terminal.Refused as problem:
            child.close(force=True)
            return False, str(problem)
        rest, status = terminal.finish(child)
        last = rest.split()[-1:]
        return status == 0 and (expected is None or last == [expected or name]), shown + rest


@pytest.fixture(scope="module", params=KINDS)
def house(login, request):
    house = House(login, request.param)
    yield house
    house.naming.clear()
    login.configure()
    login.restart_daemon()


@pytest.mark.parametrize("way", WAYS)
def test_the_right_password_lets_in_and_a_wrong_one_does_not(house, way):
    is_in, shown = getattr(house, way)(house.plain, WRONG)
    assert not is_in, shown
    is_in, shown = getattr(house, way)(house.plain)
    assert is_in, shown


@pytest.mark.parametrize("way", WAYS)
def test_a_code_is_asked_for_where_the_account_has_one(house, way):
    is_in, shown = getattr(house, way)(house.coders[way])
    assert is_in, shown


def test_a_key_goes_by_the_account_alone(house):
    assert house.login.ssh_by_key(house.plain, "id -un") == (0, house.plain)
    admin("lock", house.plain)
    assert house.login.ssh_by_key(house.plain, "id -un")[0] != 0
    admin("unlock", house.plain)


def test_the_password_method_of_ssh_signs_in_with_a_password_and_never_past_a_code(house):
    """It answers each hidden prompt with the one text that it has, and shows no others."""

    def by_password(name: str) -> bool:
        child = terminal.spawn(
            "ssh", "-p", house.machine.ssh_port, "-o", f"UserKnownHostsFile={house.machine.known_hosts}",
            "-o", "PreferredAuthentications=password", "-o", "NumberOfPasswordPrompts=1", f"{name}@127.0.0.1", "id -un",
        )  # fmt: skip
        terminal.answer(child, [("[Pp]assword: ", PASSWORD)])
        shown, status = terminal.finish(child)
        return status == 0 and name in shown.split()

    assert by_password(house.plain)
    assert not by_password(house.coders["password"])


@pytest.mark.parametrize("way", ["ssh", "su", "console"])
def test_a_temporary_password_is_changed_on_the_way_in(house, way):
    name = house.person(temporary=True)
    child = {
        "ssh": lambda: house.machine.ssh(name, "id", "-un"),
        "su": lambda: terminal.spawn(*house.machine.as_person(LOCAL, "su", "-", "-c", "id -un", name)),
        "console": lambda: terminal.spawn("login", "-h", "127.0.0.9"),
    }[way]()
    first = [("login: ", name)] if way == "console" else []
    terminal.answer(child, [*first, ("[Pp]assword: ", PASSWORD), ("New .*password: ", CHOSEN), ("Retype", CHOSEN)])
    if way == "console":
        child.expect(r"\$ ")
        child.sendline("id -un; exit")
    shown, _ = terminal.finish(child)
    assert name in shown.split(), shown
    assert not house.su(name)[0]
    assert house.su(name, CHOSEN)[0]


def test_passwd_changes_the_password_of_the_pool_and_no_other_name_is_needed(house):
    name = house.person()
    assert house.su(name)[0]
    child = terminal.spawn(*house.machine.as_person(name, "passwd"))
    terminal.answer(child, [("[Cc]urrent.*password: ", PASSWORD), ("New .*password: ", CHOSEN), ("Retype", CHOSEN)])
    shown, status = terminal.finish(child)
    assert status == 0, shown
    assert house.su(name, CHOSEN)[0]


def test_chsh_changes_nothing_for_people_of_the_pool(house):
    before = house.machine.account(house.plain)
    child = terminal.spawn(*house.machine.as_person(house.plain, "chsh", "-s", "/bin/sh"))
    if child.expect(["Password: ", terminal.pexpect.EOF]) == 0:
        child.sendline(PASSWORD)
    shown, status = terminal.finish(child)
    assert status != 0, shown
    assert house.machine.account(house.plain) == before
    assert house.plain not in run("cat", "/etc/passwd").stdout


@pytest.mark.parametrize("way", WAYS)
def test_without_the_writer_who_is_known_comes_in(house, way):
    house.machine.writer.stop()
    try:
        is_in, shown = getattr(house, way)(house.plain)
        assert is_in, shown
    finally:
        house.machine.start_writer()
        wait_until(lambda: accepts_unix(WRITER), 5, "the writer")


@pytest.mark.parametrize("way", [*WAYS, "key"])
def test_without_the_daemon_nobody_of_the_pool_comes_in_and_root_and_local_people_do(house, way):
    house.machine.daemon.stop()
    try:
        start = time.monotonic()
        if way == "key":
            assert house.login.ssh_by_key(house.plain, "id -un")[0] != 0
        else:
            is_in, shown = getattr(house, way)(house.plain)
            assert not is_in, shown
        # No daemon is said at once; the rest is PAM's own delay after a failure, three times for sudo.
        assert time.monotonic() - start < 25
        assert run("su", "-", "-c", "id -un", LOCAL).stdout.split() == [LOCAL]
    finally:
        house.machine.start_daemon()
