"""The commands of the troubleshooting page, typed on a machine where somebody was refused."""

import re

from person import ssh
from readme import blocks, commands
from rig.terminal import answer, finish, spawn


def test_the_commands_of_the_troubleshooting_page_show_what_they_promise(machine):
    machine.box.shell("cognito admin login add ben")
    # Somebody who was refused, for the journal to show.
    child = spawn(*machine.box.command("runuser", "-u", "nobody", "--", "su", "-", "ben"))
    answer(child, [("Password: ", "wrong")])
    assert finish(child)[1] == 1
    first, example = blocks("docs/troubleshooting.md", "First look")
    shown = {}
    for line in commands(first):
        shown[line] = machine.box.shell(line.replace("NAME", "ben"), environment={"PAGER": "cat"})
    assert "logins: " in shown["cognito admin status"]
    assert re.search('not signed in .*NotAuthorizedException.* user="ben"', shown["journalctl -u cognito-logind -b"])
    assert "pam_cognito(su-l:auth): ben" in shown["journalctl -b -g pam_cognito"]
    assert "ben:x:" in shown["getent passwd NAME"]
    assert example.split()[:3] == ["not", "signed", "in"]


def test_a_person_sees_where_git_fails_by_the_commands_of_the_page(machine):
    first, *_ = blocks("docs/troubleshooting.md", "Git or docker ask for a password, or say 401")
    shell = ssh(machine.people["ben"])
    shell.run("export GIT_TERMINAL_PROMPT=0 PAGER=cat")
    shown = {line: shell.run(line) for line in commands(first)}
    for line, (status, reply) in shown.items():
        # There is no such server here: git can but say so.
        assert status == 0 or line.startswith(("GIT_TRACE", "git config")), (line, reply)
    assert any("password=ey" in reply for _, reply in shown.values())
    assert any("The token is valid." in reply for _, reply in shown.values())
    shell.exit()
