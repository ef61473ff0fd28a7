"""The packages as a maintainer of Debian and an administrator's preseed meet them: lintian, debconf, DEP-8, AppArmor,
upgrades, removal and purge, and what lies in the way."""

import json
import subprocess

import pytest
from box import ROOT, Box
from conftest import prepare

APT = "DEBIAN_FRONTEND=noninteractive apt-get -qy"
INSTALL = f"{APT} install ./cognito-login_*.deb ./libpam-cognito_*.deb"
CONFIGURATION = "/etc/cognito-login/cognito-login.conf"
DROP_IN = "/etc/ssh/sshd_config.d/50-cognito-login.conf"
STATE = "/var/lib/cognito-login"
POOL = "[pool]\nuser_pool_id = local_Machine01\nclient_id = machineclient\nendpoint = http://127.0.0.1:9229\n"
LOGIN = "[login]\nallow_groups = staff\n"


@pytest.fixture
def bare(debs):
    """A machine with a local account, and our packages at hand but not installed."""
    with Box() as box:
        prepare(box, debs)
        yield box


def preseed(box: Box, **answers) -> None:
    lines = "".join(f"libpam-cognito libpam-cognito/{name} string {value}\n" for name, value in answers.items())
    box.run("debconf-set-selections", input=lines, check=True)


def sshd_was_told(box: Box) -> int:
    """How often the running sshd was told to read its configuration again."""
    return sum("SIGHUP" in line for line in box.journal("ssh.service"))


def test_lintian_has_nothing_to_say(debs, tmp_path):
    packages = []
    for deb in debs.glob("*.deb"):
        if "-dbgsym" not in deb.name:
            # Debian 12's lintian can't read zstd, by which packages are packed quickly for tests.
            subprocess.run(["dpkg-deb", "--raw-extract", deb, tmp_path / deb.stem], check=True)
            subprocess.run(["dpkg-deb", "--root-owner-group", "-Zgzip", "-z1", "--build", tmp_path / deb.stem,
                            tmp_path / deb.name], check=True, stdout=subprocess.DEVNULL)  # fmt: skip
            packages.append(tmp_path / deb.name)
    assert packages
    said = subprocess.run(["lintian", "--allow-root", "--pedantic", "--display-info", *packages],
                          capture_output=True, text=True).stdout  # fmt: skip
    assert [line for line in said.splitlines() if not line.startswith("N:")] == []


def test_the_profiles_for_apparmor_are_well_formed():
    profiles = sorted((ROOT / "packaging" / "apparmor").iterdir())
    assert profiles
    subprocess.run(["apparmor_parser", "--skip-kernel-load", "--skip-cache", *profiles], check=True)


def test_the_packages_own_tests_log_in(bare):
    """As autopkgtest runs them: debian/tests/login on a machine with the packages that it asks for."""
    bare.shell(f"{INSTALL} ./cognito-pool_*.deb", seconds=180)
    bare.put(ROOT / "packaging" / "debian" / "tests" / "login", "/opt/login")
    ran = bare.run("/opt/login", seconds=120)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_answers_given_before_become_the_configuration_and_the_administrators_file_is_theirs(bare):
    preseed(
        bare,
        user_pool_id="local_Machine01",
        client_id="machineclient",
        region="eu-west-1",
        allow_groups="staff, admins",
    )
    bare.shell(INSTALL, seconds=180)
    written = bare.shell(f"cat {CONFIGURATION}")
    assert written.split("\n", 1)[1] == (
        "[pool]\nuser_pool_id = local_Machine01\nclient_id = machineclient\nregion = eu-west-1\n"
        "\n[login]\nallow_groups = staff, admins\n"
    )
    assert bare.unit("cognito-logind.service")["ActiveState"] == "active"

    # Other answers make another file, as long as nobody edited it.
    preseed(bare, allow_groups="staff")
    bare.shell(f"{APT} install --reinstall ./libpam-cognito_*.deb", seconds=180)
    assert "allow_groups = staff\n" in bare.shell(f"cat {CONFIGURATION}")
    bare.shell(f"echo '# mine' >>{CONFIGURATION}")
    mine = bare.shell(f"cat {CONFIGURATION}")
    preseed(bare, allow_groups="everybody")
    bare.shell(f"{APT} install --reinstall ./libpam-cognito_*.deb", seconds=180)
    bare.shell("dpkg-reconfigure --frontend=noninteractive libpam-cognito", seconds=180)
    assert bare.shell(f"cat {CONFIGURATION}") == mine


def test_nothing_starts_and_nothing_is_written_without_answers(bare):
    bare.shell(INSTALL, seconds=180)
    assert bare.run("test", "-e", CONFIGURATION).returncode != 0
    assert bare.unit("cognito-logind.service")["ActiveState"] == "inactive"
    assert bare.shell("systemctl list-units --failed --plain --no-legend") == ""


def test_answers_that_are_no_ids_are_not_written(bare):
    preseed(bare, user_pool_id="eu-west-1_A = b", client_id="machineclient", allow_groups="staff")
    bare.shell(INSTALL, seconds=180)
    assert bare.run("test", "-e", CONFIGURATION).returncode != 0


def test_an_upgrade_replaces_the_running_daemon_and_leaves_what_the_administrator_took_away(bare):
    bare.write(CONFIGURATION, POOL + LOGIN)
    bare.shell(INSTALL, seconds=180)
    bare.shell("cognito admin login add ada")
    before = bare.unit("cognito-logind.service")["MainPID"]
    told = sshd_was_told(bare)
    bare.shell(f"rm {DROP_IN}")
    bare.shell(f"{APT} install --reinstall ./libpam-cognito_*.deb", seconds=180)
    after = bare.unit("cognito-logind.service")["MainPID"]
    assert after not in ("0", before)
    assert bare.shell(f"readlink /proc/{after}/exe").strip() == "/usr/libexec/cognito-login/cognito-logind"
    assert bare.unit("cognito-logind.socket")["ActiveState"] == "active"
    assert "ada:x:" in bare.shell("getent passwd ada")
    assert bare.run("test", "-e", DROP_IN).returncode != 0
    assert sshd_was_told(bare) == told, "nothing of sshd's had changed"


def test_removal_and_purge_leave_no_way_in_and_a_new_installation_knows_who_had_which_uid(bare):
    bare.write(CONFIGURATION, POOL + LOGIN)
    bare.shell(INSTALL, seconds=180)
    assert sshd_was_told(bare) == 1
    bare.shell("cognito admin login add ada")
    ada = bare.shell("getent passwd ada")
    foreign = {"userName": "edna", "uid": 45678, "gid": 45678, "disposition": "regular", "service": "another"}
    bare.run("tee", "/run/userdb/edna.user", input=json.dumps(foreign), check=True)

    bare.shell(f"{APT} remove libpam-cognito", seconds=180)
    assert bare.run("getent", "passwd", "ada").returncode != 0
    assert bare.shell("ls /run/userdb").split() == ["edna.user"]
    assert bare.run("grep", "-rl", "pam_cognito", "/etc/pam.d").stdout == ""
    assert bare.run("test", "-e", DROP_IN).returncode != 0
    assert sshd_was_told(bare) == 2
    assert bare.run("pgrep", "cognito").stdout == ""
    assert bare.run("systemctl", "is-active", "cognito-logind.socket").stdout.strip() == "inactive"

    bare.shell(INSTALL, seconds=180)
    assert bare.shell("getent passwd ada") == ada
    assert bare.run("test", "-L", DROP_IN).returncode == 0

    bare.shell(f"{APT} purge libpam-cognito cognito-login", seconds=180)
    elsewhere = " -o ".join(f"-path {path}" for path in ("/proc", "/sys", "/root", "/srv", "/var/cache", "/var/log"))
    left = bare.shell(f"find / -xdev \\( {elsewhere} \\) -prune -o -iname '*cognito*' -print").split()
    # Which uid was whose, the daemon's user's folder, and the administrator's own file: README.Debian says so.
    assert sorted(left) == ["/etc/cognito-login", CONFIGURATION, STATE, "/var/lib/cognito-userdb"]
    assert bare.shell("ls /run/userdb").split() == ["edna.user"]


def test_a_configuration_that_debconf_made_goes_with_the_package(bare):
    preseed(bare, user_pool_id="local_Machine01", client_id="machineclient", allow_groups="staff")
    bare.shell(INSTALL, seconds=180)
    bare.shell(f"{APT} purge libpam-cognito", seconds=180)
    assert bare.run("test", "-e", "/etc/cognito-login").returncode != 0
    assert bare.run("debconf-show", "libpam-cognito").stdout == ""


def test_another_programs_module_of_the_same_name_is_not_overwritten(bare):
    module = bare.shell("ls -d /usr/lib/*/security").strip() + "/pam_cognito.so"
    bare.write(module, "the module of aws/res")
    refused = bare.run("bash", "-c", INSTALL, seconds=180)
    assert refused.returncode != 0 and "another program's PAM module" in refused.stdout + refused.stderr
    assert bare.path(module).read_text() == "the module of aws/res"
    # One that `make install` put there is ours.
    bare.put(ROOT / "pam" / "build" / "pam_cognito.so", module)
    bare.shell(f"{APT} --fix-broken install; {INSTALL}", seconds=180)
