"""From `apt install` to git over ssh, and what an administrator sees of it, on a machine that was just set up."""

from box import timed
from conftest import LOCAL
from local_users import by_su
from person import PASSWORD, dialogue, ssh, ssh_as
from rig.terminal import answer, finish, spawn


def test_both_units_run_and_nothing_failed(machine):
    assert machine.box.unit("cognito-logind.service")["ActiveState"] == "active"
    assert machine.box.unit("cognito-logind.socket")["ActiveState"] == "active"
    assert machine.box.run("systemctl", "list-units", "--failed", "--plain", "--no-legend").stdout == ""


def test_people_made_known_are_users_of_the_system(machine):
    assert "ben:x:" in machine.box.shell("getent passwd ben")


def test_password_and_code_over_ssh(machine):
    shell = ssh(machine.people["hedy"])
    status, reply = shell.run("id")
    assert status == 0 and "(hedy)" in reply and "(sudo)" in reply, reply
    shell.exit()


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


def test_a_local_user_is_in_within_two_seconds_whatever_the_daemon_does(machine):
    units = "cognito-logind.socket cognito-logind.service"
    for command in ("true", f"systemctl stop {units}", f"systemctl start {units}", f"systemctl kill -s STOP {units}"):
        machine.box.shell(command)
        assert timed(lambda: by_su(machine.box)) < 2, command
    machine.box.shell(f"systemctl kill -s CONT {units}; systemctl restart {units}")


def test_everything_is_there_after_a_reboot(machine):
    machine.box.reboot()
    machine.pool.start()
    assert "ada:x:" in machine.box.shell("getent passwd ada")
    ssh(machine.people["grace"]).exit()


def test_su_to_a_person_asks_for_their_password_and_code(machine):
    joan = machine.people["joan"]
    child = spawn(*machine.box.command("runuser", "-u", LOCAL, "--", "su", "-", joan.name, "-c", "id -un"))
    answer(child, dialogue(joan))
    assert finish(child)[0].split()[-1] == "joan"
