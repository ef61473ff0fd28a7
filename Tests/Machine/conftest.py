"""The machines under test: Debian from its packages, ours by `apt install`, set up as the documents say."""

import copy
import os
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from botocore.exceptions import BotoCoreError
from box import AT_HAND, MEASURED, ROOT, RUN, Box, measured
from person import FED
from readme import blocks, commands
from rig.pool import Person, Pool
from rig.processes import wait_until
from rig.totp import QuickAuthenticator

PACKAGES = ("cognito-login", "libpam-cognito", "cognito-pool")


@pytest.fixture(scope="session")
def debs(tmp_path_factory) -> Path:
    """A folder with our packages, built from the programs of `make build` (or COGNITO_LOGIN_BIN)."""
    folder = tmp_path_factory.mktemp("debs")
    programs = os.environ.get("COGNITO_LOGIN_BIN", str(ROOT / ".build" / "release"))
    # Quickly rather than small.
    quickly = {
        "DEB_BUILD_OPTIONS": "noautodbgsym",
        "DPKG_DEB_COMPRESSOR_TYPE": "zstd",
        "DPKG_DEB_COMPRESSOR_LEVEL": "1",
    }
    built = subprocess.run([ROOT / "packaging" / "build-deb", folder], capture_output=True, text=True,
                           env={**os.environ, **quickly, "PROGRAMS": programs})  # fmt: skip
    assert built.returncode == 0, (built.stdout + built.stderr)[-2000:]
    return folder


class BoxPool(Pool):
    """cognito-pool on the machine itself, run by its package's unit; boto3 reaches it over the shared loopback."""

    def __init__(self, box: Box):
        self.box, self.port = box, 9229
        self.announcement = {
            "endpoint": "http://127.0.0.1:9229",
            "issuer": "",
            "user_pool_id": "local_",
            "client_id": "",
        }

    def start(self) -> "BoxPool":
        self.box.shell("systemctl enable -q --now cognito-pool.service")
        wait_until(self._answers, 60, "the pool")
        admin = self.client()
        pool = admin.list_user_pools(MaxResults=1)["UserPools"][0]["Id"]
        client = admin.list_user_pool_clients(UserPoolId=pool)["UserPoolClients"][0]["ClientId"]
        self.announcement |= {"user_pool_id": pool, "client_id": client, "issuer": f"{self.endpoint}/{pool}"}
        return self

    def _answers(self) -> bool:
        try:
            self.client().list_user_pools(MaxResults=1)
        except BotoCoreError:
            return False
        return True

    def stop(self) -> None:
        self.box.run("systemctl", "stop", "cognito-pool")

    def add_authenticator(self, person: Person) -> None:
        super().add_authenticator(person)
        person.authenticator.__class__ = QuickAuthenticator


@dataclass
class Machine:
    """A box with our packages, a pool, and people: ada, grace, hedy and joan (authenticator, engineers, admins),
    ben (engineers), dora (no group that may log in); lovelace is local. README makes ada known, the others are made so
    too."""

    box: Box
    pool: BoxPool
    people: dict[str, Person] = field(default_factory=dict)


LOCAL, LOCAL_PASSWORD = "lovelace", "a local password"
ROOT_PASSWORD = "root's own password"
WITH_TOTP = ("ada", "grace", "hedy", "joan")
PASSWORDS = {
    "ada": "Analytical-Engine-1843",
    "ben": "Difference-Engine-1822",
    "dora": "Bombe-at-Bletchley-1940",
    "grace": "Compiler-from-Arlington-1952",
    "hedy": "Frequency-Hopping-1942",
    "joan": "Cryptanalysis-Hut-8-1940",
}


def prepare(box: Box, debs: Path) -> None:
    """What the administrator has at hand: packages, an account from before, and what tells whether git is fed."""
    for deb in debs.glob("*.deb"):
        box.put(deb, f"{AT_HAND}/{deb.name}")
    box.shell(f"useradd -m -s /bin/bash {LOCAL}")
    box.run("chpasswd", input=f"{LOCAL}:{LOCAL_PASSWORD}\nroot:{ROOT_PASSWORD}\n", check=True)
    box.write("/usr/bin/fed", FED, 0o755)
    box.shell("systemctl reset-failed || true")


def set_up(box: Box, pool: BoxPool, extra: str = "") -> list:
    """Follows the README, section "Set up a machine", to the letter. Returns the commands that were typed."""
    typed, configuration, profile, git = blocks("README.md", "Set up a machine")
    lines = [*commands(typed), *commands(git)]
    settings = f"user_pool_id = {pool.id}\nclient_id = {pool.client_id}\nendpoint = {pool.endpoint}\n"
    for line in lines:
        if line.startswith("sudoedit "):
            box.write(line.split()[1], with_pool(configuration, settings) + extra)
            box.write("/etc/cognito-login/profiles.conf", with_pool(profile, settings))
        else:
            box.shell(line.replace("sudo ", "").replace("apt install", "apt-get -qy install"),
                      environment={"DEBIAN_FRONTEND": "noninteractive"}, seconds=180)  # fmt: skip
    return lines


def with_pool(document: str, settings: str) -> str:
    """The document's example with the real pool in place of the example's."""
    kept = [line for line in document.splitlines()
            if line.split("=")[0].strip() not in ("user_pool_id", "client_id", "region")]  # fmt: skip
    head = next(index for index, line in enumerate(kept) if line.startswith("["))
    return "\n".join([*kept[: head + 1], settings.strip(), *kept[head + 1 :]]) + "\n"


# For the table at the end of the run.
SET_UP, LOGIN, CLONE = "apt install and set-up by the README", "first ssh login, password and code", "git clone in it"
COMMANDS = []


def pytest_terminal_summary(terminalreporter) -> None:
    if not MEASURED.keys() >= {SET_UP, LOGIN, CLONE}:
        return
    commands = {SET_UP: len(COMMANDS), LOGIN: 1, CLONE: 1}
    rows = [(what, commands.get(what, ""), seconds) for what, seconds in MEASURED.items()]
    rows.append(("from apt install to a clone over ssh", sum(commands.values()), sum(map(MEASURED.get, commands))))
    terminalreporter.section("Debian 12 in systemd-nspawn, with our packages")
    terminalreporter.write_line(f"{'':40} {'commands typed':>15} {'seconds':>8}")
    for what, typed, seconds in rows:
        terminalreporter.write_line(f"{what:40} {typed:>15} {seconds:>8.2f}")


@dataclass(frozen=True)
class Installed:
    disk: Path
    people: dict
    typed: list  # the commands of the README

    def fresh_people(self) -> dict:
        """Each machine's pool remembers the codes that were used when the disk was frozen, and no later ones."""
        return copy.deepcopy(self.people)


@pytest.fixture(scope="session")
def installed(debs) -> Installed:
    """A frozen disk on which README's set-up has been done, with the pool and its people: made once a run."""
    target = RUN / "installed"
    box = Box().boot()
    try:
        prepare(box, debs)
        box.shell("apt-get -qy install ./cognito-pool_*.deb", seconds=180)
        pool = BoxPool(box).start()
        accounts = people(pool)
        typed = measured(SET_UP, lambda: set_up(box, pool))
        COMMANDS.extend(typed)
        for name in accounts:
            box.shell(f"cognito admin login add {name}")
        yield Installed(box.freeze(target), accounts, typed)
    finally:
        box.throw_away()


def people(pool: BoxPool) -> dict:
    """Several have an authenticator, because each takes 30 seconds to have another code."""
    groups = {"ben": ["engineers"], "dora": []} | {name: ["engineers", "admins"] for name in WITH_TOTP}
    return {name: pool.add_person(name, PASSWORDS[name], groups[name], with_totp=name in WITH_TOTP) for name in groups}


@pytest.fixture(scope="module")
def machine(installed) -> Machine:
    """The machine of one file of tests: booted from the set-up disk."""
    with Box([installed.disk]) as box:
        pool = BoxPool(box)
        pool.start()
        yield Machine(box, pool, installed.fresh_people())
