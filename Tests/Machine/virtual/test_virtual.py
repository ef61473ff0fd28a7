"""What only a machine with a kernel of its own can show: AppArmor, locked memory, a serial console, a real reboot.

Nightly (`make machine-vm`); one step after the other on one machine."""

import pytest
from conftest import BoxPool, Machine, people, prepare, set_up
from local_users import by_ssh
from person import dialogue, feeds, ssh
from rig.terminal import Shell, answer
from virtual_machine import VirtualMachine

DAEMON = "/proc/$(systemctl show -P MainPID cognito-logind)"


@pytest.fixture(scope="module")
def machine(debs):
    vm = VirtualMachine()
    try:
        prepare(vm, debs)
        vm.shell("DEBIAN_FRONTEND=noninteractive apt-get -qy install ./cognito-pool_*.deb", seconds=180)
        pool = BoxPool(vm).start()
        accounts = people(pool)
        set_up(vm, pool)
        for name in accounts:
            vm.shell(f"cognito admin login add {name}")
        yield Machine(vm, pool, accounts)
    finally:
        vm.throw_away()


def nothing_was_refused(vm) -> None:
    """By AppArmor, which in complain mode says ALLOWED of what it would refuse."""
    said = vm.shell("journalctl -k -b | grep -E 'apparmor=.(DENIED|ALLOWED)' | grep cognito || true")
    assert said == ""


def test_the_profiles_are_loaded_and_confine_the_programs(machine):
    loaded = machine.box.shell("cat /sys/kernel/security/apparmor/profiles")
    assert "cognito-logind (" in loaded and "cognito-pool (" in loaded
    assert machine.box.shell(f"cat {DAEMON}/attr/current").startswith("cognito-logind (")


def test_the_daemons_memory_is_locked(machine):
    (line,) = [line for line in machine.box.shell(f"cat {DAEMON}/status").splitlines() if line.startswith("VmLck")]
    assert int(line.split()[1]) > 0
    assert "not locked" not in machine.box.shell("journalctl -b -u cognito-logind")


def test_password_and_code_over_ssh_feed_git(machine):
    shell = ssh(machine.people["ada"])
    feeds(shell)
    shell.exit()
    nothing_was_refused(machine.box)


def test_password_and_code_at_the_serial_console_feed_git(machine):
    child = machine.box.console()
    answer(child, [("login: ", "grace"), *dialogue(machine.people["grace"])])
    shell = Shell(child)
    feeds(shell)
    child.sendline("exit")
    child.expect("login: ")
    child.close()
    nothing_was_refused(machine.box)


def test_a_local_user_gets_in_at_a_boot_without_the_daemon(machine):
    machine.box.shell("systemctl disable -q cognito-logind.service cognito-logind.socket")
    machine.box.reboot()
    by_ssh(machine.box)
    machine.box.shell("systemctl enable -q --now cognito-logind.service")


def test_after_a_real_reboot_people_are_known_and_a_login_feeds_git(machine):
    machine.box.reboot()
    assert "ada:x:" in machine.box.shell("getent passwd ada")
    machine.pool.start()
    for name in ("ben", "hedy"):
        shell = ssh(machine.people[name])
        feeds(shell)
        shell.exit()
    nothing_was_refused(machine.box)
