"""login-security 2: what somebody can do who runs code as the daemon's user. Before, each of these made them root."""

import socket
from pathlib import Path

import pytest
from rig import terminal
from rig.machine import DAEMON_USER, USERDB, WRITER
from rig.people import HOPPER, LOCAL, LOCAL_PASSWORD, MARY, PASSWORD
from rig.processes import Server, accepts, free_port, run

pytestmark = pytest.mark.usefixtures("sandboxed")

ASK = """
import socket, sys
with socket.socket(socket.AF_UNIX) as s:
    s.connect(sys.argv[1])
    s.settimeout(10)
    for line in sys.argv[2:]:
        s.sendall(line.encode() + b"\\n")
        print(s.recv(8192).decode().strip() or "closed", flush=True)
"""


def as_daemon(*command) -> list:
    user = ["setpriv", f"--reuid={DAEMON_USER}", f"--regid={DAEMON_USER}", "--init-groups", "--no-new-privs"]
    return [*user, "--bounding-set=-all", "--inh-caps=-all", "--", *command]


def ask(*lines) -> list:
    """What the writer says to the daemon's user."""
    return run(*as_daemon("python3", "-c", ASK, WRITER, *lines), check=True).stdout.splitlines()


@pytest.fixture
def records(login):
    """The folder stays as it was."""

    def picture() -> dict:
        return {path.name: path.read_bytes() for path in USERDB.iterdir()}

    before = picture()
    yield before
    assert picture() == before


@pytest.mark.parametrize(
    "record",
    ["evil.user", "evil.user-privileged", f"{LOCAL}.user", "1001.user", f"{LOCAL}:sudo.membership", "evilb.user"],
)
def test_it_cannot_write_a_record_itself(records, record):
    done = run(*as_daemon("sh", "-c", f"echo '{{}}' > {USERDB}/{record}"))
    assert done.returncode != 0 and "Permission denied" in done.stderr


def test_it_cannot_change_or_remove_one(records):
    target = USERDB / f"{MARY}.user"
    for command in (["rm", "-f", target], ["ln", "-sf", "/etc/passwd", target], ["sh", "-c", f"echo > {target}"]):
        assert run(*as_daemon(*command)).returncode != 0


@pytest.mark.parametrize(
    "request_,answer",
    [
        ("user evil 0 open -", "refused malformed"),
        ("user evil 999 open -", "refused id"),
        ("user evil 4294967295 open -", "refused id"),
        ("user evil.user-privileged 0 open -", "refused malformed"),
        ("user ../../etc/evil - open -", "refused malformed"),
        (f"user {LOCAL} - open sudo", "refused taken"),
        (f"user {LOCAL} 1001 open -", "refused taken"),
        ("user root - open -", "refused taken"),
        (f"user {DAEMON_USER} - open shadow", "refused taken"),
        (f"membership {LOCAL} sudo", "refused malformed"),
        ("user sshd - open -", "refused taken"),
        ("withdraw root", "done"),
        (f"withdraw {LOCAL}", "done"),
    ],
)
def test_what_it_may_not_ask_is_refused(records, request_, answer):
    assert ask(request_)[0].startswith(answer)


def test_no_group_is_given_but_those_that_roots_configuration_names(login):
    uid = login.machine.account(MARY).pw_uid
    (answer,) = ask(f"user {MARY} {uid} open root,shadow,disk,docker,adm,sudo")
    assert answer == f"bound {uid} root,shadow,disk,docker,adm"
    assert set(run("id", "-Gn", MARY).stdout.split()) == {MARY, "sudo", "cognito-login-users"}
    assert ask(f"user {MARY} {uid} open -") == [f"bound {uid} -"]


def test_an_id_is_one_persons_for_good(login):
    uid = login.machine.account(HOPPER).pw_uid
    assert ask(f"user evil {uid} open -")[0].startswith("refused id")
    assert ask(f"user {HOPPER} {int(uid) + 50} open -")[0].startswith("refused id")


def test_the_writer_listens_to_nobody_else(login):
    for name in (LOCAL, MARY, "root"):
        command = ["python3", "-c", ASK, WRITER, "all"]
        done = run(*(command if name == "root" else login.machine.as_person(name, *command)))
        assert "done" not in done.stdout


def test_broken_lines_end_the_connection_and_nothing_else(login):
    for line in ("x" * 100_000, "user", "\x00\x01", "user a - open " + "g," * 200):
        with socket.socket(socket.AF_UNIX):
            run(*as_daemon("python3", "-c", ASK, WRITER, line.replace("\x00", "?")))
    assert ask("all") == ["done"]
    assert login.machine.writer.process.poll() is None


def test_a_daemon_that_says_yes_to_everything_does_not_get_into_a_local_account(healthy):
    """pam_localuser stands before our module in auth: no daemon is asked about local users."""
    healthy.machine.daemon.stop()
    child = terminal.spawn(*healthy.machine.as_person(MARY, "su", "-c", "id -un", LOCAL))
    terminal.answer(child, [("Password: ", "not the password")])
    shown, status = terminal.finish(child)
    assert status != 0 and LOCAL not in shown.split()
    child = terminal.spawn(*healthy.machine.as_person(MARY, "su", "-c", "id -un", LOCAL))
    terminal.answer(child, [("Password: ", LOCAL_PASSWORD)])
    shown, status = terminal.finish(child)
    assert (status, shown.split()[-1]) == (0, LOCAL)


def test_who_may_not_log_in_is_locked_for_others_too(login):
    """login-security 6: where our module isn't asked, pam_unix refuses."""
    assert '"locked":true' in (USERDB / "noether.user").read_text()


def test_without_the_writer_who_is_known_gets_in_and_nobody_is_added(healthy):
    login = healthy
    child = terminal.spawn(*login.machine.as_person(LOCAL, "su", "-c", "id -un", MARY))
    terminal.answer(child, [("Password: ", PASSWORD)])
    assert terminal.finish(child)[1] == 0
    login.machine.writer.stop()
    try:
        child = terminal.spawn(*login.machine.as_person(LOCAL, "su", "-c", "id -un", MARY))
        terminal.answer(child, [("Password: ", PASSWORD)])
        shown, status = terminal.finish(child)
        assert (status, shown.split()[-1]) == (0, MARY)
        done = run("cognito", "admin", "login", "add", "kovalevskaya")
        assert done.returncode != 0 and "cognito-userdb" in done.stderr, done.stderr
    finally:
        login.machine.start_writer()


# login-security 1


def test_a_server_with_keys_only_stays_so_for_local_users(login):
    folder, port = login.machine.folder / "keys-only", free_port()
    folder.mkdir()
    run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / "host", check=True)
    # As Debian's: drop-ins first, then the administrator's own lines.
    (folder / "sshd_config").write_text(
        f"Include /etc/ssh/sshd_config.d/*.conf\nPort {port}\nListenAddress 127.0.0.1\nHostKey {folder}/host\n"
        "PidFile none\nUsePAM yes\nPasswordAuthentication no\nKbdInteractiveAuthentication no\n"
    )
    command = ["/usr/sbin/sshd", "-D", "-e", "-f", folder / "sshd_config"]
    with Server("sshd-keys-only", command, folder, lambda: accepts(port)):

        def ssh(name: str):
            options = ["StrictHostKeyChecking=no", "UserKnownHostsFile=/dev/null", "NumberOfPasswordPrompts=1"]
            words = [word for option in options for word in ("-o", option)]
            return terminal.spawn("ssh", "-tt", "-p", port, *words, f"{name}@127.0.0.1", "id -un")

        shown, status = terminal.finish(ssh(LOCAL))
        assert status == 255 and "Permission denied (publickey)" in shown, shown
        child = ssh(MARY)
        terminal.answer(child, [("Password: ", PASSWORD)])
        shown, status = terminal.finish(child)
        assert (status, shown.split()[0] if shown.split() else "") == (0, MARY) or MARY in shown.split(), shown
    assert Path("/etc/ssh/sshd_config.d/50-cognito-login.conf").exists()
