"""What other modules find in PAM_AUTHTOK: the password alone, the one that is valid now."""

from pathlib import Path

import pytest
from rig import terminal
from rig.people import LOCAL
from rig.site import PASSWORD

pytestmark = [pytest.mark.usefixtures("sandboxed"), pytest.mark.timeout(300)]
NEW = "Difference-Engine-1822"
CODE = "Code of your authenticator app: "
APP = {"MfaConfiguration": "OPTIONAL", "SoftwareTokenMfaConfiguration": {"Enabled": True}}


@pytest.fixture
def seen(tmp_path):
    """A module behind ours in su that tells what it was given."""
    stack, original = Path("/etc/pam.d/su"), Path("/etc/pam.d/su").read_text()
    script, file = Path("/run/authtok-probe"), Path("/run/authtok-seen")
    script.write_text(f"#!/bin/sh\ncat > {file}\n")
    script.chmod(0o755)
    include = "@include common-auth\n"
    assert include in original
    probe = f"auth optional pam_exec.so seteuid expose_authtok {script}\n"
    stack.write_text(original.replace(include, include + probe))
    stack.chmod(0o644)
    yield lambda: file.read_bytes().rstrip(b"\0").decode()
    stack.write_text(original)
    file.unlink(missing_ok=True)
    script.unlink()


def become(here, name: str, dialogue: list) -> None:
    child = terminal.spawn(*here.machine.as_person(LOCAL, "su", name, "-c", "id -un"))
    shown = terminal.answer(child, dialogue)
    rest, status = terminal.finish(child)
    assert (status, rest.split()[-1:]) == (0, [name]), shown + rest


def test_the_password_without_the_code(site, names, seen):
    here = site(mfa=APP)
    name = here.add(next(names))
    app = here.add_app(name)
    become(here, name, [("Password: ", PASSWORD), (CODE, app.next_code)])
    assert seen() == PASSWORD


def test_the_new_password_after_a_forced_change(site, names, seen):
    here = site()
    name = here.add(next(names), temporary=True)
    become(here, name, [("Password: ", PASSWORD), ("New password: ", NEW), ("Retype New password: ", NEW)])
    assert seen() == NEW


def test_the_new_password_after_a_reset(site, names, seen):
    here = site("password_reset = local")
    name = here.add(next(names), email="ada@example.com")
    become(
        here,
        name,
        [
            ("Password: ", "forgotten"),
            ("Code to reset the password .*: ", ""),
            ("Code that was sent to you: ", lambda: here.mails(name)[-1]),
            ("New password: ", NEW),
            ("Retype New password: ", NEW),
        ],
    )
    assert seen() == NEW


def test_the_password_when_an_attribute_or_a_code_was_mistyped(site, names, seen):
    here = site(mfa=APP)
    name = here.add(next(names))
    app = here.add_app(name)
    become(here, name, [("Password: ", PASSWORD), (CODE, app.wrong_code()), (CODE, app.next_code)])
    assert seen() == PASSWORD
