"""A folder that a stranger filled, like a git checkout, is only where a program of ours was started: what lies in it is
neither run nor read, from the start to a crash, whatever the environment says."""

import contextlib
import os
import shutil
import signal
import subprocess
from pathlib import Path

import pytest
from rig.machine import DAEMON_USER, Machine
from rig.processes import wait_until
from rig.traced import Traced

pytestmark = pytest.mark.usefixtures("sandboxed")

SIGNALS = ["SIGQUIT", "SIGABRT", "SIGSEGV", "SIGTRAP", "SIGILL", "SIGBUS", "SIGFPE"]
BIN, LIBEXEC = Path("/usr/bin"), Path("/usr/libexec/cognito-login")
OURS = {
    *(BIN / name for name in ("cognito", "cognito-helper", "git-credential-cognito", "docker-credential-cognito")),
    BIN / "cognito-pool",
    LIBEXEC / "cognito-logind",
}
# Looked for by the Swift runtime of one version or another, by the bus's library, or by a search path with a hole.
KNOWN = [
    f"{folder}{name}"
    for folder in ("", "bin/", "bin/x86_64/", "libexec/swift/", "libexec/swift/linux/", "libexec/swift/linux/x86_64/")
    for name in ("swift-backtrace", "swift-backtrace-static")
] + ["dbus-launch", "x"]
HOSTILE = {
    "SWIFT_BACKTRACE": "enable=yes,interactive=no,timeout=5s,swift-backtrace=./swift-backtrace",
    "SWIFT_ROOT": ".",
    "SWIFT_DEBUG_LIB_PRESPECIALIZED_PATH": "./trap.so",
    "SWIFT_DEBUG_ENABLE_LIB_PRESPECIALIZED_METADATA": "YES",
}
ENVIRONMENTS = {"plain": {}, "hostile": HOSTILE}


@pytest.fixture(scope="module")
def installed(programs, tmp_path_factory):
    """The programs where `make install` puts them, and settings for the daemon."""
    Machine(programs, tmp_path_factory.mktemp("machine")).install()
    folder = Path("/run/foreign-directory")
    folder.mkdir()
    for owned in ("state", "socket"):
        (folder / owned).mkdir(mode=0o700)
        shutil.chown(folder / owned, DAEMON_USER, DAEMON_USER)
    config = folder / "cognito-login.conf"
    pool = "user_pool_id = local_Test\nclient_id = c\nendpoint = http://127.0.0.1:9\n"
    config.write_text(f"[pool]\n{pool}[login]\nallow_groups = *\nuid_min = 53000\nuid_max = 53099\n")
    return folder


@pytest.fixture(scope="module")
def trap_library(tmp_path_factory) -> bytes:
    """A library that leaves a mark when somebody loads it."""
    folder = tmp_path_factory.mktemp("library")
    source, library = folder / "trap.c", folder / "trap.so"
    source.write_text(
        "#include <fcntl.h>\n#include <unistd.h>\n__attribute__((constructor)) static void spring(void) {"
        ' int mark = open("/tmp/sprung", O_CREAT | O_APPEND | O_WRONLY, 0666); write(mark, "trap.so\\n", 8); }'
    )
    subprocess.run(["gcc", "-w", "-shared", "-fPIC", "-o", library, source], check=True)
    return library.read_bytes()


class Folder:
    """A working directory full of traps: executables that leave a mark when they are run."""

    MARK = Path("/tmp/sprung")

    def __init__(self, path: Path, library: bytes):
        self.path = path
        path.mkdir()
        self.MARK.write_text("")
        self.MARK.chmod(0o666)
        (path / "trap.so").write_bytes(library)
        for name in KNOWN:
            self.set_trap(name)

    def set_trap(self, name: str) -> bool:
        """Puts a trap at this name; where a folder lies already, into it. Returns whether it wasn't there yet."""
        trap = self.path / name
        if trap.is_dir():
            trap = trap / "swift-backtrace"
        if trap.exists():
            return False
        for parent in reversed(trap.relative_to(self.path).parents):
            if (self.path / parent).is_file():  # A name that turned out to be a folder's.
                (self.path / parent).unlink()
            (self.path / parent).mkdir(exist_ok=True)
        trap.write_text(f'#!/bin/sh\necho "$0 as $(id -u)" >>{self.MARK}\n')
        trap.chmod(0o755)
        return True

    def sprung(self) -> list:
        return self.MARK.read_text().splitlines()

    def cores(self) -> list:
        return [path for path in self.path.iterdir() if path.name.startswith("core")]


@pytest.fixture
def folder(installed, trap_library):
    folder = Folder(installed / "checkout", trap_library)
    yield folder
    shutil.rmtree(folder.path)


@pytest.fixture(scope="module")
def profile(installed) -> dict:
    """The environment of somebody who has a profile for git.corp, and isn't signed in."""
    places = {"XDG_CONFIG_HOME": str(installed / "profiles"), "XDG_RUNTIME_DIR": str(installed)}
    settings = ["--user-pool-id", "eu-west-1_Example", "--client-id", "1example23456789", "--host", "git.corp"]
    subprocess.run(["cognito", "configure", *settings], env=environment("plain") | places, cwd="/", check=True)
    return places


def command(program: str, installed: Path) -> list:
    """What makes the program wait: for its input, or for somebody who connects."""
    places = ["--config", installed / "cognito-login.conf", "--state", installed / "state"]
    places += ["--socket", installed / "socket/logind.sock", "--writer", installed / "no-writer"]
    words = {
        "git-credential-cognito": ["get"],
        "docker-credential-cognito": ["get"],
        "cognito": ["helper", "git", "get"],
        "cognito-pool": ["serve", "--listen", "127.0.0.1:0", "--state", installed / "pool"],
        "cognito-logind": places,
    }
    return [program, *map(str, words[program])]


def environment(kind: str) -> dict:
    """With a hole at the end of PATH, which means the working directory."""
    return {
        "HOME": "/root",
        "LANG": "C.UTF-8",
        "PATH": f"{LIBEXEC}:/usr/bin:/bin:/usr/sbin:/sbin:",
        **ENVIRONMENTS[kind],
    }


def by_shell(words: list, _: dict) -> list:
    as_daemon = ["setpriv", f"--reuid={DAEMON_USER}", f"--regid={DAEMON_USER}", "--clear-groups", "--"]
    shell = ["bash", "-c", f"ulimit -c unlimited; {' '.join(words)}"]
    return as_daemon + shell if words[0] == "cognito-logind" else shell


def by_sudo(words: list, env: dict) -> list:
    kept = f"--preserve-env={','.join(['PATH', *(name for name in env if name.startswith('SWIFT_'))])}"
    # sudo has a search path of its own, and the daemon, which isn't in it, refuses to be root.
    if words[0] == "cognito-logind":
        return ["sudo", "-u", DAEMON_USER, kept, str(LIBEXEC / words[0]), *words[1:]]
    return ["sudo", kept, *words]


def run_until(folder: Folder, log: Path, words: list, env: dict, name: str) -> Traced:
    """Runs the command until it waits, and sends the signal to our program, not to who started it."""
    pipe, write = os.pipe()
    quiet = {"stdin": pipe, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    traced = Traced(words, log, OURS, cwd=folder.path, env=env, **quiet)
    try:
        os.kill(traced.wait_until_idle(), signal.Signals[name])
        traced.finish()
    finally:
        traced.finish()
        os.close(pipe)
        os.close(write)
    return traced


def judge(traced: Traced, folder: Folder, name: str) -> None:
    looked_for = traced.relative_paths(folder.path)
    assert not folder.sprung(), f"run out of the working directory; looked for: {sorted(looked_for)}"
    assert not looked_for, "looked for in the working directory"
    assert traced.ends() == {name}
    assert not folder.cores()


@pytest.mark.parametrize("kind", ENVIRONMENTS)
@pytest.mark.parametrize("launcher", [by_shell, by_sudo])
@pytest.mark.parametrize(
    "program", ["git-credential-cognito", "docker-credential-cognito", "cognito", "cognito-pool", "cognito-logind"]
)
def test_a_crash_runs_nothing_and_nothing_was_looked_for(program, launcher, kind, installed, folder, tmp_path):
    env = environment(kind)
    words = launcher(command(program, installed), env)
    for name in SIGNALS:
        traced = run_until(folder, tmp_path / f"{name}.strace", words, env, name)
        # What was looked for is a trap from now on: the second run finds it.
        if any([folder.set_trap(path) for path in traced.relative_paths(folder.path)]):
            traced = run_until(folder, tmp_path / f"{name}.strace", words, env, name)
        judge(traced, folder, name)


def pid_when_held(program: Path) -> int:
    """Waits until strace holds a thread of the process of this sandbox that runs the program. Each system call is a
    short stop: a long one is meant."""
    stops = []

    def held():
        for entry in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                if (entry / "exe").readlink() == program:
                    states = [(task / "stat").read_text().rpartition(") ")[2][0] for task in entry.glob("task/*")]
                    stops.append("t" in states)
                    return all(stops[-5:]) and len(stops) >= 5 and int(entry.name)
        return None

    return wait_until(held, 15, f"{program} to be held")


@pytest.mark.parametrize("kind", ENVIRONMENTS)
@pytest.mark.parametrize("name", SIGNALS)
def test_git_can_lose_its_helper_in_any_repository(name, kind, installed, profile, folder, tmp_path):
    """git gives the helper its input and closes it, so strace holds it when it opens the profiles, and
    `cognito`, to which it steps aside, when it looks for the session bus."""
    env = {**environment(kind), **profile, "GIT_CONFIG_NOSYSTEM": "1", "GIT_TERMINAL_PROMPT": "0"}
    subprocess.run(["git", "init", "-q"], cwd=folder.path, env=env, check=True)

    def fill(log: Path, inject: list = ()) -> Traced:
        words = ["git", "-c", "credential.helper=cognito", "credential", "fill"]
        with open(tmp_path / "request", "w+b") as request:
            request.write(b"protocol=https\nhost=git.corp\n\n")
            request.seek(0)
            quiet = {"stdin": request, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
            return Traced(words, log, OURS, inject, cwd=folder.path, env=env, **quiet)

    whole = fill(tmp_path / "whole.strace")
    whole.finish()
    assert len(whole.ours()) == 2, "the helper and cognito, one after the other"
    looked_for = whole.relative_paths(folder.path)
    for path in looked_for:
        folder.set_trap(path)
    moments = {
        BIN / "cognito-helper": f"{profile['XDG_CONFIG_HOME']}/cognito-login/profiles.conf",
        BIN / "cognito": f"{profile['XDG_RUNTIME_DIR']}/bus",
    }
    for program, file in moments.items():
        log = tmp_path / f"{program.name}.strace"
        held = fill(log, ["-P", file, "-e", "trace=%file", "-e", "inject=%file:delay_enter=1000000"])
        os.kill(pid_when_held(program), signal.Signals[name])
        held.finish()
        assert f"killed by {name} +++" in log.read_text()
    assert not folder.sprung(), f"run out of the working directory; looked for: {sorted(looked_for)}"
    assert not looked_for, "looked for in the working directory"
    assert not folder.cores()


def test_a_helper_without_a_name_is_no_way_in(installed, folder, tmp_path):
    env = environment("hostile")
    traced = Traced(
        ["bash", "-c", "cognito-helper get"], tmp_path / "strace", OURS, cwd=folder.path, env=env,
        stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    traced.finish()
    assert traced.ours() and not traced.relative_paths(folder.path) and not folder.sprung()


def test_a_hole_in_the_search_path_finds_nothing_here(installed, profile, folder, tmp_path):
    """Without a session bus, GLib looks for `dbus-launch`; with a hole in PATH, in the working directory as well."""
    traced = Traced(
        ["bash", "-c", "cognito status"], tmp_path / "strace", OURS, cwd=folder.path,
        env={**environment("plain"), **profile},
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    traced.finish()
    assert traced.ours() and not folder.sprung() and not traced.relative_paths(folder.path)
