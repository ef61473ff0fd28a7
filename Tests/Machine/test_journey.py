"""From `apt install` to git over ssh, and what an administrator sees of it, on a machine that was just set up."""

from box import timed
from conftest import LOCAL, LOCAL_PASSWORD
from person import CODE, PASSWORD, console, dialogue, ssh
from rig.terminal import answer, finish, spawn

GIT_GET = "printf 'protocol=https\\nhost=git.example.com\\n\\n' | git-credential-cognito get"
DOCKER_GET = "echo registry.example.com | docker-credential-cognito get"


def test_both_units_run_and_nothing_failed(machine):
    assert machine.box.unit("cognito-logind.service")["ActiveState"] == "active"
    assert machine.box.unit("cognito-logind.socket")["ActiveState"] == "active"
    assert machine.box.run("systemctl", "list-units", "--failed", "--plain", "--no-legend").stdout == ""


def test_people_made_known_are_users_of_the_system(machine):
    machine.box.shell("cognito admin login add ben")
    assert "ben:x:" in machine.box.shell("getent passwd ben")
    assert "sudo" in machine.box.shell("id ada")


def test_password_and_code_over_ssh_then_git_and_docker_without_another_sign_in(machine):
    shell = ssh(machine.people["ada"])
    status, reply = shell.run(GIT_GET)
    assert status == 0 and "password=ey" in reply, reply
    status, reply = shell.run(DOCKER_GET)
    assert status == 0 and '"Secret":"ey' in reply, reply
    status, reply = shell.run("cognito status")
    assert status == 0 and "ada" in reply, reply
    shell.exit()


def test_a_console_login_feeds_git(machine):
    machine.box.shell("cognito admin login add ben")
    shell = console(machine.box, machine.people["ben"])
    status, reply = shell.run(GIT_GET)
    assert status == 0 and "password=ey" in reply, reply
    shell.exit()


def test_sudo_asks_the_pool_again_and_goes_by_group(machine):
    shell = ssh(machine.people["ada"])
    status, reply = shell.ask("sudo -k id -un", dialogue(machine.people["ada"]))
    assert (status, reply.split()[-1]) == (0, "root")
    shell.exit()


def test_who_is_in_no_allowed_group_stays_out(machine):
    machine.box.run("cognito", "admin", "login", "add", "dora")
    child = spawn(*ssh_words("dora"))
    answer(child, [(PASSWORD, machine.people["dora"].password)])
    shown, status = finish(child)
    assert status == 255, shown


def test_a_local_user_is_in_within_two_seconds_whatever_the_daemon_does(machine):
    units = "cognito-logind.socket cognito-logind.service"
    for command in ("true", f"systemctl stop {units}", f"systemctl start {units}", f"systemctl kill -s STOP {units}"):
        machine.box.shell(command)
        assert timed(lambda: su_local(machine)) < 2, command
    machine.box.shell(
        f"systemctl kill -s CONT {units}; systemctl restart {units}"
    )


def test_everything_is_there_after_a_reboot(machine):
    machine.box.reboot()
    machine.pool.start()
    assert "ada:x:" in machine.box.shell("getent passwd ada")
    shell = ssh(machine.people["ada"])
    status, reply = shell.run(GIT_GET)
    assert status == 0 and "password=ey" in reply, reply
    shell.exit()


def test_su_to_a_person_asks_for_their_password_and_code(machine):
    ada = machine.people["ada"]
    child = spawn(*machine.box.command("runuser", "-u", LOCAL, "--", "su", "-", ada.name, "-c", "id -un"))
    answer(child, [(PASSWORD, ada.password), (CODE, ada.authenticator.next_code)])
    assert finish(child)[0].split()[-1] == "ada"


def ssh_words(name: str) -> list:
    from person import SSH

    return [*SSH, f"{name}@127.0.0.1"]


def su_local(machine) -> None:
    child = spawn(*machine.box.command("runuser", "-u", "nobody", "--", "su", LOCAL, "-c", "true"))
    answer(child, [(PASSWORD, LOCAL_PASSWORD)])
    assert finish(child)[1] == 0
