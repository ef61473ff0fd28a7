"""Drives pam_cognito.so, built with ASan and UBSan, through the real libpam, against a daemon that a test scripts.
Needs no root: driver.c answers for NSS, and pam_start_confdir takes a stack from the test's own directory."""

import os
import pathlib
import socket
import subprocess
import threading

import frames
import pytest

PAM = pathlib.Path(__file__).resolve().parent.parent
BUILD = pathlib.Path(os.environ.get("PAM_TEST_BUILD", PAM / "build" / "tests"))

# By number, as in <security/_pam_types.h>.
PAM_CODES = """
    SUCCESS OPEN_ERR SYMBOL_ERR SERVICE_ERR SYSTEM_ERR BUF_ERR PERM_DENIED AUTH_ERR CRED_INSUFFICIENT AUTHINFO_UNAVAIL
    USER_UNKNOWN MAXTRIES NEW_AUTHTOK_REQD ACCT_EXPIRED SESSION_ERR CRED_UNAVAIL CRED_EXPIRED CRED_ERR NO_MODULE_DATA
    CONV_ERR AUTHTOK_ERR AUTHTOK_RECOVERY_ERR AUTHTOK_LOCK_BUSY AUTHTOK_DISABLE_AGING TRY_AGAIN IGNORE ABORT
"""
PAM_CODES = PAM_CODES.split()
SILENT = 0x8000
PRELIM, UPDATE, IF_EXPIRED = 0x4000, 0x2000, 0x20


class Daemon:
    """Listens on a socket; each connection runs the next script: bytes are sent, frame names are awaited, a callable is
    called with the connection. After its script a connection is closed."""

    def __init__(self, directory):
        self.path = str(directory / "s")
        self._received = []
        self._talks = []
        self.connections = 0
        self.scripts = []
        self.listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.listener.bind(self.path)
        self.listener.listen(8)
        self.server = threading.Thread(target=self._serve, daemon=True)
        self.server.start()

    def then(self, *script):
        self.scripts.append(script)
        return self

    def _serve(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            self.connections += 1
            script = self.scripts.pop(0) if self.scripts else ()
            talk = threading.Thread(target=self._run, args=(connection, script), daemon=True)
            talk.start()
            self._talks.append(talk)

    def _run(self, connection, script):
        with connection:
            for step in script:
                if isinstance(step, bytes):
                    try:
                        connection.sendall(step)
                    except (BrokenPipeError, ConnectionResetError):
                        return
                elif isinstance(step, str):
                    got = frames.read(connection)
                    if got is None:
                        return
                    self._received.append(got)
                    if got[0] != step:
                        return
                else:
                    step(connection)

    @property
    def received(self):
        """Every frame that came, once the conversations so far are over."""
        for talk in self._talks:
            talk.join(timeout=5)
        return self._received

    def answers(self):
        return [fields["answer"].decode() for name, fields in self.received if name == "ANSWER"]

    def close(self):
        # Waited for, so that this thread can't accept on a descriptor that the next test's listener reuses.
        try:
            self.listener.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self.server.join(timeout=5)
        self.listener.close()


class Program:
    """driver.c at work."""

    def __init__(self, confdir, user, users):
        environment = dict(
            os.environ,
            DRIVER_USERS=users,
            LC_ALL="C",
            ASAN_OPTIONS="detect_leaks=1:abort_on_error=0:exitcode=99",
            UBSAN_OPTIONS="halt_on_error=1:exitcode=98",
        )
        self.process = subprocess.Popen(
            [BUILD / "driver", confdir, "test", user],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment,
        )
        self.said = []
        self.delay = 0

    def line(self, text):
        self.process.stdin.write(text.encode() + b"\n")
        self.process.stdin.flush()

    def read(self):
        line = self.process.stdout.readline().decode().split()
        assert line, "the program died: " + self.process.stderr.read().decode()[-3000:]
        return line

    def item(self, name, value):
        self.line(f"item {name} {os.fsencode(value).hex()}")
        assert self.read() == ["set"]

    def descriptors(self):
        self.line("fds")
        return int(self.read()[1])

    def call(self, hook, answers=(), flags=0):
        """Runs a hook; returns PAM's code by name. Questions and messages are kept in .said as (style, text)."""
        self.said = []
        self.delay = 0
        answers = list(answers)
        self.line(f"do {hook} {flags}")
        while True:
            line = self.read()
            if line[0] == "return":
                assert not answers, f"never asked for {answers}"
                return PAM_CODES[int(line[2])]
            if line[0] == "delay":
                self.delay = int(line[1])
                continue
            self.said.append((line[0], bytes.fromhex(line[1] if len(line) > 1 else "").decode()))
            if line[0] in ("on", "off"):
                assert answers, f"asked too much: {self.said}"
                answer = answers.pop(0)
                if answer is None:
                    self.line("-")
                elif isinstance(answer, tuple):
                    self.line("user " + answer[0].encode().hex())
                else:
                    self.line("= " + (answer if isinstance(answer, bytes) else answer.encode()).hex())

    def prompts(self):
        return [text for style, text in self.said if style in ("on", "off")]

    def messages(self):
        return [text for style, text in self.said if style in ("info", "error")]

    def end(self):
        self.process.stdin.close()
        code = self.process.wait(timeout=60)
        errors = self.process.stderr.read().decode()
        assert code == 0 and "ERROR" not in errors and "runtime error" not in errors, errors[-4000:]


class Rig:
    users = "alice:10001 bob:1000 root:0 broken:-"

    def __init__(self, directory):
        self.directory = directory
        self.userdb = directory / "userdb"
        self.userdb.mkdir()
        (self.userdb / "alice.user").write_text("{}")
        (self.userdb / "10001.user").symlink_to("alice.user")
        (directory / "run").mkdir(mode=0o755)
        self.socket = directory / "run" / "s"
        self.programs = []
        self.daemons = []
        self.configure()

    def configure(self, arguments="start_timeout=1 answer_timeout=1", before=(), after=(), socket=None, permit=False):
        """`permit`: a pam_permit.so behind ours, so that IGNORE shows as SUCCESS, and everything else as itself."""
        (self.directory / "pam.d").mkdir(exist_ok=True)
        module = f"{BUILD}/pam_cognito.so socket={socket or self.socket} userdb={self.userdb} {arguments}"
        lines = [f"auth optional {BUILD}/peek.so {options}" for options in before]
        lines += [f"{group} required {module}" for group in ("auth", "account", "password", "session")]
        lines += [f"auth optional {BUILD}/peek.so {options}" for options in after]
        if permit:
            lines += [f"{group} required pam_permit.so" for group in ("auth", "account", "password", "session")]
        (self.directory / "pam.d" / "test").write_text("\n".join(lines) + "\n")

    def daemon(self, *script):
        daemon = Daemon(self.socket.parent)
        self.daemons.append(daemon)
        return daemon.then(*script) if script else daemon

    def program(self, user="alice"):
        program = Program(self.directory / "pam.d", user, self.users)
        self.programs.append(program)
        return program


@pytest.fixture(scope="session", autouse=True)
def built():
    subprocess.run(["make", "-s", "-C", PAM, "tests-build", f"TESTS={BUILD}"], check=True)


@pytest.fixture
def rig(tmp_path):
    # A socket path must be short; pytest's can be long.
    short = pathlib.Path(os.path.realpath(subprocess.check_output(["mktemp", "-d"], text=True).strip()))
    rig = Rig(short)
    yield rig
    for daemon in rig.daemons:
        daemon.close()
    for program in rig.programs:
        program.end()
    subprocess.run(["rm", "-rf", short], check=True)
