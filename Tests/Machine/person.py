"""Somebody at the machine: logs in by ssh or at the console, and works in a shell."""

from box import Box
from rig.pool import Person
from rig.terminal import Shell, answer, spawn

PASSWORD, CODE = "[Pp]assword[^\\n]*: ", "[Cc]ode[^\\n]*: "
SSH = ["ssh", "-F", "none", "-tt", "-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null",
       "-o", "PubkeyAuthentication=no", "-o", "LogLevel=ERROR", "-o", "NumberOfPasswordPrompts=1"]  # fmt: skip


def dialogue(person: Person) -> list:
    """What is asked at a sign-in, and what they answer."""
    prompts = [(PASSWORD, person.password)]
    if person.authenticator:
        prompts.append((CODE, person.authenticator.next_code))
    return prompts


def ssh(person: Person, *options) -> Shell:
    """Logs in over the loopback that we share with the machine."""
    child = spawn(*SSH, *options, f"{person.name}@127.0.0.1", env={"PATH": "/usr/bin:/bin", "HOME": "/nonexistent"})
    answer(child, dialogue(person))
    return Shell(child)


def console(box: Box, person: Person) -> Shell:
    """Logs in as at a console: login(1) on a terminal of its own."""
    child = spawn(*box.command("login"))
    answer(child, [("login: ", person.name), *dialogue(person)])
    return Shell(child)
