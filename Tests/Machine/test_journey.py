"""From `apt install` to git over ssh, and what an administrator sees of it, on a machine that was just set up."""

import tempfile
from pathlib import Path

import pytest
from box import RUN, measured, timed
from conftest import CLONE, LOGIN
from local_users import by_su
from person import PASSWORD, dialogue, ssh, ssh_as
from readme import blocks, commands
from rig import tls
from rig.apache import Apache
from rig.processes import free_port
from rig.terminal import answer, finish


def test_both_units_run_and_nothing_failed(machine):
    assert machine.box.unit("cognito-logind.service")["ActiveState"] == "active"
    assert machine.box.unit("cognito-logind.socket")["ActiveState"] == "active"
    assert machine.box.run("systemctl", "list-units", "--failed", "--plain", "--no-legend").stdout == ""


def test_people_made_known_are_users_of_the_system(machine):
    assert "ben:x:" in machine.box.shell("getent passwd ben")


@pytest.fixture
def git_server(machine):
    """A server whose repositories are for people of the pool, on the loopback that it shares with the machine."""
    folder = Path(tempfile.mkdtemp(prefix="git-", dir=RUN))
    server = Apache(folder, tls.make(folder / "tls"), machine.pool.port, free_port())
    server.start(machine.pool.issuer, machine.pool.client_id).make_repository("work")
    yield server
    server.stop()


def test_from_the_packages_to_a_clone_over_ssh(machine, git_server):
    box = machine.box
    *_, git = blocks("README.md", "Set up a machine")
    for line in commands(git):
        box.shell(line.replace("sudo ", "").replace("https://git.example.com", f"http://{git_server.host}"))
    box.shell(f"sed -i 's/git.example.com/{git_server.host}/' /etc/cognito-login/profiles.conf")
    shell = measured(LOGIN, lambda: ssh(machine.people["hedy"]))
    code, reply = measured(CLONE, lambda: shell.run(f"git clone -q {git_server.git_url('work')} && cat work/README"))
    assert code == 0 and "Only people of the pool can read this." in reply, reply
    shell.exit()
    # And nobody else.
    stranger = box.run("git", "-c", "credential.helper=", "ls-remote", git_server.git_url("work"),
                       environment={"GIT_TERMINAL_PROMPT": "0"})  # fmt: skip
    assert stranger.returncode != 0


def test_sudo_asks_the_pool_again_and_goes_by_group(machine):
    shell = ssh(machine.people["ada"])
    status, reply = shell.ask("sudo -k id -un", dialogue(machine.people["ada"]))
    assert (status, reply.split()[-1]) == (0, "root")
    shell.exit()


def test_who_is_in_no_allowed_group_stays_out(machine):
    child = ssh_as("dora")
    answer(child, [(PASSWORD, machine.people["dora"].password)])
    shown, status = finish(child)
    assert status == 255, shown


def test_finding_7_a_local_user_is_in_within_two_seconds_whatever_the_daemon_does(machine):
    units = "cognito-logind.socket cognito-logind.service"
    for command in ("true", f"systemctl stop {units}", f"systemctl start {units}", f"systemctl kill -s STOP {units}"):
        machine.box.shell(command)
        assert timed(lambda: by_su(machine.box)) < 2, command
    machine.box.shell(f"systemctl kill -s CONT {units}; systemctl restart {units}")
