"""Whose user is it? Local users never wait for the daemon; names and uids can't be taken over."""

import time

import pytest
from frames import DENIED, SUCCESS, UNKNOWN_USER, prompt, result

HOOKS = [("auth", 0), ("setcred", 2), ("acct", 0), ("open", 0), ("close", 0), ("chauthtok", 0)]


@pytest.mark.parametrize("hook,flags", HOOKS)
@pytest.mark.parametrize("user", ["bob", "root", "broken"])
def test_a_local_user_never_touches_the_daemon(rig, hook, flags, user):
    rig.configure(permit=True)
    daemon = rig.daemon()
    program = rig.program(user)
    started = time.monotonic()
    # The pam_permit behind us turns IGNORE into success; in authenticate our "user unknown" stands.
    assert program.call(hook, flags=flags) == ("USER_UNKNOWN" if hook == "auth" else "SUCCESS")
    assert time.monotonic() - started < 0.5
    assert daemon.connections == 0 and program.said == []


@pytest.mark.parametrize("hook,flags", HOOKS)
def test_a_local_user_does_not_wait_for_a_daemon_that_never_answers(rig, hook, flags):
    rig.configure("start_timeout=300 answer_timeout=300", permit=True)
    rig.daemon(lambda connection: time.sleep(30))
    started = time.monotonic()
    rig.program("bob").call(hook, flags=flags)
    assert time.monotonic() - started < 0.5


def test_a_local_user_with_a_record_of_ours_stays_local(rig):
    """CVE-2025-11561: no second way to an account. bob is 1000 in /etc/passwd; the record says another uid."""
    (rig.userdb / "bob.user").write_text("{}")
    (rig.userdb / "10002.user").symlink_to("bob.user")
    daemon = rig.daemon()
    assert rig.program("bob").call("auth") == "USER_UNKNOWN"
    assert daemon.connections == 0


def test_no_record_makes_root_or_a_system_user_ours(rig):
    """CVE-2025-5689: uids below 1000 can't be represented."""
    for name, uid in [("root", 0), ("daemon", 1)]:
        (rig.userdb / f"{name}.user").write_text("{}")
        (rig.userdb / f"{uid}.user").symlink_to(f"{name}.user")
    rig.users += " daemon:1"
    daemon = rig.daemon()
    assert rig.program("root").call("auth") == "USER_UNKNOWN"
    assert rig.program("daemon").call("auth") == "USER_UNKNOWN"
    assert daemon.connections == 0


@pytest.mark.parametrize("uid_record", ["absent", "another file", "another name's", "a folder", "a dead link"])
def test_a_name_whose_uid_has_not_the_same_record_is_not_ours(rig, uid_record):
    record = rig.userdb / "10001.user"
    record.unlink()
    if uid_record == "another file":
        record.write_text("{}")
    elif uid_record == "another name's":
        (rig.userdb / "carol.user").write_text("{}")
        record.symlink_to("carol.user")
    elif uid_record == "a folder":
        record.mkdir()
    elif uid_record == "a dead link":
        record.symlink_to("nowhere.user")
    daemon = rig.daemon()
    assert rig.program().call("auth") == "USER_UNKNOWN"
    assert daemon.connections == 0


def test_a_name_that_the_machine_does_not_know_is_the_daemons_to_know(rig):
    daemon = rig.daemon("BEGIN", result(UNKNOWN_USER, user="nobody-here"))
    program = rig.program("nobody-here")
    assert program.call("auth") == "USER_UNKNOWN"
    assert daemon.connections == 1 and program.said == []
    # An unknown user costs the same delay as a wrong password.
    assert program.delay >= 1_000_000


def test_an_unknown_name_can_sign_in_when_the_daemon_says_so(rig):
    rig.daemon("BEGIN", prompt("Password: "), "ANSWER", result(SUCCESS, user="carol"))
    assert rig.program("carol").call("auth", ["x"]) == "SUCCESS"


@pytest.mark.parametrize("hook", ["setcred", "acct", "open", "close"])
def test_outside_of_authenticate_an_unknown_name_is_not_ours(rig, hook):
    rig.configure(permit=True)
    daemon = rig.daemon()
    assert rig.program("carol").call(hook, flags=0) == "SUCCESS"
    assert daemon.connections == 0


@pytest.mark.parametrize(
    "name", ["Alice", "../alice", "a/b", "al:ice", "al ice", "-alice", "1000", "alice\n", "älice", "a" * 33, "a" * 5000]
)
def test_a_name_that_is_not_allowed_is_refused_before_anything_else(rig, name):
    """CVE himmelblau 6ddf1cf2, GHSA-x259: names are an allow-list, refused and not cleaned."""
    daemon = rig.daemon()
    assert rig.program(name).call("auth") == "USER_UNKNOWN"
    assert daemon.connections == 0


@pytest.mark.parametrize(
    "item,value",
    [("rhost", "a" * 256), ("rhost", "evil\nhost"), ("tty", "\x1b]0;x"), ("ruser", "a b"), ("tty", "t" * 129)],
)
def test_a_context_that_could_disturb_a_log_is_left_out_and_decides_nothing(rig, item, value):
    """login-security.md 19: `su` by a user whose name has a blank failed, because PAM_RUSER has one."""
    daemon = rig.daemon("BEGIN", prompt("Password: "), "ANSWER", result(SUCCESS))
    program = rig.program()
    program.item(item, value)
    assert program.call("auth", ["x"]) == "SUCCESS"
    assert item not in daemon.received[0][1] and daemon.received[0][1]["service"] == b"test"


def test_chauthtok_of_a_local_user_is_left_to_the_others(rig):
    rig.configure(permit=True)
    daemon = rig.daemon()
    program = rig.program("bob")
    assert program.call("chauthtok") == "SUCCESS"
    assert daemon.connections == 0


def test_an_unknown_argument_signs_nobody_in(rig):
    for bad in ("sockt=/x", "start_timeout=0", "start_timeout=301", "answer_timeout=x", "start_timeout=", "debug"):
        rig.configure(bad)
        daemon = rig.daemon("BEGIN", result(SUCCESS))
        assert rig.program().call("auth") == "AUTH_ERR"
        assert daemon.connections == 0
        assert rig.program("bob").call("auth") == "USER_UNKNOWN"
        daemon.close()
        rig.socket.unlink()


def test_root_without_rights_gets_no_success_by_name(rig):
    """A denied user is denied, whatever name is echoed."""
    rig.daemon("BEGIN", result(DENIED, user="root"))
    assert rig.program().call("auth") == "AUTH_ERR"
