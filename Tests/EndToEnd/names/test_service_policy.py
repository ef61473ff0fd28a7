"""What one program wants beyond what all want, and how long a sign-in counts for what comes without one."""

import time

import pytest
from rig import terminal
from rig.naming import Naming, NamingPool
from rig.people import PASSWORD
from rig.processes import run

pytestmark = pytest.mark.usefixtures("sandboxed")


@pytest.fixture
def naming(healthy):
    naming = Naming(healthy)
    yield naming
    naming.clear()


def session(naming: Naming, name: str) -> terminal.Shell:
    """A shell by ssh: its processes keep the groups that they began with."""
    child = naming.machine.ssh(name)
    terminal.answer(child, [("[Pp]assword: ", PASSWORD)])
    return terminal.Shell(child)


def sudo(shell: terminal.Shell, name: str) -> tuple:
    shell.start("sudo -k; sudo id -u")
    terminal.answer(shell.child, [(f"password for {name}: ", PASSWORD)])
    # After a refusal sudo asks again: ^C.
    if shell.child.expect([r"\r\n0\r\n", f"password for {name}: "]) == 1:
        shown = shell.child.before
        shell.child.sendintr()
        return False, shown + shell.result()[1]
    return True, shell.result()[1]


def su_by_root(name: str) -> tuple:
    shown, status = terminal.finish(terminal.spawn("su", "-c", "id -un", name))
    return status == 0, shown


@pytest.mark.parametrize("section", ["[service sudo]\ngroups = admins", ""])
def test_a_right_that_the_pool_took_away_is_gone_at_the_next_sudo_of_the_same_session(naming, section):
    pool = NamingPool(naming.login.pool)
    pool.add("katherine", "engineers", "admins")
    naming.use(pool, section)
    naming.made_known("katherine")
    # Who becomes an administrator by the first sign-in has the groups from the second on.
    assert naming.ssh("katherine")[0]
    shell = session(naming, "katherine")
    allowed, shown = sudo(shell, "katherine")
    assert allowed, shown
    pool.leave("katherine", "admins")
    for _ in range(2):
        allowed, shown = sudo(shell, "katherine")
        assert not allowed, shown
    pool.join("katherine", "admins")
    allowed, shown = sudo(shell, "katherine")
    assert allowed, shown
    shell.exit()


def test_a_program_may_want_a_level_and_a_fresh_proof(naming):
    pool = NamingPool(naming.login.pool)
    pool.add("dorothy", "engineers", "admins")
    naming.use(pool, "[service su-l]\nacr = urn:cognito:loa:1\nmax_age = 1m\n[service su]\nacr = urn:cognito:loa:2")
    naming.made_known("dorothy")
    let_in, shown = naming.su("dorothy")
    assert let_in, shown
    child = terminal.spawn(*naming.machine.as_person("lovelace", "su", "-c", "id -un", "dorothy"))
    terminal.answer(child, [("Password: ", PASSWORD)])
    shown, status = terminal.finish(child)
    # The password alone is level 1, and she has no second factor.
    assert status != 0 and "stronger proof" in shown, shown


def test_keys_and_su_by_root_end_with_the_recheck_time_and_a_sign_in_brings_them_back(naming):
    pool = NamingPool(naming.login.pool)
    pool.add("mae")
    naming.use(pool, "recheck = 4s\n[service cron]\nrecheck = never")
    naming.made_known("mae")
    assert naming.login.ssh_by_key("mae", "id -un")[0] != 0
    assert naming.ssh("mae")[0]
    assert su_by_root("mae")[0]
    assert naming.login.ssh_by_key("mae", "id -un") == (0, "mae")
    time.sleep(5)
    let_in, shown = su_by_root("mae")
    assert not let_in and "sign in with it once" in shown
    assert naming.login.ssh_by_key("mae", "id -un")[0] != 0
    assert run("pamtester", "cron", "mae", "acct_mgmt").returncode == 0
    assert naming.ssh("mae")[0]
    assert su_by_root("mae")[0]


def test_somebody_whom_the_pool_has_deleted_is_out_by_key_after_the_recheck_time(naming):
    pool = NamingPool(naming.login.pool)
    pool.add("annie")
    naming.use(pool, "recheck = 4s")
    naming.made_known("annie")
    assert naming.ssh("annie")[0]
    pool.delete("annie")
    time.sleep(5)
    assert not naming.ssh("annie")[0]
    assert naming.login.ssh_by_key("annie", "id -un")[0] != 0
