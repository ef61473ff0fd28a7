"""The sandbox keeps its promise: what happens inside stays inside."""

import os
import socket

import pytest
from rig import host
from rig.processes import run

pytestmark = pytest.mark.usefixtures("sandboxed")


def inside(*command):
    """Runs a command in a sandbox within this one, which stands for the machine."""
    return run("rig/sandbox", *command, cwd=os.path.dirname(os.path.dirname(__file__)))


def test_files_written_in_the_sandbox_are_not_on_the_machine():
    before = host.picture()
    script = """
      echo x > /etc/left-behind; rm /etc/passwd; mkdir /home/somebody; mkdir -p /run/userdb; echo y > /run/userdb/y.user
      echo z >> /var/log/wtmp; echo s > "$(ls -d /usr/lib/*/security | head -1)/pam_left.so"; test ! -e /etc/passwd
    """
    assert inside("bash", "-ec", script).returncode == 0
    assert host.differences(before, host.picture()) == []


def test_the_picture_of_the_machine_notices_changes():
    before = host.picture()
    with open("/etc/left-behind", "w") as file:
        file.write("x")
    try:
        assert [line.split(":")[0] for line in host.differences(before, host.picture())] == ["/etc/left-behind"]
    finally:
        os.unlink("/etc/left-behind")


def test_no_process_outlives_the_sandbox():
    result = inside("bash", "-c", "setsid sleep 9753 & exec true")
    assert result.returncode == 0
    assert "sleep 9753" not in run("ps", "ax", "-o", "args").stdout.replace("\0", " ")


def test_there_is_no_way_out_of_loopback():
    with socket.socket() as probe:
        probe.settimeout(1)
        with pytest.raises(OSError, match="unreachable"):
            probe.connect(("192.0.2.1", 80))


def test_the_environment_of_the_caller_does_not_come_in():
    os.environ["SSH_AUTH_SOCK"] = "/somewhere"
    try:
        assert "SSH_AUTH_SOCK" not in inside("env").stdout
    finally:
        del os.environ["SSH_AUTH_SOCK"]
