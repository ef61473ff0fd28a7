"""Messages by SMTP, received by unmodified aiosmtpd and read by Python's own email package."""

import email
import email.policy
import signal

import pytest
import requests
from aiosmtpd.controller import Controller
from rig.pool import Pool
from rig.processes import ProcessFailed, free_port, wait_until


class Inbox:
    """Keeps what it is sent; says no once to those for whom it was told to."""

    def __init__(self):
        self.mails, self.refusals = [], {}

    async def handle_DATA(self, server, session, envelope):
        if refusal := self.refusals.pop(envelope.rcpt_tos[0], None):
            return refusal
        mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
        assert not mail.defects and not [part for part in mail.walk() if part.defects]
        self.mails.append((envelope.mail_from, envelope.rcpt_tos, mail))
        return "250 OK"


@pytest.fixture
def relay():
    """A mail server on a free port, not started yet."""
    inbox = Inbox()
    controller = Controller(inbox, hostname="127.0.0.1", port=free_port(), enable_SMTPUTF8=True)
    controller.inbox = inbox
    yield controller
    if controller.loop.is_running():
        controller.stop()


@pytest.fixture
def pool(programs, tmp_path, relay):
    with Pool(programs, tmp_path, options=["--smtp", f"127.0.0.1:{relay.port}", "--control"]) as pool:
        yield pool


def invite(pool: Pool, name: str, address: str | None = None) -> None:
    attributes = [{"Name": "email", "Value": address or f"{name}@example.com"}]
    pool.client().admin_create_user(UserPoolId=pool.id, Username=name, UserAttributes=attributes)


def received(relay, count: int = 1) -> list:
    wait_until(lambda: len(relay.inbox.mails) >= count, 20, f"{count} mails, not {len(relay.inbox.mails)}")
    return relay.inbox.mails


def test_a_message_arrives_as_mail(pool, relay):
    relay.start()
    pool.client().update_user_pool(
        UserPoolId=pool.id,
        AdminCreateUserConfig={
            "InviteMessageTemplate": {
                "EmailSubject": "Grüße " * 20 + "🎉",
                "EmailMessage": ".\n..{username}\n{####} <b>ä</b>\n.\n",
            }
        },
    )
    invite(pool, "mona")
    [(sender, recipients, mail)] = received(relay)
    assert (sender, recipients) == ("no-reply@cognito-pool.invalid", ["mona@example.com"])
    assert mail["To"] == "mona@example.com" and mail["Subject"] == "Grüße " * 20 + "🎉"
    assert mail.get_content_type() == "text/html" and mail["Date"].datetime.tzinfo is not None
    assert mail.get_content().startswith(".\n..mona\n") and mail.get_content().endswith("ä</b>\n.\n")


def test_a_text_message_arrives_under_its_number(pool, relay):
    relay.start()
    number = [{"Name": "phone_number", "Value": "+4917012345"}]
    pool.client().admin_create_user(UserPoolId=pool.id, Username="phil", UserAttributes=number)
    [(_, recipients, mail)] = received(relay)
    assert recipients == ["+4917012345@sms.invalid"] and "phil" in mail.get_content()


def test_an_address_beyond_ascii_arrives(pool, relay):
    relay.start()
    invite(pool, "jurgen", "jürgen@example.com")
    [(_, recipients, mail)] = received(relay)
    assert recipients == ["jürgen@example.com"] and mail["To"] == "jürgen@example.com"


def test_a_server_that_is_down_holds_nobody_up_and_loses_nothing(pool, relay):
    invite(pool, "down")  # at once, though nobody listens
    wait_until(lambda: "it will be tried again" in pool.server.output(), 10, "a warning")
    pool.server.process.send_signal(signal.SIGKILL)
    pool.server.process.wait()
    pool.start()
    relay.start()
    [(_, recipients, _)] = received(relay)
    assert recipients == ["down@example.com"]
    ids = [mail["Message-ID"] for _, _, mail in relay.inbox.mails]
    assert len(ids) == len(set(ids)) == 1


def test_a_refusal_for_now_is_tried_again_and_one_for_good_is_not(pool, relay):
    relay.start()
    relay.inbox.refusals = {"later@example.com": "451 later", "never@example.com": "554 never"}
    for name in ("later", "never", "other"):
        invite(pool, name)
    arrived = {recipients[0] for _, recipients, _ in received(relay, 2)}
    assert arrived == {"later@example.com", "other@example.com"} and not relay.inbox.refusals
    assert "554 never" in pool.server.output() and "it is in the outbox" in pool.server.output()
    outbox = requests.get(pool.endpoint + "/_control/outbox", timeout=10).json()["messages"]
    assert [message["username"] for message in outbox] == ["later", "never", "other"]


def test_an_address_that_smuggles_commands_never_reaches_the_server(pool, relay):
    relay.start()
    for name, address in (("crlf", "a@b.example\r\nRCPT TO:<x@y.example>"), ("angle", "a@b.example>,<x@y.example")):
        with pytest.raises(pool.client().exceptions.InvalidParameterException):
            invite(pool, name, address)
    invite(pool, "clean")
    assert [recipients for _, recipients, _ in received(relay)] == [["clean@example.com"]]


def test_no_code_is_in_the_log(pool, relay):
    invite(pool, "secret")
    wait_until(lambda: "tried again" in pool.server.output(), 10, "a warning")
    [message] = requests.get(pool.endpoint + "/_control/outbox", timeout=10).json()["messages"]
    assert message["code"] not in pool.server.output()


def test_a_server_elsewhere_is_warned_of(programs, tmp_path, pool):
    options = ["--smtp", "mail.invalid:25"]
    with Pool(programs, tmp_path / "elsewhere", options=options) as elsewhere:
        assert "go to mail.invalid in clear" in elsewhere.server.output()
    assert "in clear" not in pool.server.output()


@pytest.mark.parametrize("address", ["127.0.0.1", ":25", "127.0.0.1:smtp"])
def test_an_address_that_is_none_is_refused_at_the_start(programs, tmp_path, address):
    with pytest.raises(ProcessFailed, match="--smtp"):
        Pool(programs, tmp_path, options=["--smtp", address]).start()
