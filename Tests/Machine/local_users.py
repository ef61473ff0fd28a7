"""The machine's own people: root, and an account from before us. Each is asked for a password and let in."""

from box import Box, timed
from conftest import LOCAL, LOCAL_PASSWORD, ROOT_PASSWORD
from person import PASSWORD, SSH
from rig.terminal import answer, finish, spawn

# Each way takes 0.1 to 0.6 s on a quiet machine. A module that waits for a daemon waits for 2 s at the least.
SECONDS = 2
SSH_BY_PASSWORD = ["ssh", "-o", "PreferredAuthentications=password", *SSH[1:]]  # ssh takes an option's first value


def get_in(box: Box) -> None:
    """By su, by ssh and at a console, quickly.

    Once more for a way that was slow: others' work may have been in the way, a wait of ours would be there again."""
    for way in (by_su, by_ssh, root_at_a_console):
        took = timed(lambda way=way: way(box))
        if took >= SECONDS:
            took = timed(lambda way=way: way(box))
        assert took < SECONDS, f"{way.__name__}: {took:.1f} s"


def by_su(box: Box) -> None:
    child = spawn(*box.command("runuser", "-u", "nobody", "--", "su", LOCAL, "-c", "true"))
    answer(child, [(PASSWORD, LOCAL_PASSWORD)])
    shown, status = finish(child)
    assert status == 0, shown


def by_ssh(box: Box, *options) -> None:
    child = spawn(*SSH_BY_PASSWORD, *options, f"{LOCAL}@127.0.0.1", "true",
                  env={"PATH": "/usr/bin:/bin", "HOME": "/nonexistent"})  # fmt: skip
    answer(child, [(PASSWORD, LOCAL_PASSWORD)])
    shown, status = finish(child)
    assert status == 0, shown


def root_at_a_console(box: Box) -> None:
    child = spawn(*box.command("login"))
    answer(child, [("login: ", "root"), (PASSWORD, ROOT_PASSWORD), ("root@", "exit")])
    shown, status = finish(child)
    assert status == 0, shown
