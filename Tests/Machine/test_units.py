"""What systemd does with our units when something is wrong, and that nobody of the machine's own waits for it."""

from box import timed
from local_users import by_ssh, by_su
from person import ssh
from rig.processes import wait_until

SERVICE, CONFIGURATION = "cognito-logind.service", "/etc/cognito-login/cognito-login.conf"
CHECK = f"/usr/libexec/cognito-login/cognito-logind --check-config --config {CONFIGURATION}"


def test_finding_10_a_typo_is_told_with_its_line_and_ends_restarts_but_not_the_people(machine):
    box = machine.box
    good = box.shell(f"cat {CONFIGURATION}")
    assert box.run(*CHECK.split()).returncode == 0
    box.write(CONFIGURATION, good.replace("[login]\n", "[login]\nhom_prefix = /home\n"))
    try:
        line = good.splitlines().index("[login]") + 2
        check = box.run(*CHECK.split())
        assert check.returncode == 78 and f"{CONFIGURATION}:{line}: " in check.stderr
        box.run("systemctl", "restart", SERVICE)
        wait_until(lambda: box.unit(SERVICE)["ActiveState"] == "failed", 10, "the daemon to give up")
        state = box.unit(SERVICE)
        assert (state["ExecMainStatus"], state["NRestarts"]) == ("78", "0")
        assert "ada:x:" in box.shell("getent passwd ada")
        assert timed(lambda: by_su(box)) < 2
    finally:
        box.write(CONFIGURATION, good)
    box.shell(f"systemctl start {SERVICE}")
    ssh(machine.people["ada"]).exit()


def test_finding_11_a_daemon_that_is_stopped_is_replaced(machine):
    box = machine.box
    before = box.unit(SERVICE)["MainPID"]
    box.shell(f"kill -STOP {before}")
    assert timed(lambda: by_su(box)) < 2
    wait_until(lambda: box.unit(SERVICE)["MainPID"] not in (before, "0"), 40, "another daemon")
    wait_until(lambda: box.unit(SERVICE)["ActiveState"] == "active", 10, "it to be ready")
    ssh(machine.people["ada"]).exit()


def test_finding_7_a_daemon_that_hangs_while_starting_holds_nobody_at_boot(machine):
    box = machine.box
    drop_in = f"/etc/systemd/system/{SERVICE}.d/hang.conf"
    box.write(drop_in, "[Service]\nExecStart=\nExecStart=/bin/sleep 1000\n")
    try:
        # Five seconds are the unit's TimeoutStartSec, the rest is the boot.
        assert timed(lambda: (box.reboot(), by_ssh(box, "-o", "ConnectionAttempts=20"))) < 15
    finally:
        box.shell(f"rm -r $(dirname {drop_in}) && systemctl daemon-reload && systemctl restart {SERVICE}")


def test_the_log_says_at_start_who_is_known(machine):
    (line,) = [text for text in machine.box.journal(SERVICE) if text.startswith("people made known")][-1:]
    assert "people=" in line and CONFIGURATION in line, line


def test_finding_11_a_start_a_stop_and_a_person_leave_no_noise(machine):
    """A line about thread priorities at each start of each program, a warning at each stop."""
    box = machine.box
    shell = ssh(machine.people["hedy"])
    assert shell.run("cognito status")[0] == 0
    shell.exit()
    box.shell(f"systemctl restart {SERVICE}")
    everything = box.shell("journalctl -q -b -o cat")
    assert "thread priority" not in everything and "CancellationError" not in everything
    loud = box.shell(f"journalctl -q -b -u {SERVICE} -p warning -o cat")
    assert "no more connections" not in loud, loud


def test_finding_11_the_socket_holds_as_many_as_the_unit_says(machine):
    waiting = machine.box.shell("ss -xlH src /run/cognito-login/logind.sock").split()
    assert waiting[3] == "256", waiting
