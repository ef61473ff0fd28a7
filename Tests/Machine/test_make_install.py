"""A machine without our packages: `make install`, as docs/administrator.md says, and `make uninstall`."""

import os
import subprocess

import pytest
from box import ROOT, Box
from conftest import LOCAL, LOCAL_PASSWORD, PASSWORDS, BoxPool, people
from person import PASSWORD, ssh, ssh_as
from readme import blocks, commands
from rig.pool import Person
from rig.terminal import answer, finish, spawn

DEPENDENCIES = "ca-certificates libcurl4 libnss-systemd libsecret-1-0 libsqlite3-0"
KEPT = {
    "/etc/cognito-login",
    "/etc/cognito-login/cognito-login.conf",
    "/var/lib/cognito-login",
    "/var/lib/cognito-pool",
    "/var/lib/cognito-userdb",
    "/var/lib/private/cognito-pool",
}


@pytest.fixture
def bare():
    with Box() as box:
        box.shell(f"useradd -m -s /bin/bash {LOCAL} && echo '{LOCAL}:{LOCAL_PASSWORD}' | chpasswd")
        box.shell(f"DEBIAN_FRONTEND=noninteractive apt-get -qy install {DEPENDENCIES}", seconds=120)
        yield box


def make(box: Box, target: str) -> None:
    """There is no compiler in the box: what make copies, it copies from out here."""
    programs = os.environ.get("COGNITO_LOGIN_BIN", str(ROOT / ".build" / "release"))
    subprocess.run(["make", "-s", target, f"DESTDIR={box.root}", f"RELEASE={programs}"], cwd=ROOT, check=True,
                   stdout=subprocess.DEVNULL)  # fmt: skip


def files(box: Box) -> set:
    places = "/etc /usr /var/lib /run/userdb"
    found = box.run("bash", "-c", f"find {places} -iname '*cognito*' -o -lname '*cognito*' -o -path '/run/userdb/*'")
    return set(found.stdout.split())


def state_of_pam(box: Box) -> str:
    return box.shell("cat /etc/pam.d/common-*; sshd -T -C user=lovelace,host=x,addr=127.0.0.1")


def test_what_make_installs_signs_people_in_and_leaves_when_it_is_told_to(bare):
    before, pam = files(bare), state_of_pam(bare)
    make(bare, "install")
    done, *rest = commands(blocks("docs/administrator.md", "Without packages")[0])
    assert (done, rest[0]) == ("make build", "sudo make install")
    for line in rest[1:]:
        bare.shell(line.replace("sudo ", ""))
    pool = BoxPool(bare).start()
    people(pool)
    bare.write(
        "/etc/cognito-login/cognito-login.conf",
        f"[pool]\nuser_pool_id = {pool.id}\nclient_id = {pool.client_id}\nendpoint = {pool.endpoint}\n"
        "[login]\nallow_groups = engineers\ngroup_map = engineers:adm\n",
    )
    bare.shell("systemctl enable -q --now cognito-logind.socket cognito-logind.service; systemctl reload ssh")
    bare.shell("cognito admin login add ben")
    ben = Person("ben", PASSWORDS["ben"])
    shell = ssh(ben)
    assert "adm" in shell.run("id -nG")[1].split()
    shell.exit()

    # Take it out of force, while it lies there, then the files.
    for name in ("stand-down", "withdraw-records"):
        bare.put(ROOT / "packaging" / name, f"/opt/packaging/{name}")
    for unit in (ROOT / "packaging" / "systemd").iterdir():
        bare.put(unit, f"/opt/packaging/systemd/{unit.name}")
    bare.shell("chmod +x /opt/packaging/stand-down /opt/packaging/withdraw-records && /opt/packaging/stand-down")
    make(bare, "uninstall")
    bare.shell("rm -r /opt/packaging; systemctl daemon-reload")
    assert bare.run("getent", "passwd", "ben").returncode != 0
    assert files(bare) - before == KEPT
    assert state_of_pam(bare) == pam
    assert bare.shell("systemctl list-units --all --plain --no-legend 'cognito*'") == ""
    child = spawn(*bare.command("runuser", "-u", "nobody", "--", "su", LOCAL, "-c", "true"))
    answer(child, [(PASSWORD, LOCAL_PASSWORD)])
    assert finish(child)[1] == 0
    # sshd asks nobody by a conversation any more.
    ssh_as("ben").expect(r"Permission denied \(publickey,password\)")

    # Records don't come back when it is put in place again, before the daemon has spoken.
    make(bare, "install")
    bare.shell("systemctl daemon-reload; systemctl start cognito-userdb.service")
    assert bare.run("getent", "passwd", "ben").returncode != 0
