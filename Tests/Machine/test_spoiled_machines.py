"""Machines that other packages, an administrator's own edits, or a half-done installation spoiled for good: local users
and root get in within two seconds, and so do people where they can."""

import os
import subprocess

import pytest
from box import ROOT, Box
from conftest import BoxPool, Machine, prepare, set_up
from local_users import get_in
from person import feeds, ssh
from rig.processes import wait_until

APT = "DEBIAN_FRONTEND=noninteractive apt-get -qy --no-install-recommends"
INSTALL = f"{APT} install ./cognito-login_*.deb ./libpam-cognito_*.deb"


def person_gets_in(person) -> None:
    shell = ssh(person)
    feeds(shell)
    shell.exit()


@pytest.fixture
def spoiled(installed):
    """A machine to be spoiled for good."""
    with Box([installed.disk]) as box:
        yield Machine(box, BoxPool(box).start(), installed.fresh_people())


@pytest.mark.parametrize("package", ["libnss-systemd", "ca-certificates"])
def test_without(spoiled, package):
    box = spoiled.box
    box.shell(f"dpkg --purge --force-depends {package}", seconds=120)
    get_in(box)
    box.reboot()
    spoiled.pool.start()
    get_in(box)
    if package == "libnss-systemd":
        # Nobody of the pool has a name here, until it is back.
        assert box.run("getent", "passwd", "ben").returncode == 2
        box.shell(f"{APT} --fix-broken install", seconds=120)
    person_gets_in(spoiled.people["ben"])


def test_with_nscd(spoiled):
    spoiled.box.shell(f"{APT} install nscd", seconds=120)
    # Twenty seconds of Debian's are too long for a test.
    spoiled.box.shell(
        "sed -i -E 's/(negative-time-to-live\\s+passwd\\s+).*/\\12/' /etc/nscd.conf; systemctl restart nscd"
    )
    get_in(spoiled.box)
    # A "no such user" that nscd remembers ends when a person is made known.
    assert spoiled.box.run("getent", "passwd", "edna").returncode != 0
    person = spoiled.pool.add_person("edna", "Radio-Telescope-1951", ["engineers"])
    spoiled.box.shell("cognito admin login add edna")
    wait_until(lambda: "edna:x:" in spoiled.box.run("getent", "passwd", "edna").stdout, 30, "nscd to know edna")
    ssh(person).exit()


def test_with_sssd(spoiled):
    spoiled.box.shell(f"{APT} install sssd-common libnss-sss libpam-sss", seconds=180)
    spoiled.box.write("/etc/sssd/sssd.conf", "[sssd]\nservices = nss, pam\ndomains = files\n"
                      "[domain/files]\nid_provider = files\n", 0o600)  # fmt: skip
    spoiled.box.run("systemctl", "restart", "sssd")
    get_in(spoiled.box)
    person_gets_in(spoiled.people["ben"])


def test_an_apt_that_was_killed_half_way_where_the_administrator_edited_pam(debs):
    with Box() as box:
        prepare(box, debs)
        edited = box.path("/etc/pam.d/common-auth")
        first, last = "auth optional pam_faildelay.so delay=100000\n", "auth optional pam_exec.so quiet /bin/true\n"
        edited.write_text(first + edited.read_text() + last)
        before = edited.read_text()

        # Once while files are unpacked, once while our module is put into PAM.
        unpacked = box.path("/usr/libexec/cognito-login/cognito-logind")
        killed(box, INSTALL, unpacked.exists)
        get_in(box)
        killed(box, "dpkg --configure -a", lambda: "pam_cognito" in edited.read_text())
        get_in(box)
        box.shell(f"dpkg --configure -a; {APT} --fix-broken install", seconds=120)
        box.shell(f"{INSTALL} ./cognito-pool_*.deb", seconds=120)
        assert box.run("dpkg", "--audit").stdout == ""

        pool = BoxPool(box).start()
        ben = pool.add_person("ben", "Difference-Engine-1822", ["engineers"])
        set_up(box, pool)
        box.shell("cognito admin login add ben")
        get_in(box)
        person_gets_in(ben)
        box.shell(f"{APT} purge libpam-cognito cognito-login", seconds=120)
        get_in(box)
        assert edited.read_text() == before


def killed(box: Box, command: str, reached) -> None:
    """Runs a command until something is the case, or to its end, and kills it and what it started: power was lost."""
    child = subprocess.Popen(box.command("bash", "-c", command), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                             stderr=subprocess.DEVNULL)  # fmt: skip
    wait_until(lambda: reached() or child.poll() is not None, 60, "the moment to kill it")
    box.run("pkill", "-KILL", "^(apt|dpkg|frontend|pam-auth|libpam|perl)")
    child.wait()


def test_an_installation_over_make_install(debs):
    with Box() as box:
        prepare(box, debs)
        programs = os.environ.get("COGNITO_LOGIN_BIN", str(ROOT / ".build" / "release"))
        subprocess.run(["make", "-s", "install", f"DESTDIR={box.root}", f"RELEASE={programs}"], cwd=ROOT, check=True,
                       stdout=subprocess.DEVNULL)  # fmt: skip
        box.shell("systemd-sysusers; systemd-tmpfiles --create; systemctl daemon-reload; pam-auth-update --package",
                  environment={"DEBIAN_FRONTEND": "noninteractive"})  # fmt: skip
        box.shell(f"{APT} install ./cognito-pool_*.deb", seconds=180)
        pool = BoxPool(box).start()
        machine = Machine(box, pool, {"ben": pool.add_person("ben", "Difference-Engine-1822", ["engineers"])})
        set_up(box, pool)
        box.shell("cognito admin login add ben")
        get_in(machine.box)
        person_gets_in(machine.people["ben"])
