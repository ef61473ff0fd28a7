"""Somebody at the machine: logs in by ssh or at the console, and works in a shell."""

import pexpect
from box import Box
from rig.pool import Person
from rig.terminal import Shell, answer, spawn

PASSWORD, CODE = "[Pp]assword[^\\n]*: ", "[Cc]ode[^\\n]*: "
SSH = ["ssh", "-F", "none", "-tt", "-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null",
       "-o", "PreferredAuthentications=keyboard-interactive", "-o", "NumberOfPasswordPrompts=1",
       "-o", "LogLevel=ERROR"]  # fmt: skip

# git and docker as they are set up by the README, with what is cached, and again when that is gone: nobody is asked.
FED = """#!/bin/sh
export GIT_TERMINAL_PROMPT=0
git_asks() { printf 'protocol=https\\nhost=git.example.com\\n\\n' | git credential fill | sed -n 's/^password=//p'; }
docker_asks() { echo registry.example.com | docker-credential-cognito get | tr '"' '\\n' | grep '^ey'; }
git=$(git_asks) docker=$(docker_asks)
keyctl clear @u
renewed=$(git_asks)
case "$git,$docker,$renewed" in
  ey*,ey*,ey*) [ "$git" != "$renewed" ] && echo fed ;;
  *) echo "not fed: git ${#git}, docker ${#docker}, renewed ${#renewed} bytes"; false ;;
esac
"""


def feeds(shell: Shell) -> None:
    """Git and docker have fresh tokens in this shell, and nobody was asked."""
    status, reply = shell.run("fed")
    assert fed(reply) and status == 0, reply


def fed(output: str) -> bool:
    """Whether `fed` says so. What our programs tell a person of their session stands before it."""
    return output.split()[-1:] == ["fed"]


def dialogue(person: Person) -> list:
    """What is asked at a sign-in, and what they answer."""
    prompts = [(PASSWORD, person.password)]
    if person.authenticator:
        prompts.append((CODE, person.authenticator.next_code))
    return prompts


def ssh(person: Person, *options) -> Shell:
    """Logs in over the loopback that we share with the machine."""
    child = ssh_as(person.name, *options)
    answer(child, dialogue(person))
    return Shell(child)


def ssh_as(name: str, *options) -> pexpect.spawn:
    """ssh at its first prompt."""
    return spawn(*SSH, *options, f"{name}@127.0.0.1", env={"PATH": "/usr/bin:/bin", "HOME": "/nonexistent"})


def console(box: Box, person: Person) -> Shell:
    """Logs in as at a console: login(1) on a terminal of its own."""
    child = spawn(*box.command("login"))
    answer(child, [("login: ", person.name), *dialogue(person)])
    return Shell(child)
