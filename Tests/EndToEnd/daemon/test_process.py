"""cognito-logind as a process: who it runs as, how it starts and stops, and what NSS says of its people."""

import os
import signal
import socket
import stat
import struct
import time
from pathlib import Path

import pytest
from rig.processes import Server, accepts_unix, free_port, run

pytestmark = pytest.mark.usefixtures("sandboxed")
UID = 951
BASE = Path("/run/logind-tests")
USERDB = Path("/run/userdb")


class Daemon:
    """Folders of one daemon, and the command that runs it as a user that owns nothing else."""

    def __init__(self, name: str, programs):
        self.folder = BASE / name
        self.folder.mkdir(parents=True)
        os.chmod(BASE, 0o755)
        for owned in ("state", "socket"):
            (self.folder / owned).mkdir(mode=0o755 if owned == "socket" else 0o700)
            os.chown(self.folder / owned, UID, UID)
        USERDB.mkdir(exist_ok=True)
        os.chmod(USERDB, 0o755)
        self.writer = self.folder / "writer.sock"
        self.socket = self.folder / "socket" / "logind.sock"
        self.config = self.folder / "cognito-login.conf"
        self.write("allow_groups = *")
        self.program = programs.cognito_logind
        places = ["--config", self.config, "--state", self.folder / "ids", "--userdb", USERDB, "--socket", self.writer]
        command = [programs.cognito_userdb, *places, "--daemon", UID]
        self.records = Server("userdb", command, self.folder, ready=lambda: accepts_unix(self.writer))

    def write(self, login: str, mode: int = 0o644) -> None:
        pool = f"user_pool_id = local_Test\nclient_id = c\nendpoint = http://127.0.0.1:{free_port()}\n"
        self.config.write_text(f"[pool]\n{pool}[login]\nuid_min = 53000\nuid_max = 53099\n{login}\n")
        self.config.chmod(mode)

    @property
    def command(self) -> list:
        places = ["--config", self.config, "--state", self.folder / "state", "--socket", self.socket]
        return [str(word) for word in [self.program, *places, "--writer", self.writer]]

    def as_user(self, *command) -> list:
        return ["setpriv", f"--reuid={UID}", f"--regid={UID}", "--clear-groups", "--no-new-privs", "--", *command]

    def server(self) -> Server:
        return Server("logind", self.as_user(*self.command), self.folder, ready=lambda: accepts_unix(self.socket))


@pytest.fixture
def daemon(programs):
    # A socket path has at most 107 bytes.
    daemon = Daemon(f"{len(list(BASE.glob('*')))}", programs)
    with daemon.records:
        yield daemon
    for record in USERDB.iterdir():
        record.unlink()


def ask(path: Path, kind: int, name: str = "") -> int:
    """One request by the login protocol (pam/wire.h), as root; returns the type of the answer."""
    payload = bytes([kind]) + (bytes([3]) + struct.pack(">H", len(name)) + name.encode() if name else b"")
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(str(path))
        connection.settimeout(10)
        connection.sendall(struct.pack(">I", len(payload)) + payload)
        return connection.recv(65536)[4]


ADD, REMOVE, DONE, REPORT = 0x51, 0x52, 0x63, 0x65


def test_people_made_known_are_users_of_the_machine_and_gone_when_removed(daemon):
    with daemon.server():
        assert run("getent", "passwd", "marie").returncode == 2
        assert ask(daemon.socket, ADD, "marie") == REPORT
        entry = run("getent", "passwd", "marie").stdout.strip().split(":")
        assert entry[0] == "marie" and entry[2:4] == ["53000", "53000"] and entry[5:] == ["/home/marie", "/bin/bash"]
        assert run("getent", "passwd", "53000").stdout.startswith("marie:")
        assert run("getent", "group", "53000").stdout.startswith("marie:")
        groups = set(run("id", "-Gn", "marie").stdout.split())
        # The group is there only where the package's sysusers.d made it.
        assert run("id", "-u", "marie").stdout.strip() == "53000"
        assert {"marie"} <= groups <= {"marie", "cognito-login-users"}
        assert ask(daemon.socket, REMOVE, "marie") == DONE
        assert run("getent", "passwd", "marie").returncode == 2


def test_records_are_written_anew_at_start_and_ids_stay(daemon):
    with daemon.server():
        assert ask(daemon.socket, ADD, "marie") == REPORT
        assert ask(daemon.socket, ADD, "irene") == REPORT
    for record in USERDB.iterdir():
        record.unlink()
    with daemon.server():
        assert pwd_uid("irene") == 53001 and pwd_uid("marie") == 53000


def pwd_uid(name: str) -> int:
    return int(run("getent", "passwd", name, check=True).stdout.split(":")[2])


def test_a_killed_daemon_loses_no_account(daemon):
    server = daemon.server().start()
    assert ask(daemon.socket, ADD, "marie") == REPORT
    server.signal(signal.SIGKILL)
    server.process.wait()
    with daemon.server():
        assert ask(daemon.socket, ADD, "irene") == REPORT
        assert pwd_uid("marie") == 53000 and pwd_uid("irene") == 53001


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_cleanly_and_at_once(daemon, number):
    server = daemon.server().start()
    with socket.socket(socket.AF_UNIX) as idle:
        idle.connect(str(daemon.socket))
        start = time.monotonic()
        server.signal(number)
        assert server.process.wait(5) == 0
        assert time.monotonic() - start < 2
    assert "stopping" in server.output()


def test_other_processes_of_its_user_can_read_neither_memory_nor_environment(daemon):
    with daemon.server() as server:
        process = Path("/proc") / str(server.pid)
        # The kernel gives the files of a process that must not be dumped to root.
        assert (process / "environ").stat().st_uid == 0
        reader = run(*daemon.as_user("cat", process / "environ"))
        assert reader.returncode != 0 and "Permission denied" in reader.stderr
        limits = (process / "limits").read_text()
        assert [line.split()[4:6] for line in limits.splitlines() if line.startswith("Max core")] == [["0", "0"]]


def test_its_files_are_its_own_and_its_socket_is_for_all(daemon):
    with daemon.server():
        assert stat.S_IMODE(daemon.socket.stat().st_mode) == 0o666
        for name, mode in [("", 0o700), ("accounts.sqlite", 0o600), ("lock", 0o600)]:
            status = (daemon.folder / "state" / name).stat()
            assert (stat.S_IMODE(status.st_mode), status.st_uid) == (mode, UID)


def test_systemd_may_hand_over_the_socket_and_hears_that_it_is_ready(daemon):
    notify = daemon.folder / "notify"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(str(notify))
        os.chmod(notify, 0o666)
        manager.settimeout(20)
        handed = daemon.folder / "handed.sock"
        activate = ["systemd-socket-activate", f"--listen={handed}", f"--setenv=NOTIFY_SOCKET={notify}"]
        server = Server(
            "activated", [*activate, *daemon.as_user(*daemon.command)], daemon.folder, ready=handed.exists
        ).start()
        try:
            assert ask(handed, ADD, "marie") == REPORT
            assert b"READY=1" in manager.recv(1000).splitlines()
            assert not daemon.socket.exists()
        finally:
            assert server.stop() == 0


WRONG_CONFIGURATION = 78


def refusal(daemon, status: int, *, as_root: bool = False) -> str:
    """The one line that a daemon says that doesn't start, with this exit status."""
    result = run(*(daemon.command if as_root else daemon.as_user(*daemon.command)))
    assert result.returncode == status and not daemon.socket.exists()
    assert result.stderr.startswith("<2>") or "\n<2>" in result.stderr
    return result.stderr


def test_a_hangup_reads_the_configuration_again_and_a_bad_one_changes_nothing(daemon):
    told = daemon.folder / "notify"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager, socket.socket(socket.AF_UNIX) as connected:
        manager.bind(str(told))
        os.chmod(told, 0o666)
        manager.settimeout(20)

        def hear() -> str:
            return manager.recv(1000).decode()

        command = daemon.as_user("env", f"NOTIFY_SOCKET={told}", *daemon.command)
        with Server("logind", command, daemon.folder, ready=lambda: accepts_unix(daemon.socket)) as server:
            assert "READY=1" in hear()
            connected.connect(str(daemon.socket))
            assert ask(daemon.socket, ADD, "marie") == REPORT
            shell = run("getent", "passwd", "marie").stdout.strip().split(":")[-1]
            assert shell == "/bin/bash"

            daemon.write("allow_groups = *\nshell = /bin/dash")
            server.signal(signal.SIGHUP)
            assert hear() == "RELOADING=1"
            assert hear() == "READY=1\nSTATUS=Serving user pool local_Test"
            assert run("getent", "passwd", "marie").stdout.strip().endswith(":/bin/dash")

            daemon.write("allow_groups = *\nshell = dash\ncolour = blue")
            server.signal(signal.SIGHUP)
            assert hear() == "RELOADING=1"
            assert "by an earlier configuration" in hear()
            output = server.output()
            assert f"the configuration stays as it was: {daemon.config}:9: shell = dash" in output
            assert f"{daemon.config}:10: unknown key colour" in output
            assert ask(daemon.socket, ADD, "irene") == REPORT
            assert run("getent", "passwd", "irene").stdout.strip().endswith(":/bin/dash")

            # Who was connected before still is.
            connected.settimeout(10)
            connected.sendall(struct.pack(">I", 1) + bytes([0x54]))
            assert connected.recv(100)[4] != 0
            # It ends as asked, also right after a hangup.
            server.signal(signal.SIGHUP)


def test_all_that_is_wrong_with_a_configuration_is_told_at_once(daemon):
    daemon.write("alow_groups = *\nuid_max = 70000")
    check = run(*daemon.as_user(daemon.program, "--check-config", "--config", daemon.config))
    assert check.returncode == WRONG_CONFIGURATION
    lines = check.stderr.splitlines()
    # uid_max stands twice in this file, which is the first thing to be told of it.
    assert [line.split(": ")[0].removeprefix(str(daemon.config)) for line in lines] == [":8", ":9", ""]
    assert "unknown key alow_groups in [login]. Did you mean allow_groups?" in lines[0]
    assert "allow_groups doesn't say who may sign in" in lines[2]
    started = refusal(daemon, WRONG_CONFIGURATION)
    assert [line.removeprefix("<2>") for line in started.splitlines() if line.startswith("<2>")] == lines


def test_it_refuses_to_run_as_root(daemon):
    assert "runs as root" in refusal(daemon, 1, as_root=True)


def test_it_refuses_an_unknown_key_with_its_place(daemon):
    daemon.write("allow_groups = *\ncolour = blue")
    assert f"{daemon.config}:9: unknown key colour" in refusal(daemon, WRONG_CONFIGURATION)


def test_it_refuses_a_configuration_that_others_can_write(daemon):
    daemon.write("allow_groups = *", mode=0o666)
    assert "can be written by others" in refusal(daemon, WRONG_CONFIGURATION)


def test_two_daemons_do_not_share_their_state(daemon):
    with daemon.server():
        result = run(*daemon.as_user(*daemon.command))
        assert result.returncode == 1 and "in use by another" in result.stderr
        assert accepts_unix(daemon.socket)


def test_a_socket_left_behind_is_replaced_but_no_other_file(daemon):
    server = daemon.server().start()
    server.signal(signal.SIGKILL)
    server.process.wait()
    assert daemon.socket.exists()
    with daemon.server():
        pass
    daemon.socket.unlink(missing_ok=True)
    daemon.socket.write_text("precious")
    result = run(*daemon.as_user(*daemon.command))
    assert result.returncode == 1 and daemon.socket.read_text() == "precious"


def test_a_flood_of_connections_by_one_uid_leaves_room_for_root(daemon):
    with daemon.server():
        flood = Server(
            "flood",
            [
                "setpriv",
                "--reuid=65534",
                "--regid=65534",
                "--clear-groups",
                "--",
                "python3",
                "-c",
                FLOOD,
                daemon.socket,
            ],
            daemon.folder,
        ).start()
        try:
            for name in ("marie", "irene", "lise"):
                assert ask(daemon.socket, ADD, name) == REPORT
        finally:
            flood.stop()


FLOOD = """
import socket, sys
held = []
while True:
    one = socket.socket(socket.AF_UNIX)
    one.connect(sys.argv[1])
    held = held[-200:] + [one]
"""


def test_random_bytes_do_no_harm(daemon):
    with daemon.server() as server:
        for _ in range(300):
            with socket.socket(socket.AF_UNIX) as connection:
                connection.connect(str(daemon.socket))
                try:
                    connection.sendall(os.urandom(64))
                except OSError:
                    pass
        assert ask(daemon.socket, ADD, "marie") == REPORT
        assert server.process.poll() is None
