"""Packages on a machine in use, one step after the other: a later version, removal, once more, purge, what is left."""

import os
import re
import stat
import subprocess
from pathlib import Path

import pytest
from box import STATE, Box
from conftest import LOCAL
from local_users import by_su, get_in
from person import SSH, dialogue, feeds, ssh
from rig.terminal import finish, spawn

APT = "DEBIAN_FRONTEND=noninteractive apt-get -qy --no-install-recommends"
UNITS = ("cognito-logind.service", "cognito-userdb.service", "cognito-pool.service")
ALL = "./cognito-login_*.deb ./libpam-cognito_*.deb ./cognito-pool_*.deb"
LATER = "+later1"
CONFIGURATION, PROFILES = "/etc/cognito-login/cognito-login.conf", "/etc/cognito-login/profiles.conf"


@pytest.fixture(scope="module")
def later(debs, tmp_path_factory) -> list:
    """The same packages, a version later."""
    folder = tmp_path_factory.mktemp("later")
    made = []
    for deb in debs.glob("*.deb"):
        tree = folder / deb.stem
        subprocess.run(["dpkg-deb", "--raw-extract", deb, tree], check=True)
        control = tree / "DEBIAN" / "control"
        lines = control.read_text().splitlines()
        (version,) = [line.split()[1] for line in lines if line.startswith("Version: ")]
        control.write_text("\n".join(lines).replace(version, version + LATER) + "\n")
        made.append(folder / deb.name)
        subprocess.run(["dpkg-deb", "-Zzstd", "-z1", "--build", tree, made[-1]], check=True, stdout=subprocess.DEVNULL)
    return made


@pytest.fixture(scope="module")
def key(machine, tmp_path_factory) -> Path:
    """A key that lets ben in over ssh."""
    path = tmp_path_factory.mktemp("key") / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", path], check=True)
    ssh(machine.people["ben"]).exit()
    machine.box.run("runuser", "-u", "ben", "--", "sh", "-c", "mkdir -m 700 ~/.ssh; cat >~/.ssh/authorized_keys",
                    input=path.with_suffix(".pub").read_text(), check=True)  # fmt: skip
    return path


def by_key(key: Path, *command) -> tuple:
    words = ["ssh", "-o", "PreferredAuthentications=publickey", *SSH[1:], "-i", str(key), "ben@127.0.0.1", *command]
    return finish(spawn(*words, env={"PATH": "/usr/bin:/bin", "HOME": "/nonexistent"}))


def test_finding_3_a_later_version_replaces_the_programs_that_run_and_keeps_sessions(machine, later):
    """The old daemon ran on, deleted, until the next reboot."""
    box, ada = machine.box, machine.people["ada"]
    shell = ssh(ada)
    feeds(shell)
    before = {unit: box.unit(unit)["MainPID"] for unit in UNITS}
    assert "0" not in before.values()
    box.shell("rm *.deb")
    for deb in later:
        box.put(deb, f"/srv/{deb.name}")

    upgrade = subprocess.Popen(box.command("bash", "-c", f"{APT} install {ALL}"), stdin=subprocess.DEVNULL,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip
    by_su(box)
    while upgrade.poll() is None:
        by_su(box)  # and never with an error
    assert upgrade.returncode == 0
    for unit in UNITS:
        after = box.unit(unit)["MainPID"]
        assert after not in ("0", before[unit]), unit
        assert (
            box.shell(f"readlink /proc/{after}/exe").startswith("/usr/") and box.unit(unit)["NeedDaemonReload"] == "no"
        )
    assert "(deleted)" not in box.shell("readlink /proc/[0-9]*/exe || true")
    versions = box.shell("dpkg-query -f '${Version}\\n' -W cognito-login libpam-cognito cognito-pool").split()
    assert all(version.endswith(LATER) for version in versions), versions

    # Who is logged in stays so, and is judged by the new daemon.
    feeds(shell)
    code, reply = shell.ask("sudo -k id -un", dialogue(ada))
    assert (code, reply.split()[-1]) == (0, "root")
    shell.exit()
    shell = ssh(machine.people["grace"])
    feeds(shell)
    shell.exit()
    get_in(box)


def test_finding_5_removal_leaves_no_way_in_and_ends_nobodys_work(machine, key):
    """Records stayed, and with them access by key, without the policy."""
    box, ben = machine.box, machine.people["ben"]
    uid = box.shell("id -u ben").strip()
    assert by_key(key, "id", "-un")[0].strip() == "ben"
    shell = ssh(ben)
    box.shell(f"{APT} remove libpam-cognito cognito-login", seconds=120)
    assert shell.run("id -u") == (0, uid)
    shell.exit()
    assert by_key(key, "id", "-un")[1] == 255
    assert box.run("getent", "passwd", "ben").returncode == 2
    assert box.run("pgrep", "cognito-(logind|userdb)").stdout == ""
    assert box.shell("ls /run/userdb") == "" and box.run("grep", "-r", "cognito", "/etc/pam.d").stdout == ""
    get_in(box)

    box.shell(f"{APT} install {ALL}", seconds=120)
    assert box.shell("id -u ben").strip() == uid
    assert by_key(key, "id", "-un")[0].strip() == "ben"
    shell = ssh(ben)
    feeds(shell)
    shell.exit()


def test_purge_leaves_the_machine_as_it_was_but_for_what_the_documents_say(machine):
    box = machine.box
    box.shell(f"{APT} purge libpam-cognito cognito-login cognito-pool; {APT} autoremove --purge", seconds=120)
    get_in(box)
    state = "/var/lib/cognito-login"
    databases = {f"{state}/{name}.sqlite{suffix}" for name in ("accounts", "attempts") for suffix in ("", "-journal")}
    uids = {state, *databases, f"{state}/lock", "/var/lib/cognito-userdb", "/var/lib/cognito-userdb/ids"}
    administrators = {"/etc/cognito-login", CONFIGURATION, PROFILES, "/etc/gitconfig"}
    assert left(box) == uids | administrators | {"/home/ada", "/home/ben", "/home/grace"}
    # The daemon's own user and group, and the group that sshd's lines are for: ids are never given to others.
    for file, names in {"passwd": {"cognito-login"}, "group": {"cognito-login", "cognito-login-users"}}.items():
        before, after = (set((root / "etc" / file).read_text().splitlines()) for root in (STATE / "tree", box.root))
        assert {line.split(":")[0] for line in after - before} == {*names, LOCAL}


# What each boot and others' packages change, what the tests brought, and what is below a home.
ELSEWHERE = re.compile(
    "/etc/(group|gshadow|passwd|shadow|subgid|subuid)-?$|/etc/(ca-certificates|ld.so.cache|machine-id|nsswitch.conf|ssl/)"
    "|/home/lovelace|/home/[a-z]*/|/usr/bin/fed|/usr/local/share/ca-certificates"
    "|/var/(cache|lib/(apt|dbus|dpkg|systemd)|log|tmp)/"
)


def left(box: Box) -> set:
    """Paths that are other than on a machine which never had our packages."""
    before, after = files(STATE / "tree"), files(box.root)
    lists = [listing.read_text() for listing in box.path("/var/lib/dpkg/info").glob("*.list")]
    others = before.keys() | after.keys() - set("".join(lists).splitlines())
    return {path for path in others if before.get(path) != after.get(path) and not ELSEWHERE.match(path)}


def files(root: Path) -> dict:
    """Each path below /etc, /home, /opt, /usr and /var, and what it is."""
    found = {}
    for top in ("etc", "home", "opt", "usr", "var"):
        for folder, names, others in os.walk(root / top):
            inside = "/" + os.path.relpath(folder, root)
            for name in [*names, *others]:
                path, status = Path(folder, name), os.lstat(Path(folder, name))
                content = path.read_bytes() if stat.S_ISREG(status.st_mode) and top == "etc" else b""
                found[f"{inside}/{name}"] = (status.st_mode, status.st_uid, status.st_gid, content)
    return found
