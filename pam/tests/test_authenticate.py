"""What a person sees who signs in."""

import os

import frames
from conftest import SILENT
from frames import CHOICE, CODE, DENIED, NEW_PASSWORD, QUESTION, SUCCESS, error, info, prompt, result

PASSWORD_THEN = ("BEGIN", prompt("Password: "), "ANSWER")


def test_the_right_password_signs_in(rig):
    daemon = rig.daemon(*PASSWORD_THEN, result(SUCCESS))
    program = rig.program()
    assert program.call("auth", ["Secret1!"]) == "SUCCESS"
    assert program.said == [("off", "Password: ")]
    assert daemon.answers() == ["Secret1!"]


def test_a_wrong_password_is_refused_and_delays(rig):
    rig.daemon(*PASSWORD_THEN, result(DENIED))
    program = rig.program()
    assert program.call("auth", ["wrong"]) == "AUTH_ERR"
    # libpam takes up to half more or less, so that nothing can be learnt from it.
    assert 1_000_000 <= program.delay <= 3_000_000


def test_the_code_is_asked_for_after_the_password_and_is_not_left_in_authtok(rig):
    rig.configure(after=["show"])
    daemon = rig.daemon(*PASSWORD_THEN, prompt("Code: ", CODE, echo=1), "ANSWER", result(SUCCESS))
    program = rig.program()
    assert program.call("auth", ["Secret1!", "123456"]) == "SUCCESS"
    assert program.said[:2] == [("off", "Password: "), ("on", "Code: ")]
    assert daemon.answers() == ["Secret1!", "123456"]
    assert program.said[2] == ("info", "AUTHTOK=Secret1! OLDAUTHTOK=-")


def test_a_wrong_code_is_refused(rig):
    rig.daemon(*PASSWORD_THEN, prompt("Code: ", CODE), "ANSWER", result(DENIED))
    program = rig.program()
    assert program.call("auth", ["Secret1!", "000000"]) == "AUTH_ERR"
    assert program.prompts() == ["Password: ", "Code: "]


def test_a_choice_and_a_question_are_plain_prompts(rig):
    daemon = rig.daemon(
        *PASSWORD_THEN,
        prompt("1 SMS\n2 app\nChoose: ", CHOICE, 1),
        "ANSWER",
        prompt("E-mail: ", QUESTION, 1),
        "ANSWER",
        result(SUCCESS),
    )
    program = rig.program()
    assert program.call("auth", ["Secret1!", "2", "a@b.example"]) == "SUCCESS"
    assert daemon.answers() == ["Secret1!", "2", "a@b.example"]


def test_a_second_password_prompt_asks_the_person_again(rig):
    daemon = rig.daemon(*PASSWORD_THEN, error("Wrong password."), prompt("Password: "), "ANSWER", result(SUCCESS))
    program = rig.program()
    assert program.call("auth", ["first", "second"]) == "SUCCESS"
    assert daemon.answers() == ["first", "second"]


def test_a_password_typed_before_is_used_without_a_prompt(rig):
    """try_first_pass: what an earlier module or the desktop asked."""
    rig.configure("try_first_pass start_timeout=1", before=["set=typed-before"])
    daemon = rig.daemon(*PASSWORD_THEN, result(SUCCESS))
    program = rig.program()
    assert program.call("auth") == "SUCCESS"
    assert daemon.answers() == ["typed-before"]


def test_use_first_pass_never_asks(rig):
    rig.configure("use_first_pass start_timeout=1")
    daemon = rig.daemon(*PASSWORD_THEN, result(SUCCESS))
    program = rig.program()
    assert program.call("auth") == "AUTH_ERR"
    assert program.prompts() == [] and daemon.answers() == []


def test_a_prompt_of_the_daemons_own_is_shown_word_for_word(rig):
    rig.daemon("BEGIN", prompt("Passwort für Köln %s%n: "), "ANSWER", result(SUCCESS))
    program = rig.program()
    assert program.call("auth", ["x"]) == "SUCCESS"
    assert program.prompts() == ["Passwort für Köln %s%n: "]


def test_a_forced_new_password_is_typed_twice_in_the_same_conversation(rig):
    rig.configure(after=["show"])
    daemon = rig.daemon(*PASSWORD_THEN, prompt("New password: ", NEW_PASSWORD), "ANSWER", result(SUCCESS))
    program = rig.program()
    assert program.call("auth", ["Old1!", "Typo", "New1!", "New1!", "New1!"]) == "SUCCESS"
    assert program.prompts() == ["Password: "] + ["New password: ", "Retype New password: "] * 2
    assert "The two passwords differ." in program.messages()
    assert daemon.answers() == ["Old1!", "New1!"]
    # The modules behind ours (a keyring) get the password that is valid from now on.
    assert program.messages()[-1] == "AUTHTOK=New1! OLDAUTHTOK=-"


def test_a_forced_new_password_that_was_not_taken_is_not_left_behind(rig):
    rig.configure(after=["show"])
    rig.daemon(*PASSWORD_THEN, prompt("New password: ", NEW_PASSWORD), "ANSWER", result(DENIED))
    program = rig.program()
    assert program.call("auth", ["Old1!", "New1!", "New1!"]) == "AUTH_ERR"
    assert program.messages()[-1] == "AUTHTOK=Old1! OLDAUTHTOK=-"


def test_three_mistyped_new_passwords_end_the_conversation(rig):
    daemon = rig.daemon(*PASSWORD_THEN, prompt("New password: ", NEW_PASSWORD), "CANCEL")
    program = rig.program()
    assert program.call("auth", ["Old1!", "a", "b", "c", "d", "e", "f"]) == "AUTH_ERR"
    assert daemon.received[-1][0] == "CANCEL"


def test_messages_are_shown_and_pam_silent_drops_them(rig):
    script = ("BEGIN", info("Welcome."), error("Careful."), prompt("Password: "), "ANSWER", result(SUCCESS))
    daemon = rig.daemon(*script).then(*script)
    program = rig.program()
    assert program.call("auth", ["x"]) == "SUCCESS"
    assert program.said == [("info", "Welcome."), ("error", "Careful."), ("off", "Password: ")]
    assert daemon.received[0][1]["flags"] == b"\0"
    silent = rig.program()
    assert silent.call("auth", ["x"], flags=SILENT) == "SUCCESS"
    assert silent.said == [("off", "Password: ")]
    assert daemon.received[2][1]["flags"] == b"\1"


def test_a_person_who_gives_up_cancels(rig):
    daemon = rig.daemon("BEGIN", prompt("Password: "), "CANCEL")
    program = rig.program()
    assert program.call("auth", [None]) == "AUTH_ERR"
    assert daemon.received[-1][0] == "CANCEL"


def test_an_empty_password_is_the_daemons_to_refuse(rig):
    daemon = rig.daemon(*PASSWORD_THEN, result(DENIED))
    program = rig.program()
    assert program.call("auth", [""], flags=1) == "AUTH_ERR"
    assert daemon.answers() == [""] and daemon.received[0][1]["flags"] == b"\2"


def test_begin_says_what_the_program_knows(rig):
    daemon = rig.daemon(*PASSWORD_THEN, result(SUCCESS))
    program = rig.program()
    program.item("tty", "/dev/pts/3")
    program.item("rhost", "192.0.2.1")
    program.item("ruser", "bob")
    assert program.call("auth", ["x"]) == "SUCCESS"
    begin = daemon.received[0][1]
    assert begin == {
        "version": b"\1",
        "operation": b"\1",
        "user": b"alice",
        "service": b"test",
        "tty": b"/dev/pts/3",
        "rhost": b"192.0.2.1",
        "ruser": b"bob",
        "flags": b"\0",
        "caller": os.getuid().to_bytes(4, "big"),
    }


def test_an_empty_rhost_counts_as_none(rig):
    """login without -h leaves one."""
    daemon = rig.daemon(*PASSWORD_THEN, result(SUCCESS))
    program = rig.program()
    program.item("rhost", "")
    assert program.call("auth", ["x"]) == "SUCCESS"
    assert "rhost" not in daemon.received[0][1]


def test_each_code_becomes_its_own_answer(rig):
    codes = {
        frames.DENIED: "AUTH_ERR",
        frames.UNKNOWN_USER: "USER_UNKNOWN",
        frames.UNAVAILABLE: "AUTHINFO_UNAVAIL",
        frames.MAX_TRIES: "MAXTRIES",
        frames.EXPIRED: "ACCT_EXPIRED",
        frames.NOT_PERMITTED: "PERM_DENIED",
        frames.TRY_AGAIN: "AUTHINFO_UNAVAIL",
        frames.PASSWORD_REFUSED: "AUTH_ERR",
        frames.FAILED: "AUTH_ERR",
        frames.NEW_PASSWORD_NEEDED: "AUTH_ERR",
    }
    daemon = rig.daemon()
    program = rig.program()
    for code, expected in codes.items():
        daemon.then("BEGIN", result(code))
        assert program.call("auth") == expected


def test_a_long_password_and_one_that_is_not_utf8_never_reach_the_daemon(rig):
    """CVE-2015-3238: the cap comes before the pipe."""
    for bad in ("x" * 1025, "x" * 40_000, b"caf\xe9"):
        daemon = rig.daemon("BEGIN", prompt("Password: "), "CANCEL")
        program = rig.program()
        assert program.call("auth", [bad]) == "AUTH_ERR"
        daemon.close()
        rig.socket.unlink()
        assert daemon.received[-1][0] == "CANCEL"


def test_the_longest_password_is_taken(rig):
    daemon = rig.daemon(*PASSWORD_THEN, result(SUCCESS))
    assert rig.program().call("auth", ["ä" * 512]) == "SUCCESS"
    assert daemon.answers() == ["ä" * 512]
