"""Time of one `get` of the credential helpers, alternating in one run, in a session with a real gnome-keyring.

    Benchmarks/run [ROUNDS]

Ours answers with a cached access token of cognito-pool. The peers answer with the same token, stored through them:
git's own git-credential-libsecret (C; built here from git's contrib folder) and docker-credential-secretservice (Go).
Every answer of every round is compared with what it must be. Minimum and median are of wall time, in ms: on a machine
that does other things too, the minimum is the fairer one.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

from rig import terminal
from rig.pool import Pool
from rig.processes import run
from rig.programs import ROOT, Programs

USER, UID, HOST = "measurer", "52999", "127.0.0.1:9"
PASSWORD, KEYRING_PASSWORD = "Babbage-1791-x", "keyring"
PART = 1000
CONTRIB = Path("/usr/share/doc/git/contrib/credential/libsecret")


def build_git_libsecret(folder: Path) -> Path | None:
    """git's C helper; Debian ships its source only, and not on machines that leave documentation out."""
    if not CONTRIB.exists():
        return None
    shutil.copytree(CONTRIB, folder)
    run("make", "-C", folder, check=True, seconds=60)
    return folder / "git-credential-libsecret"


def time_once(command: list, request: bytes) -> tuple:
    """Wall time of one run in ms, and its output."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    output, _ = process.communicate(request)
    return (time.perf_counter() - start) * 1000, output


def session(rounds: int) -> None:
    """Inside the user's D-Bus session: stores, signs in, measures. Speaks JSON lines on standard output."""
    run("gnome-keyring-daemon", "--daemonize", "--unlock", "--components=secrets", input=KEYRING_PASSWORD, check=True)
    child = terminal.spawn("cognito", "login", env=dict(os.environ))
    terminal.answer(child, [("[Pp]assword: ", PASSWORD)])
    shown, status = terminal.finish(child)
    assert status == 0, shown
    token = run("cognito", "token", "--access", check=True).stdout.strip()

    git_request = f"protocol=http\nhost={HOST}\n\n".encode()
    docker_request = HOST.encode()
    peers = {}
    if len(sys.argv) > 3:
        libsecret = sys.argv[3]
        # git's C helper reads lines of 1,023 bytes at most: it can't keep a whole token.
        stored = f"protocol=http\nhost={HOST}\nusername=measurer\npassword={token[:PART]}\n\n"
        run(libsecret, "store", input=stored, check=True)
        peers["git-credential-libsecret (C)"] = [libsecret, "get"], git_request
    secret = json.dumps({"ServerURL": HOST, "Username": "measurer", "Secret": token})
    run("docker-credential-secretservice", "store", input=secret, check=True)
    peers["docker-credential-secretservice (Go)"] = ["docker-credential-secretservice", "get"], docker_request
    commands = {
        "git-credential-cognito": (["git-credential-cognito", "get"], git_request),
        "docker-credential-cognito": (["docker-credential-cognito", "get"], docker_request),
        **peers,
        "(floor: /bin/true)": (["/bin/true"], b""),
    }
    times = {name: [] for name in commands}
    for turn in range(rounds + 5):
        for name, (command, request) in commands.items():
            milliseconds, output = time_once(command, request)
            assert name.startswith("(") or token[:PART].encode() in output, (
                f"{name} gave the wrong answer: {output[:80]}"
            )
            if turn >= 5:
                times[name].append(milliseconds)
    print(json.dumps(times))


def main(rounds: int) -> None:
    folder = Path("/run/bench")
    folder.mkdir(mode=0o755)
    run("make", "install", "DESTDIR=", f"RELEASE={Programs.find().folder}", cwd=ROOT, check=True, seconds=120)
    run("useradd", "--create-home", "--uid", UID, "--shell", "/bin/bash", USER, check=True)
    libsecret = build_git_libsecret(folder / "libsecret")
    with Pool(Programs.find(), folder / "pool") as pool:
        pool.add_person(USER, PASSWORD)
        profile = Path("/etc/cognito-login/profiles.conf")
        profile.parent.mkdir(exist_ok=True)
        profile.write_text(
            f"[profile bench]\nuser_pool_id = {pool.id}\nclient_id = {pool.client_id}\nendpoint = {pool.endpoint}\n"
            f"issuer = {pool.issuer}\nusername = {USER}\nhosts = {HOST}\n"
        )
        runtime = folder / "runtime"
        runtime.mkdir(mode=0o700)
        shutil.chown(runtime, USER, USER)
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": f"/home/{USER}",
            "XDG_RUNTIME_DIR": str(runtime),
            "LANG": "C.UTF-8",
        }
        environment |= {"PYTHONPATH": os.environ["PYTHONPATH"], "PYTHONDONTWRITEBYTECODE": "1", "TERM": "dumb"}
        result = run(
            "setpriv", f"--reuid={USER}", f"--regid={USER}", "--init-groups", "--", "dbus-run-session", "--",
            sys.executable, "-m", "helpers", "--session", rounds, *([libsecret] if libsecret else []),
            cwd=ROOT, env=environment, seconds=600,
        )  # fmt: skip
    if result.returncode != 0:
        sys.exit(f"the measurement failed:\n{result.stdout[-2000:]}{result.stderr[-2000:]}")
    report(json.loads(result.stdout.splitlines()[-1]))


def report(times: dict) -> None:
    print(f"{'one get, ms':40} {'min':>7} {'median':>7} {'n':>5}")
    for name, values in times.items():
        print(f"{name:40} {min(values):7.2f} {statistics.median(values):7.2f} {len(values):5}")
    for ours, peer in [
        ("git-credential-cognito", "git-credential-libsecret (C)"),
        ("docker-credential-cognito", "docker-credential-secretservice (Go)"),
    ]:
        if peer in times:
            share = min(times[ours]) / min(times[peer]), statistics.median(times[ours]) / statistics.median(times[peer])
            print(f"{ours} takes {share[0]:.0%} (min) and {share[1]:.0%} (median) of {peer}'s time")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--session"]:
        session(int(sys.argv[2]))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
