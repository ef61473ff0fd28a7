"""What is installed beside the programs: units, users, folders, PAM profiles, manual pages."""

import re
import shutil
from pathlib import Path

import pytest
from rig import terminal
from rig.people import LOCAL, LOCAL_PASSWORD, ROOT_PASSWORD
from rig.processes import Server, accepts_unix, run, wait_until
from rig.programs import ROOT

pytestmark = pytest.mark.usefixtures("sandboxed", "login")
MODULE = next(iter(Path("/usr/lib").glob("*/security/pam_unix.so"))).with_name("pam_cognito.so")
UNITS = Path("/usr/lib/systemd/system")
EXAMPLES = Path("/usr/share/doc/cognito-login/examples")


def stack(group: str) -> list:
    """The modules of /etc/pam.d/common-GROUP with their controls, in order."""
    lines = (line.split("#")[0].strip() for line in Path(f"/etc/pam.d/common-{group}").read_text().splitlines())
    return [re.sub(r"\s+", " ", line) for line in lines if line]


def position(group: str, module: str) -> int:
    return next(index for index, line in enumerate(stack(group)) if module in line)


@pytest.mark.parametrize("group", ["auth", "account"])
def test_our_module_comes_before_pam_unix_and_is_not_asked_for_local_users(group):
    assert position(group, "pam_localuser.so") == position(group, "pam_cognito.so") - 1
    assert position(group, "pam_cognito.so") < position(group, "pam_unix.so")


def test_passwords_of_local_users_come_first_so_that_pam_unix_asks_itself():
    assert position("password", "pam_unix.so") < position("password", "pam_cognito.so")
    assert "use_authtok" not in stack("password")[position("password", "pam_unix.so")]


def test_homes_are_made_for_our_people_only():
    index = position("session", "pam_cognito.so")
    assert "ignore=1" in stack("session")[index] and "pam_mkhomedir.so" in stack("session")[index + 1]
    # A local account whose home is missing on purpose gets none.
    run("useradd", "--no-create-home", "--home-dir", "/home/homeless", "homeless")
    terminal.finish(terminal.spawn("su", "-c", "true", "homeless"))
    assert not Path("/home/homeless").exists()


def test_a_module_that_is_gone_locks_nobody_out(login):
    """authd #1171: PAM files outlive packages."""
    saved = MODULE.with_suffix(".saved")
    MODULE.rename(saved)
    try:
        child = terminal.spawn(*login.machine.as_person(LOCAL, "su", "-c", "id -u", "root"))
        terminal.answer(child, [("Password: ", ROOT_PASSWORD)])
        shown, status = terminal.finish(child)
        assert (status, shown.split()[-1]) == (0, "0"), shown
        child = terminal.spawn(*login.machine.as_person(LOCAL, "sudo", "-k", "id", "-u"))
        terminal.answer(child, [(f"{LOCAL}: ", LOCAL_PASSWORD)])
        shown, status = terminal.finish(child)
        assert (status, shown.split()[-1]) == (0, "0"), shown
        # And it doesn't let in those whom it would have kept out.
        shown, status = terminal.finish(terminal.spawn("su", "-c", "id", "mary"))
        assert status != 0 and "uid=" not in shown
    finally:
        saved.rename(MODULE)


def test_removing_the_profiles_leaves_no_trace_in_pam():
    profiles = ["cognito-login", "cognito-login-password"]
    environment = {"DEBIAN_FRONTEND": "noninteractive", "PATH": "/usr/sbin:/usr/bin:/sbin:/bin"}
    before = {group: stack(group) for group in ("auth", "account", "password", "session")}
    run("pam-auth-update", "--package", "--remove", *profiles, check=True, env=environment)
    assert not any("pam_cognito" in line for group in before for line in stack(group))
    run("pam-auth-update", "--package", "--enable", *profiles, check=True, env=environment)
    assert {group: stack(group) for group in before} == before


@pytest.mark.parametrize(
    "unit", ["cognito-logind.service", "cognito-logind.socket", "cognito-userdb.service", "cognito-userdb.socket"]
)
def test_units_are_without_fault(unit):
    done = run("systemd-analyze", "verify", "--man=no", UNITS / unit)
    ours = [line for line in done.stderr.splitlines() if "cognito" in line]
    assert done.returncode == 0 and not ours, done.stderr


@pytest.mark.parametrize("unit", ["cognito-logind.service", "cognito-userdb.service"])
def test_the_service_is_confined(unit):
    done = run("systemd-analyze", "security", "--offline=true", UNITS / unit)
    level = re.search(r"exposure level for \S+ (\d+\.\d)", done.stdout)
    assert level and float(level[1]) <= 1.5, done.stdout[-300:]


def test_folders_and_user_are_as_the_module_and_the_daemon_want_them():
    entry = run("getent", "passwd", "cognito-login", check=True).stdout.split(":")
    assert int(entry[2]) < 1000 and entry[6].strip() == "/usr/sbin/nologin"
    for folder, expected in [
        ("/run/userdb", "root root 755"),
        ("/var/lib/cognito-userdb", "root root 700"),
        ("/run/cognito-login", "cognito-login cognito-login 755"),
        ("/var/lib/cognito-login", "cognito-login cognito-login 700"),
    ]:
        assert run("stat", "-c", "%U %G %a", folder, check=True).stdout.strip() == expected, folder


def test_sshd_takes_our_drop_in():
    drop_in = Path("/etc/ssh/sshd_config.d/50-cognito-login.conf")
    assert drop_in.exists()
    for name, expected in [("mary", "yes"), (LOCAL, "no"), ("root", "no")]:
        word = f"user={name},host=localhost,addr=127.0.0.1"
        options = ["-o", "KbdInteractiveAuthentication=no", "-C", word]
        settings = run("/usr/sbin/sshd", "-T", "-f", drop_in, *options, check=True).stdout.lower().split("\n")
        assert f"kbdinteractiveauthentication {expected}" in settings, name


def test_every_program_has_a_manual_page_without_a_fault():
    pages = {path.name for path in (ROOT / "packaging" / "man").iterdir()}
    assert {
        "cognito.1",
        "cognito-pool.1",
        "git-credential-cognito.1",
        "docker-credential-cognito.1",
        "cognito-logind.8",
        "cognito-userdb.8",
        "pam_cognito.8",
        "cognito-login.conf.5",
        "profiles.conf.5",
    } <= pages
    assert shutil.which("groff")
    for page in sorted(pages):
        done = run("groff", "-man", "-Tutf8", "-ww", "-z", ROOT / "packaging" / "man" / page)
        assert done.returncode == 0 and not done.stderr, done.stderr


def test_the_example_of_profiles_is_accepted():
    folder = Path("/run/examples")
    file = folder / "cognito-login" / "profiles.conf"
    file.parent.mkdir(parents=True, exist_ok=True)
    environment = {"PATH": "/usr/bin:/bin", "HOME": "/root", "XDG_CONFIG_HOME": folder}
    shutil.copy(EXAMPLES / "profiles.conf", file)
    # There is no session and no desktop here; but nothing is said against the file.
    assert "profiles.conf" not in run("cognito", "status", env=environment).stderr
    file.write_text(file.read_text().replace("hosts", "hots"))
    assert "profiles.conf:" in run("cognito", "status", env=environment).stderr


def test_the_example_of_the_daemons_configuration_is_accepted(login):
    folder = Path("/run/examples-daemon")
    folder.mkdir(parents=True)
    run("chown", "-R", "cognito-login", folder, check=True)
    places = ["--state", folder / "state", "--socket", folder / "socket", "--writer", folder / "none"]
    command = [
        *login.machine.as_person("cognito-login"),
        "/usr/libexec/cognito-login/cognito-logind",
        "--config",
        EXAMPLES / "cognito-login.conf",
        *places,
    ]
    with Server("example", command, folder, ready=lambda: accepts_unix(folder / "socket")) as daemon:
        wait_until(lambda: "<5>ready" in daemon.output(), 10, "the daemon to accept its example")
