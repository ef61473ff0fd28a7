"""`systemctl reload`, and a machine that starts again while its configuration has a mistake."""

import pytest
from person import ssh, ssh_as
from rig.processes import wait_until
from test_units import CONFIGURATION, SERVICE

WRITER = "cognito-userdb.service"


@pytest.fixture
def good(machine):
    """The configuration, which is put back."""
    text = machine.box.shell(f"cat {CONFIGURATION}")
    yield text
    machine.box.write(CONFIGURATION, text)
    machine.box.shell(f"systemctl restart {SERVICE}")


def members_of(box, name: str) -> list:
    return box.shell(f"id -nG {name}").split()


def test_a_reload_takes_what_changed_and_keeps_what_waits(machine, good):
    box = machine.box
    ssh(machine.people["ben"]).exit()
    shell = ssh(machine.people["ada"])
    status = "cognito admin status"
    waiting = [line for line in box.shell(status).splitlines() if line.startswith("waiting")]
    before = box.unit(SERVICE)["MainPID"]
    assert "adm" not in members_of(box, "ben")
    box.write(CONFIGURATION, good.replace("admins:sudo", "admins:sudo, engineers:adm"))
    box.shell(f"systemctl reload {SERVICE}")
    wait_until(lambda: "adm" in members_of(box, "ben"), 10, "the records to follow")
    state = box.unit(SERVICE)
    assert (state["MainPID"], state["ActiveState"]) == (before, "active")
    assert [line for line in box.shell(status).splitlines() if line.startswith("waiting")] == waiting
    # What waited for ada is still ada's to collect.
    assert shell.run("cognito status")[0] == 0
    shell.exit()


def test_a_reload_with_mistakes_fails_and_tells_them_all(machine, good):
    box = machine.box
    before = box.unit(SERVICE)["MainPID"]
    box.write(CONFIGURATION, good.replace("[login]\n", "[login]\nhom_prefix = /home\nuid_min = 5\n"))
    line = good.splitlines().index("[login]") + 2
    assert box.run("systemctl", "reload", SERVICE).returncode != 0
    told = "\n".join(box.journal(SERVICE)[-10:])
    assert f"{CONFIGURATION}:{line}: unknown key hom_prefix in [login]. Did you mean home_prefix?" in told
    assert "uid_min–uid_max 5–" in told
    state = box.unit(SERVICE)
    assert (state["MainPID"], state["ActiveState"], state["SubState"]) == (before, "active", "running")
    ssh(machine.people["ben"]).exit()

    # Told to the daemon past that check, it is no more taken.
    box.shell(f"systemctl kill -s HUP {SERVICE}")
    wait_until(lambda: "can't be taken" in box.unit(SERVICE)["StatusText"], 10, "the unit's status")
    ssh(machine.people["ben"]).exit()


def test_after_a_reboot_with_a_mistake_people_have_their_names_and_nobody_gets_in(machine, good):
    box = machine.box
    known = {name: box.shell(f"getent passwd {name}; id {name}") for name in machine.people}

    key = "/home/ben/.ssh"
    box.shell(f"install -d -o ben -g ben -m 700 {key} && ssh-keygen -q -t ed25519 -N '' -f /srv/bens-key"
              f" && install -o ben -g ben -m 600 /srv/bens-key.pub {key}/authorized_keys")  # fmt: skip
    in_with_key = ["ssh", "-F", "none", "-i", "/srv/bens-key", "-o", "StrictHostKeyChecking=no",
                   "-o", "BatchMode=yes", "ben@127.0.0.1", "id", "-un"]  # fmt: skip
    assert box.run(*in_with_key).stdout.strip() == "ben"
    box.write(CONFIGURATION, good.replace("[login]", "[login"))
    box.reboot()
    assert box.unit(SERVICE)["ActiveState"] == "failed"
    assert {name: box.shell(f"getent passwd {name}; id {name}") for name in machine.people} == known
    assert box.shell("stat -c %U /home/ben").strip() == "ben"
    told = "\n".join(box.journal(WRITER))
    assert f"made known again as they were last: {len(known)} people" in told and f"{CONFIGURATION}:" in told
    # By key, which no daemon judges, they don't get in either; nor by password.
    assert box.run(*in_with_key).returncode != 0
    child = ssh_as("ben")
    child.expect("[Pp]assword[^\\n]*: |denied|closed", timeout=20)
    child.close()
    # Mended, it needs no other restart than the daemon's.
    box.write(CONFIGURATION, good)
    box.shell(f"systemctl restart {SERVICE}")
    assert box.run(*in_with_key).stdout.strip() == "ben"
    ssh(machine.people["ben"]).exit()
