"""Machines in a bad state: whatever it is, local users and root get in within two seconds, and what can work does."""

import subprocess

import pytest
from box import Box, timed
from local_users import get_in
from person import PASSWORD, feeds, ssh
from rig.processes import wait_until
from rig.terminal import answer, finish, spawn

SERVICE, SOCKET = "cognito-logind.service", "cognito-logind.socket"
CONFIGURATION = "/etc/cognito-login/cognito-login.conf"
PROFILES = "/etc/cognito-login/profiles.conf"


def people_get_in(machine, name: str = "ben") -> None:
    shell = ssh(machine.people[name])
    feeds(shell)
    shell.exit()


def people_are_refused(machine, seconds: float) -> None:
    """With a sentence, and nobody waits for long for a daemon that isn't there."""
    child = spawn(*machine.box.command("runuser", "-u", "nobody", "--", "su", "ben", "-c", "true"))
    took = timed(lambda: child.expect("available now; please try again later"))
    assert finish(child)[1] != 0 and took < seconds, took


def drop_in(box: Box, text: str) -> None:
    box.write(f"/etc/systemd/system/{SERVICE}.d/bad.conf", f"[Service]\n{text}\n")
    box.shell("systemctl daemon-reload")


def mend(box: Box) -> None:
    box.shell(f"rm -rf /etc/systemd/system/{SERVICE}.d; systemctl daemon-reload; systemctl reset-failed;"
              f"systemctl restart {SOCKET} {SERVICE}")  # fmt: skip


# The daemon


def test_a_daemon_that_is_killed_comes_back(machine):
    for name in ("KILL", "SEGV", "ABRT"):
        before = machine.box.unit(SERVICE)["MainPID"]
        machine.box.shell(f"kill -{name} {before}")
        get_in(machine.box)
        wait_until(lambda before=before: machine.box.unit(SERVICE)["MainPID"] not in ("0", before), 10, "another one")
    people_get_in(machine)


def test_a_daemon_that_crashes_at_every_start(machine):
    drop_in(machine.box, "ExecStartPre=\nExecStart=\nExecStart=/bin/sh -c 'kill -SEGV $$$$'")
    try:
        machine.box.run("systemctl", "restart", SERVICE)
        get_in(machine.box)
        wait_until(lambda: int(machine.box.unit(SERVICE)["NRestarts"]) > 2, 20, "systemd to try again and again")
        get_in(machine.box)
        # The module gives the daemon ten seconds for its first word, as long as there is a socket.
        people_are_refused(machine, 15)
        assert "ben:x:" in machine.box.shell("getent passwd ben")
    finally:
        mend(machine.box)
    people_get_in(machine)


def test_a_daemon_and_its_socket_that_are_off(machine):
    machine.box.shell(f"systemctl stop {SOCKET} {SERVICE}")
    try:
        get_in(machine.box)
        people_are_refused(machine, 5)
        assert "ben:x:" in machine.box.shell("getent passwd ben")
    finally:
        mend(machine.box)
    people_get_in(machine)


def test_the_pool_is_down_at_boot(machine):
    machine.box.shell("systemctl disable -q cognito-pool")
    machine.box.reboot()
    assert machine.box.unit("cognito-pool")["ActiveState"] == "inactive"
    get_in(machine.box)
    assert "ben:x:" in machine.box.shell("getent passwd ben")
    machine.pool.start()
    people_get_in(machine)


# Files


@pytest.mark.parametrize("path", [CONFIGURATION, PROFILES])
@pytest.mark.parametrize("spoiled", ["[pool\n", "\x00\xff\x00", "", "user_pool_id = \n"])
def test_a_spoiled_configuration(machine, path, spoiled):
    box = machine.box
    good = box.path(path).read_bytes()
    box.path(path).write_bytes(spoiled.encode("latin-1"))
    try:
        box.run("systemctl", "restart", SERVICE)
        get_in(box)
        assert "ben:x:" in box.shell("getent passwd ben"), "who was known is still known"
        # Without profiles people get in, and a helper hands out nothing.
        helper = box.run("runuser", "-u", "ben", "--", "fed")
        assert path != PROFILES or "not fed: git 0, docker 0" in helper.stdout
    finally:
        box.path(path).write_bytes(good)
        mend(box)


def test_a_full_run(machine):
    box = machine.box
    box.shell("mount -o remount,size=$(($(df --output=used -k /run | tail -n 1) + 64))k /run")
    full = "dd if=/dev/zero of=/run/full bs=1k"
    assert "No space left" in box.run(*full.split()).stderr
    try:
        get_in(machine.box)
        box.run("systemctl", "restart", SERVICE)
        get_in(machine.box)
    finally:
        box.shell("rm -f /run/full; mount -o remount,size=100m /run")
        mend(box)
    people_get_in(machine)


def test_a_full_var(machine):
    box = machine.box
    # The state folder on a disk of its own that has no room left: /var of the machine is memory of ours.
    state = "/var/lib/cognito-login"
    box.shell(f"systemctl stop {SOCKET} {SERVICE}; cp -a {state} /opt/kept; mount -t tmpfs -o size=64k tmpfs {state};"
              f"cp -a /opt/kept/. {state}; dd if=/dev/zero of={state}/full bs=1k || true")  # fmt: skip
    try:
        box.run("systemctl", "start", SOCKET, SERVICE)
        get_in(machine.box)
        refused = box.run("cognito", "admin", "login", "add", "nobody-yet")
        assert refused.returncode != 0, "an account that can't be written isn't there"
        assert "ben:x:" in box.shell("getent passwd ben")
    finally:
        box.shell(f"systemctl stop {SOCKET} {SERVICE}; umount {state}; rm -rf /opt/kept")
        mend(box)
    people_get_in(machine)


# The clock: the daemon's own, by a library that goes before libc, because a machine's can't be set in a container.

CLOCK = """
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <time.h>
int clock_gettime(clockid_t clock, struct timespec *now) {
  static int (*real)(clockid_t, struct timespec *);
  if (!real) real = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
  int status = real(clock, now);
  long ahead = 0;
  FILE *file = clock == CLOCK_REALTIME ? fopen("/opt/clock/ahead", "r") : 0;
  if (file) { if (fscanf(file, "%ld", &ahead) != 1) ahead = 0; fclose(file); }
  now->tv_sec += ahead;
  return status;
}
"""


def su(box: Box, password: str) -> int:
    """ben by su, from nobody's place."""
    child = spawn(*box.command("runuser", "-u", "nobody", "--", "su", "ben", "-c", "true"))
    answer(child, [(PASSWORD, password)])
    return finish(child)[1]


def test_finding_9_a_clock_a_day_ahead_and_set_back_locks_nobody_out(machine, tmp_path):
    box = machine.box
    library = tmp_path / "clock.so"
    subprocess.run(["gcc", "-shared", "-fPIC", "-x", "c", "-", "-o", library], input=CLOCK, text=True, check=True)
    box.put(library, "/opt/clock/clock.so")
    box.write("/opt/clock/ahead", "86400")
    drop_in(box, "Environment=LD_PRELOAD=/opt/clock/clock.so\nBindReadOnlyPaths=/opt/clock")
    try:
        box.shell(f"systemctl restart {SERVICE}")
        get_in(machine.box)
        for _ in range(6):
            assert su(box, "wrong") != 0
        box.write("/opt/clock/ahead", "0")
        get_in(box)
        # A wait of seconds, there where the wrong passwords were typed, and not as long as the clock was ahead.
        wait_until(lambda: su(box, machine.people["ben"].password) == 0, 30, "ben's wait to end")
    finally:
        mend(box)
