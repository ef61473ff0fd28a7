"""What the journal says of sign-ins, by field, and what the unit lets the daemon have: only systemd can show it."""

import json

from person import PASSWORD, ssh, ssh_as
from rig.processes import wait_until
from rig.terminal import answer, finish


def entries(machine, *matches) -> list:
    shown = machine.box.shell(" ".join(["journalctl -q -u cognito-logind -o json", *matches]))
    return [json.loads(line) for line in shown.splitlines() if line.startswith("{")]


def test_a_refused_sign_in_is_one_entry_with_fields(machine):
    child = ssh_as("ada")
    answer(child, [(PASSWORD, "Wrong-Password-1")])
    finish(child)
    wait_until(lambda: entries(machine, "COGNITO_USER=ada", "COGNITO_OUTCOME=denied"), 10, "the entry")
    (entry,) = entries(machine, "COGNITO_USER=ada", "COGNITO_OUTCOME=denied")
    expected = {
        "COGNITO_SERVICE": "sshd",
        "COGNITO_RHOST": "127.0.0.1",
        "COGNITO_TTY": "ssh",
        "COGNITO_OPERATION": "authenticate",
        "COGNITO_CALLER_UID": "0",
        "SYSLOG_IDENTIFIER": "cognito-logind",
        "PRIORITY": "5",
        "_SYSTEMD_UNIT": "cognito-logind.service",
    }
    assert {name: entry.get(name) for name in expected} == expected
    assert entry["COGNITO_REASON"] and entry["MESSAGE"].startswith("not signed in")


def test_a_sign_in_is_one_entry_with_the_uid(machine):
    ssh(machine.people["ada"]).exit()
    (entry,) = entries(machine, "COGNITO_USER=ada", "COGNITO_OUTCOME=success")
    assert entry["COGNITO_UID"] == machine.box.shell("id -u ada").strip()
    assert entry["MESSAGE"].startswith("signed in")


def test_the_daemon_has_descriptors_for_all_its_connections(machine):
    limits = machine.box.shell("cat /proc/$(systemctl show -P MainPID cognito-logind)/limits")
    assert [line.split()[3] for line in limits.splitlines() if line.startswith("Max open files")] == ["8192"]
