"""The account, session and credential hooks."""

import frames
from frames import ACCOUNT, CLOSE_SESSION, OPEN_SESSION, SUCCESS, error, info, result


def test_the_account_hook_asks_the_daemon_also_without_authenticate(rig):
    """sshd with a key, sudo NOPASSWD, cron: the policy holds there too."""
    daemon = rig.daemon("BEGIN", result(SUCCESS, ACCOUNT))
    program = rig.program()
    assert program.call("acct") == "SUCCESS"
    assert daemon.received[0][1]["operation"] == b"\2" and program.said == []


def test_each_code_of_the_account_hook(rig):
    codes = {
        frames.DENIED: "AUTH_ERR",
        frames.UNKNOWN_USER: "USER_UNKNOWN",
        frames.UNAVAILABLE: "AUTHINFO_UNAVAIL",
        frames.EXPIRED: "ACCT_EXPIRED",
        frames.NOT_PERMITTED: "PERM_DENIED",
        frames.NEW_PASSWORD_NEEDED: "NEW_AUTHTOK_REQD",
        frames.MAX_TRIES: "PERM_DENIED",
        frames.FAILED: "PERM_DENIED",
        frames.PASSWORD_REFUSED: "PERM_DENIED",
    }
    daemon = rig.daemon()
    program = rig.program()
    for code, expected in codes.items():
        daemon.then("BEGIN", error("Because."), result(code, ACCOUNT))
        assert program.call("acct") == expected
        assert ("error", "Because.") in program.said


def test_a_user_with_a_record_whom_the_daemon_does_not_know_is_denied_not_ignored(rig):
    """A record that outlived its account must not open it: IGNORE would."""
    rig.configure(permit=True)
    rig.daemon("BEGIN", result(frames.UNKNOWN_USER, ACCOUNT))
    assert rig.program().call("acct") == "USER_UNKNOWN"


def test_the_account_hook_without_a_daemon_denies(rig):
    rig.configure(permit=True)
    assert rig.program().call("acct") == "AUTHINFO_UNAVAIL"


def test_session_hooks_tell_the_daemon(rig):
    daemon = rig.daemon("BEGIN", result(SUCCESS, OPEN_SESSION)).then("BEGIN", result(SUCCESS, CLOSE_SESSION))
    program = rig.program()
    assert program.call("open") == "SUCCESS"
    assert program.call("close") == "SUCCESS"
    assert [fields["operation"] for _, fields in daemon.received] == [b"\5", b"\6"]


def test_a_session_does_not_need_setcred_first(rig):
    """login opens the session before setcred, su after it."""
    rig.daemon("BEGIN", info("Welcome."), result(SUCCESS, OPEN_SESSION))
    program = rig.program()
    assert program.call("open") == "SUCCESS"
    assert program.call("setcred", flags=2) == "SUCCESS"


def test_a_session_without_a_daemon_is_a_session_error_without_a_message(rig):
    program = rig.program()
    assert program.call("open") == "SESSION_ERR"
    assert program.call("close") == "SESSION_ERR"
    assert program.said == []


def test_setcred_may_be_called_any_number_of_times_without_a_daemon(rig):
    program = rig.program()
    for flags in (2, 2, 8, 4, 4, 0x8004):
        assert program.call("setcred", flags=flags) == "SUCCESS"


def test_sudo_changes_the_user_between_hooks(rig):
    """sudo authenticates as the caller and opens the session as root."""
    rig.configure(permit=True)
    daemon = rig.daemon("BEGIN", frames.prompt("Password: "), "ANSWER", result(SUCCESS)).then(
        "BEGIN", result(SUCCESS, ACCOUNT)
    )
    program = rig.program()
    assert program.call("auth", ["x"]) == "SUCCESS"
    assert program.call("acct") == "SUCCESS"
    program.item("user", "root")
    for hook in ("setcred", "open", "close"):
        assert program.call(hook) == "SUCCESS"
    assert daemon.connections == 2
