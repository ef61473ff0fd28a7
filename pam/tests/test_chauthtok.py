"""passwd: both phases, alone and together, and a forced change."""

import frames
from conftest import IF_EXPIRED, PRELIM, SILENT, UPDATE
from frames import (
    CHANGE_CHECK,
    CHANGE_UPDATE,
    CODE,
    CURRENT_PASSWORD,
    NEW_PASSWORD,
    SUCCESS,
    error,
    info,
    prompt,
    result,
)

TICKET = b"ticket-0123456789"
CHECK = ("BEGIN", prompt("Current password: ", CURRENT_PASSWORD), "ANSWER")
CHANGE = ("BEGIN", prompt("New password: ", NEW_PASSWORD), "ANSWER")


def test_the_current_password_is_checked_then_the_new_one_set(rig):
    daemon = rig.daemon(*CHECK, result(SUCCESS, CHANGE_CHECK, ticket=TICKET)).then(
        *CHANGE, result(SUCCESS, CHANGE_UPDATE)
    )
    program = rig.program()
    assert program.call("chauthtok", ["Old1!", "New1!", "New1!"]) == "SUCCESS"
    assert program.prompts() == ["Current password: ", "New password: ", "Retype new password: "]
    assert daemon.answers() == ["Old1!", "New1!"]
    begins = [fields for name, fields in daemon.received if name == "BEGIN"]
    assert [begin["operation"] for begin in begins] == [b"\3", b"\4"]
    assert "ticket" not in begins[0] and begins[1]["ticket"] == TICKET


def test_a_code_is_asked_for_once_because_the_ticket_carries_it_over(rig):
    daemon = rig.daemon(*CHECK, prompt("Code: ", CODE), "ANSWER", result(SUCCESS, CHANGE_CHECK, ticket=TICKET)).then(
        *CHANGE, result(SUCCESS, CHANGE_UPDATE)
    )
    program = rig.program()
    assert program.call("chauthtok", ["Old1!", "123456", "New1!", "New1!"]) == "SUCCESS"
    assert daemon.answers() == ["Old1!", "123456", "New1!"]


def test_without_a_ticket_the_update_gets_the_current_password_without_asking_again(rig):
    daemon = rig.daemon(*CHECK, result(SUCCESS, CHANGE_CHECK)).then(
        "BEGIN",
        prompt("Current password: ", CURRENT_PASSWORD),
        "ANSWER",
        prompt("New password: ", NEW_PASSWORD),
        "ANSWER",
        result(SUCCESS, CHANGE_UPDATE),
    )
    program = rig.program()
    assert program.call("chauthtok", ["Old1!", "New1!", "New1!"]) == "SUCCESS"
    assert daemon.answers() == ["Old1!", "Old1!", "New1!"]


def test_a_wrong_current_password_stops_before_the_new_one_is_asked(rig):
    daemon = rig.daemon(*CHECK, result(frames.DENIED, CHANGE_CHECK))
    program = rig.program()
    assert program.call("chauthtok", ["wrong"]) == "AUTH_ERR"
    assert daemon.connections == 1


def test_a_refused_new_password_is_asked_for_again_with_the_reason(rig):
    daemon = rig.daemon(*CHECK, result(SUCCESS, CHANGE_CHECK, ticket=TICKET)).then(
        *CHANGE, error("Too short."), prompt("New password: ", NEW_PASSWORD), "ANSWER", result(SUCCESS, CHANGE_UPDATE)
    )
    program = rig.program()
    assert program.call("chauthtok", ["Old1!", "a", "a", "New1!", "New1!"]) == "SUCCESS"
    assert daemon.answers() == ["Old1!", "a", "New1!"]
    assert "Too short." in program.messages()


def test_a_new_password_refused_for_good_is_an_authtok_error(rig):
    rig.daemon(*CHECK, result(SUCCESS, CHANGE_CHECK)).then(*CHANGE, result(frames.PASSWORD_REFUSED, CHANGE_UPDATE))
    assert rig.program().call("chauthtok", ["Old1!", "a", "a"]) == "AUTHTOK_ERR"


def test_a_mistyped_new_password_is_asked_for_again(rig):
    daemon = rig.daemon(*CHECK, result(SUCCESS, CHANGE_CHECK)).then(*CHANGE, result(SUCCESS, CHANGE_UPDATE))
    program = rig.program()
    assert program.call("chauthtok", ["Old1!", "New1!", "New2!", "New1!", "New1!"]) == "SUCCESS"
    assert daemon.answers() == ["Old1!", "New1!"]


def test_use_authtok_takes_what_a_quality_module_asked_and_never_asks(rig):
    rig.configure("use_authtok start_timeout=1")
    rig.daemon(*CHECK, result(SUCCESS, CHANGE_CHECK)).then(*CHANGE[:2], "CANCEL")
    program = rig.program()
    assert program.call("chauthtok", ["Old1!"]) == "AUTHTOK_ERR"
    assert program.prompts() == ["Current password: "]


def test_without_a_daemon_the_first_phase_says_try_again(rig):
    program = rig.program()
    assert program.call("chauthtok") == "TRY_AGAIN"
    assert program.prompts() == []


def test_a_daemon_that_goes_away_between_the_phases_changes_nothing(rig):
    daemon = rig.daemon(*CHECK, result(SUCCESS, CHANGE_CHECK)).then("BEGIN")
    assert rig.program().call("chauthtok", ["Old1!"]) == "TRY_AGAIN"
    assert daemon.connections == 2


def test_each_code_of_the_first_phase(rig):
    codes = {
        frames.DENIED: "AUTH_ERR",
        frames.UNKNOWN_USER: "USER_UNKNOWN",
        frames.UNAVAILABLE: "TRY_AGAIN",
        frames.TRY_AGAIN: "TRY_AGAIN",
        frames.MAX_TRIES: "MAXTRIES",
        frames.EXPIRED: "ACCT_EXPIRED",
        frames.NOT_PERMITTED: "PERM_DENIED",
        frames.PASSWORD_REFUSED: "AUTHTOK_ERR",
        frames.FAILED: "AUTHTOK_ERR",
    }
    daemon = rig.daemon()
    for code, expected in codes.items():
        daemon.then("BEGIN", result(code, CHANGE_CHECK))
        assert rig.program().call("chauthtok") == expected


def test_success_of_authenticate_is_no_success_of_a_change(rig):
    rig.daemon("BEGIN", result(SUCCESS, frames.AUTHENTICATE))
    assert rig.program().call("chauthtok") == "AUTHTOK_ERR"


def test_a_ticket_that_is_too_long_or_comes_with_a_failure_is_refused(rig):
    for bad in (result(SUCCESS, CHANGE_CHECK, ticket=b"t" * 65), result(frames.DENIED, CHANGE_CHECK, ticket=b"t" * 16)):
        daemon = rig.daemon("BEGIN", bad)
        assert rig.program().call("chauthtok") == "AUTHTOK_ERR"
        daemon.close()
        rig.socket.unlink()


def test_only_if_expired_is_passed_on(rig):
    daemon = rig.daemon("BEGIN", result(SUCCESS, CHANGE_CHECK)).then("BEGIN", result(SUCCESS, CHANGE_UPDATE))
    assert rig.program().call("chauthtok", flags=IF_EXPIRED) == "SUCCESS"
    assert [fields["flags"] for _, fields in daemon.received] == [b"\4", b"\4"]


def test_pam_silent_drops_messages_but_not_prompts(rig):
    rig.daemon(
        "BEGIN", info("Hello."), prompt("Current password: ", CURRENT_PASSWORD), "ANSWER", result(SUCCESS, CHANGE_CHECK)
    ).then(*CHANGE, result(SUCCESS, CHANGE_UPDATE))
    program = rig.program()
    assert program.call("chauthtok", ["Old1!", "New1!", "New1!"], flags=SILENT) == "SUCCESS"
    assert program.messages() == []


def test_the_sign_in_password_prompt_makes_no_sense_in_a_change(rig):
    daemon = rig.daemon("BEGIN", prompt("Password: "), "CANCEL")
    assert rig.program().call("chauthtok") == "AUTHTOK_ERR"
    assert daemon.received[-1][0] == "CANCEL"


def test_an_application_may_not_pass_the_phase_flags_itself(rig):
    daemon = rig.daemon()
    program = rig.program()
    assert program.call("chauthtok", flags=PRELIM | UPDATE) == "SYSTEM_ERR"
    assert daemon.connections == 0
