"""What a login costs beside pam_unix, what people cost the name service, and what the daemon holds in memory.

    Benchmarks/run logins            (PEOPLE=10000 LOGINS=200 CONVERSATIONS=200)

All in one run, in turns, as root in the sandbox.

- A login is all PAM calls from pam_start to pam_end. What the pool takes for its answers is measured by a
  relay before it, from the last byte of a request to the last one of the answer, and taken off: what is left is the
  module, the daemon, the library's own half of SRP, and the relay.
- The same without our module in the stack, and with it, for a local user.
- Names are looked up in a fresh process, among as many people of the pool, and among as many lines of /etc/passwd.
"""

import ctypes
import os
import selectors
import socket
import statistics
import struct
import subprocess
import sys
import threading
import time
from contextlib import ExitStack
from pathlib import Path

from pool_client import cpu_seconds
from rig.machine import SOCKET, Machine, PoolSettings
from rig.pool import Pool
from rig.programs import Programs

PASSWORD = "Pass-word-grace-1"
LOCAL, LOCAL_PASSWORD = "lovelace", "Countess-1815"
FIRST_UID = 20_000


class Relay:
    """Passes bytes on, and adds up how long the other side took to answer."""

    def __init__(self, port: int):
        self.target = port
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.seconds = 0.0
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            client, _ = self.listener.accept()
            threading.Thread(target=self._pass, args=(client,), daemon=True).start()

    def _pass(self, client: socket.socket) -> None:
        server = socket.create_connection(("127.0.0.1", self.target))
        for one in (client, server):
            one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        ends = selectors.DefaultSelector()
        ends.register(client, selectors.EVENT_READ, server)
        ends.register(server, selectors.EVENT_READ, client)
        # Where the time of an answer has been counted up to.
        counted = None
        with client, server:
            while True:
                for key, _ in ends.select():
                    data = key.fileobj.recv(65536)
                    if not data:
                        return
                    key.data.sendall(data)
                    now = time.perf_counter()
                    if key.fileobj is server and counted:
                        self.seconds += now - counted
                    counted = now


class Message(ctypes.Structure):
    _fields_ = [("style", ctypes.c_int), ("text", ctypes.c_char_p)]


class Response(ctypes.Structure):
    _fields_ = [("text", ctypes.c_void_p), ("code", ctypes.c_int)]


ASK = ctypes.CFUNCTYPE(
    ctypes.c_int,
    ctypes.c_int,
    ctypes.POINTER(ctypes.POINTER(Message)),
    ctypes.POINTER(ctypes.POINTER(Response)),
    ctypes.c_void_p,
)


class Conversation(ctypes.Structure):
    _fields_ = [("ask", ASK), ("data", ctypes.c_void_p)]


class Login:
    """Logs one user in and out again by one PAM service."""

    pam, libc = ctypes.CDLL("libpam.so.0"), ctypes.CDLL("libc.so.6")
    libc.calloc.restype = libc.strdup.restype = ctypes.c_void_p

    def __init__(self, service: str, user: str, password: str):
        self.service, self.user, self.password = service.encode(), user.encode(), password.encode()
        self.conversation = Conversation(ASK(self._answer), None)

    def _answer(self, count, messages, responses, _):
        room = self.libc.calloc(count, ctypes.sizeof(Response))
        answers = ctypes.cast(room, ctypes.POINTER(Response))
        for at in range(count):
            if messages[at].contents.style in (1, 2):
                answers[at].text = self.libc.strdup(self.password)
        responses[0] = answers
        return 0

    def __call__(self) -> float:
        """Milliseconds."""
        start, handle = time.perf_counter(), ctypes.c_void_p()
        self._expect("pam_start", self.service, self.user, ctypes.byref(self.conversation), ctypes.byref(handle))
        for step in ("pam_authenticate", "pam_acct_mgmt", "pam_open_session", "pam_close_session"):
            self._expect(step, handle, 0)
        self.pam.pam_end(handle, 0)
        return (time.perf_counter() - start) * 1000

    def _expect(self, step: str, *arguments) -> None:
        code = getattr(self.pam, step)(*arguments)
        assert code == 0, f"{step} of {self.service.decode()} for {self.user.decode()}: {code}"


def services() -> None:
    """The same stack with each module alone, and with both as pam-auth-update puts them."""
    unix = "{0} {1} pam_unix.so\n"
    ours = "{0} {1} pam_cognito.so\n"
    both = "{0} [success=done default=ignore] pam_cognito.so\n{0} required pam_unix.so\n"
    for name, stack in {"bench-unix": unix, "bench-cognito": ours, "bench-both": both}.items():
        lines = "".join(stack.format(kind, "required") for kind in ("auth", "account", "session"))
        Path("/etc/pam.d", name).write_text(lines)


class Channel:
    """Root's requests to the daemon, in the frames of pam/wire.h."""

    def __init__(self):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.connect(str(SOCKET))

    def send(self, kind: int, *fields: tuple) -> None:
        body = bytes([kind]) + b"".join(bytes([tag]) + struct.pack(">H", len(value)) + value for tag, value in fields)
        self.socket.sendall(struct.pack(">I", len(body)) + body)

    def receive(self) -> bytes:
        return self._read(struct.unpack(">I", self._read(4))[0])

    def _read(self, count: int) -> bytes:
        data = b""
        while len(data) < count:
            more = self.socket.recv(count - len(data))
            assert more, "cognito-logind closed the connection"
            data += more
        return data

    def close(self) -> None:
        self.socket.close()


LOGIN_ADD, BEGIN, PROMPT, DONE, REPORT = 0x51, 0x01, 0x21, 0x63, 0x65


def add(first: int, last: int) -> None:
    """Makes person FIRST to person LAST known, as `cognito admin login add` does."""
    for start in range(first, last, 100):
        channel = Channel()
        for number in range(start, min(start + 100, last)):
            channel.send(LOGIN_ADD, (3, f"person-{number}".encode()))
            answer = channel.receive()
            assert answer[0] in (DONE, REPORT), f"person-{number}: {answer[4:]}"
        channel.close()


def begin(number: int) -> Channel:
    """A login over ssh that waits for its password, each from an address of its own."""
    channel = Channel()
    fields = [(1, b"\1"), (2, b"\1"), (3, f"person-{number}".encode()), (4, b"sshd")]
    channel.send(BEGIN, *fields, (6, f"10.0.{number // 250}.{number % 250 + 1}".encode()), (8, b"\0"))
    assert channel.receive()[0] == PROMPT
    return channel


LOOK_UP = """
import os, pwd, statistics, sys, time
names, rounds = sys.argv[1:], 300
def took(work):
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1e6
by_name = [took(lambda: pwd.getpwnam(names[at % len(names)])) for at in range(rounds)]
groups = [took(lambda: os.getgrouplist(names[at % len(names)], 1)) for at in range(rounds)]
print(statistics.median(by_name), statistics.median(groups))
"""


def look_up(names: list) -> tuple:
    """Median microseconds of getpwnam and of initgroups."""
    shown = subprocess.run([sys.executable, "-c", LOOK_UP, *names], capture_output=True, text=True, check=True).stdout
    by_name, groups = map(float, shown.split())
    return by_name, groups


def some(prefix: str, count: int) -> list:
    return [f"{prefix}-{at * count // 10}" for at in range(10)]


def memory(pid: int) -> str:
    fields = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines())
    of = {name: int(fields[name].split()[0]) / 1024 for name in ("VmRSS", "RssAnon")}
    return f"{of['RssAnon']:.1f} MiB of its own, {of['VmRSS']:.1f} MiB with its program's pages"


def measure_logins(machine: Machine, relay: Relay, count: int) -> None:
    services()
    kinds = {
        "pam_cognito, person of the pool": Login("bench-cognito", "grace", PASSWORD),
        "pam_unix, local user": Login("bench-unix", LOCAL, LOCAL_PASSWORD),
        "pam_cognito before pam_unix, local user": Login("bench-both", LOCAL, LOCAL_PASSWORD),
    }
    times, added, cpu = {name: [] for name in kinds}, [], cpu_seconds(machine.daemon.process.pid)
    for turn in range(count + 5):
        for name, login in kinds.items():
            relay.seconds = 0
            took = login()
            pool = relay.seconds * 1000
            if turn >= 5:
                times[name].append(took)
                if login.service == b"bench-cognito":
                    added.append(took - pool)
    cpu = (cpu_seconds(machine.daemon.process.pid) - cpu) / (count + 5) * 1000
    for name, all_of_it in times.items():
        print(f"{name}: min {min(all_of_it):.2f} ms, median {statistics.median(all_of_it):.2f} ms")
    print(
        f"beyond the pool's answers: min {min(added):.2f} ms, median {statistics.median(added):.2f} ms (aim: 5);"
        f" processor time of the daemon: {cpu:.2f} ms"
    )


def measure_names(people: int) -> None:
    known = 0
    for count in (10, 100, 1000, 10_000):
        if count > people:
            break
        start = time.monotonic()
        add(known, count)
        seconds, ours = time.monotonic() - start, look_up(some("person", count))
        before = Path("/etc/passwd").read_text()
        lines = "".join(f"local-{number}:x:{60_000 + number}:100::/:/bin/sh\n" for number in range(count))
        Path("/etc/passwd").write_text(before + lines)
        theirs = look_up(some("local", count))
        Path("/etc/passwd").write_text(before)
        print(
            f"{count} people: getpwnam {ours[0]:.0f} us, initgroups {ours[1]:.0f} us;"
            f" as many lines of /etc/passwd: {theirs[0]:.0f} us, {theirs[1]:.0f} us;"
            f" added in {seconds:.1f} s ({(seconds / (count - known)) * 1000:.1f} ms each)"
        )
        known = count


def main() -> None:
    sys.stdout.reconfigure(line_buffering=True)
    people, count = int(os.environ.get("PEOPLE", "10000")), int(os.environ.get("LOGINS", "200"))
    conversations = int(os.environ.get("CONVERSATIONS", "200"))
    programs, folder = Programs.find(), Path("/run/bench")
    folder.mkdir(mode=0o755)
    with ExitStack() as ends:
        pool = Pool(programs, folder / "pool").start()
        ends.callback(pool.stop)
        relay = Relay(pool.port)
        machine = Machine(programs, folder / "machine")
        pool.add_person("grace", PASSWORD, ["engineers"])
        machine.install()
        endpoint = pool.endpoint.replace(f":{pool.port}", f":{relay.port}")
        machine.configure(PoolSettings(endpoint, pool.issuer, pool.id, pool.client_id), allow_groups="engineers")
        file = Path("/etc/cognito-login/cognito-login.conf")
        kept = [line for line in file.read_text().splitlines() if not line.startswith("uid_")]
        file.write_text("\n".join([*kept, f"uid_min = {FIRST_UID}", f"uid_max = {FIRST_UID + people + 100}"]) + "\n")
        machine.start_daemon()
        ends.callback(machine.stop)
        machine.add_login("grace")
        subprocess.run(["useradd", "-m", LOCAL], check=True)
        subprocess.run(["chpasswd"], input=f"{LOCAL}:{LOCAL_PASSWORD}\n", text=True, check=True)
        pids = {"cognito-logind": machine.daemon.process.pid, "cognito-userdb": machine.writer.process.pid}
        for name, pid in pids.items():
            print(f"memory at rest: {name}: {memory(pid)}")
        measure_logins(machine, relay, count)
        measure_names(people)
        waiting = [begin(number) for number in range(min(conversations, people))]
        for name, pid in pids.items():
            print(f"memory with {people} people, {len(waiting)} in conversation: {name}: {memory(pid)} (aim: 25)")
        for channel in waiting:
            channel.close()


if __name__ == "__main__":
    main()
