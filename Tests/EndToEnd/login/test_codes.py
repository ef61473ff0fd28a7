"""A second factor, in every program that asks."""

import pytest
from rig import terminal
from rig.people import LOCAL
from rig.pool import Person

pytestmark = [pytest.mark.usefixtures("sandboxed"), pytest.mark.timeout(300)]
CODE = "Code of your authenticator app: "


@pytest.fixture(scope="module")
def ada(login) -> Person:
    person = login.pool.add_person("ada", "Analytical-Engine-1", ["engineers", "admins"], with_totp=True)
    login.machine.add_login("ada")
    return person


def test_ssh_asks_for_password_and_code(login, ada):
    child = login.machine.ssh("ada", "id -un")
    terminal.answer(child, [("Password: ", ada.password), (CODE, ada.authenticator.next_code)])
    shown, status = terminal.finish(child)
    assert (status, shown.split()[-1]) == (0, "ada"), shown


def test_a_code_is_good_once(login, ada):
    child = login.machine.ssh("ada", "id")
    used = ada.authenticator.code_in_use()
    terminal.answer(child, [("Password: ", ada.password), (CODE, used), (CODE, used), (CODE, used)])
    shown, status = terminal.finish(child)
    assert status == 255 and "uid=" not in shown


def test_a_wrong_code_may_be_corrected(login, ada):
    child = terminal.spawn(*login.machine.as_person(LOCAL, "su", "-", "-c", "id -un", "ada"))
    wrong = ada.authenticator.wrong_code()
    shown = terminal.answer(child, [("Password: ", ada.password), (CODE, wrong), (CODE, ada.authenticator.next_code)])
    rest, status = terminal.finish(child)
    assert (status, rest.split()[-1]) == (0, "ada"), shown + rest
    assert "That code is wrong" in shown


def test_sudo_asks_for_a_code_too(login, ada):
    child = terminal.spawn(*login.machine.as_person("ada", "sudo", "-k", "id", "-u"))
    terminal.answer(child, [("password for ada: ", ada.password), (CODE, ada.authenticator.next_code)])
    shown, status = terminal.finish(child)
    assert (status, shown.split()[-1]) == (0, "0"), shown


def test_passwd_takes_one_code_for_both_of_its_phases(login, ada):
    child = terminal.spawn(*login.machine.as_person("ada", "passwd"))
    new = "Difference-Engine-2"
    terminal.answer(
        child,
        [
            ("Current password: ", ada.password),
            (CODE, ada.authenticator.next_code),
            ("New password: ", new),
            ("Retype new password: ", new),
        ],
    )
    shown, status = terminal.finish(child)
    assert status == 0 and "updated successfully" in shown, shown
    ada.password = new
