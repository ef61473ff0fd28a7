"""What root sees and says: users, sessions, lock, unlock, forget, test-login."""

import json
import time

import pytest
from rig import terminal
from rig.naming import Naming, NamingPool, admin
from rig.people import PASSWORD
from rig.processes import run, wait_until

pytestmark = pytest.mark.usefixtures("sandboxed")


@pytest.fixture(scope="module")
def pool(login) -> NamingPool:
    return NamingPool(login.pool)


@pytest.fixture
def naming(healthy, pool):
    naming = Naming(healthy)
    naming.use(pool, "[service sudo]\ngroups = admins")
    yield naming
    naming.clear()


@pytest.fixture
def person(naming, pool, request):
    name = "r" + str(abs(hash(request.node.name)) % 10**8)
    pool.add(name)
    naming.made_known(name)
    return name


def test_login(name: str, dialogue: list, *options) -> tuple:
    child = terminal.spawn("cognito", "admin", "login", "test-login", name, *options)
    shown = terminal.answer(child, dialogue)
    rest, status = terminal.finish(child)
    return status, shown.replace("\r\n", "\n") + rest


test_login.__test__ = False


def test_users_shows_everybody_with_what_matters(naming, person):
    fresh = naming.known(person)
    assert fresh["sub"] is None and fresh["last_sign_in"] is None and not fresh["locked"]
    assert naming.ssh(person)[0]
    known = naming.known(person)
    assert known["sub"] and known["pool_name"] == person and known["groups"] == ["engineers"]
    assert abs(known["last_sign_in"] - time.time()) < 60
    lines = admin("users").stdout.splitlines()
    assert lines[0].split()[:2] == ["NAME", "UID"]
    row = next(line for line in lines if line.startswith(person + " "))
    assert str(known["uid"]) in row and "bound" in row and "engineers" in row


def test_a_locked_person_comes_in_by_no_way_until_unlocked(naming, person):
    assert naming.ssh(person)[0]
    assert admin("lock", person).returncode == 0
    let_in, shown = naming.su(person)
    assert not let_in and "locked on this machine" in shown
    assert not naming.ssh(person)[0]
    assert naming.login.ssh_by_key(person, "id -un")[0] != 0
    shown, status = terminal.finish(terminal.spawn("su", "-c", "id", person))
    assert status != 0 and "locked on this machine" in shown
    # Where our module isn't asked, the record says it: pam_unix refuses.
    assert '"locked":true' in run("cat", f"/run/userdb/{person}.user").stdout
    naming.login.restart_daemon()
    assert not naming.ssh(person)[0]
    assert admin("unlock", person).returncode == 0
    assert naming.ssh(person)[0]
    assert naming.login.ssh_by_key(person, "id -un") == (0, person)


def test_an_account_made_anew_in_the_pool_is_let_in_after_forget_and_has_its_files(naming, pool, person):
    assert naming.ssh(person)[0]
    uid = naming.known(person)["uid"]
    pool.delete(person)
    pool.add(person, password="Another-Person-2")
    let_in, shown = naming.su(person, [("Password: ", "Another-Person-2")])
    assert not let_in and "belonged to somebody else" in shown
    assert admin("forget", person).returncode == 0
    assert naming.login.ssh_by_key(person, "id -un")[0] != 0
    assert naming.ssh(person, "Another-Person-2")[0]
    assert naming.known(person)["uid"] == uid


def test_sessions_shows_who_is_here_and_whose_tokens_wait(naming, person):
    child = naming.machine.ssh(person)
    terminal.answer(child, [("Password: ", PASSWORD)])
    shell = terminal.Shell(child)

    def mine() -> dict:
        listed = json.loads(admin("sessions", "--json").stdout)["sessions"]
        return next((entry for entry in listed if entry["name"] == person), {})

    assert (mine()["open"], mine()["waits_for_collection"], mine()["service"]) == (1, True, "sshd")
    assert person in admin("sessions").stdout
    shell.exit()
    wait_until(lambda: not mine(), 10, "the session to be gone")


def test_test_login_says_each_step_and_leaves_nothing(naming, person):
    status, shown = test_login(person, [("Password: ", PASSWORD)])
    assert status == 0, shown
    for said in (f"asked for {person}.", f"signed {person} in", "would be let in", f"{person}: no objection by sshd"):
        assert said in shown, shown
    assert naming.known(person)["sub"] is None
    assert not json.loads(admin("sessions", "--json").stdout)["sessions"]
    status, shown = test_login(person, [("Password: ", PASSWORD)], "--service", "sudo")
    assert status != 0 and "isn't allowed to do this" in shown and "would not be let in by sudo" in shown
    status, shown = test_login(person, [("Password: ", "Wrong-Password-1")])
    assert status != 0 and "The reason: " in shown
    status, shown = test_login("nobody-here", [])
    assert status != 0 and "isn't known to this machine" in shown
    assert PASSWORD not in naming.machine.daemon.output()


def test_test_login_changes_no_password(naming, pool):
    pool.add("temp2", temporary=True)
    naming.made_known("temp2")
    status, shown = test_login("temp2", [("Password: ", PASSWORD)])
    assert status == 0 and "this test ends here, and changes nothing" in shown
    user = pool.api.admin_get_user(UserPoolId=pool.id, Username="temp2")
    assert user["UserStatus"] == "FORCE_CHANGE_PASSWORD"


def test_only_root_says_such_things(naming, person):
    for words in (["lock", person], ["forget", person], ["users"], ["sessions"]):
        done = run(*naming.machine.as_person("lovelace", "cognito", "admin", "login", *words))
        assert done.returncode != 0 and "Only root" in done.stderr, words
    child = terminal.spawn(*naming.machine.as_person("lovelace", "cognito", "admin", "login", "test-login", person))
    shown, status = terminal.finish(child)
    assert status != 0 and "Password" not in shown
    assert not naming.known(person)["locked"]
