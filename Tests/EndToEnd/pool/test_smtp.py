"""Messages by SMTP, received by unmodified aiosmtpd and read by Python's own email package."""

import email
import email.policy
import os
import signal
import socket
import ssl
import threading

import pytest
import requests
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from rig import tls
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


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        ":25",
        "127.0.0.1:smtp",
        "http://127.0.0.1",
        "smtp://",
        "smtp://h:0",
        "smtps://h/path",
        "smtps://user:word@h",
        "smtps://nobody-has-set-a-password@h",
        "smtps://h?x",
        "smtp://a%0d%0a@h",
    ],
)
def test_an_address_that_is_none_is_refused_at_the_start(programs, tmp_path, address):
    with pytest.raises(ProcessFailed, match="--smtp"):
        Pool(programs, tmp_path, options=["--smtp", address]).start()


SECRET = "Mail-secret-7"


def login(server, session, envelope, mechanism, data):
    return AuthResult(success=(data.login, data.password) == (b"post@example.com", SECRET.encode()), handled=False)


@pytest.fixture(params=["smtp", "smtps"])
def secure(tmp_path, request):
    """A mail server that wants TLS, by STARTTLS or from the first byte, and then a login."""
    certificate = tls.make(tmp_path / "tls")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate.certificate, certificate.key)
    starts = {"tls_context": context, "require_starttls": True} if request.param == "smtp" else {"ssl_context": context}
    inbox = Inbox()
    # With TLS from the first byte, aiosmtpd doesn't know that there is any.
    controller = Controller(
        inbox,
        hostname="127.0.0.1",
        port=free_port(),
        auth_required=True,
        auth_require_tls=request.param == "smtp",
        authenticator=login,
        **starts,
    )
    controller.inbox, controller.authority = inbox, certificate.authority
    controller.url = f"{request.param}://post%40example.com@127.0.0.1:{controller.port}"
    controller.start()
    yield controller
    controller.stop()


def sender(programs, folder, server, password: str | None = SECRET, *options) -> Pool:
    pool = Pool(programs, folder / "sender", options=["--smtp", server.url, *options])
    pool.server.popen["env"] = os.environ | ({"COGNITO_POOL_SMTP_PASSWORD": password} if password else {})
    return pool


def test_a_message_goes_over_tls_after_a_login(programs, tmp_path, secure):
    with sender(programs, tmp_path, secure, SECRET, "--smtp-ca-file", secure.authority) as pool:
        invite(pool, "mona")
        [(_, recipients, mail)] = received(secure)
        assert recipients == ["mona@example.com"] and "mona" in mail.get_content()
        assert "in clear" not in pool.server.output() and SECRET not in pool.server.output()


def test_the_password_may_be_in_a_file(programs, tmp_path, secure):
    file = tmp_path / "password"
    file.write_text(SECRET + "\n")
    options = ["--smtp-ca-file", secure.authority, "--smtp-password-file", file]
    with sender(programs, tmp_path, secure, None, *options) as pool:
        invite(pool, "mona")
        received(secure)


def test_a_wrong_password_sends_nothing_and_loses_nothing(programs, tmp_path, secure):
    with sender(programs, tmp_path, secure, "wrong-word", "--smtp-ca-file", secure.authority) as pool:
        invite(pool, "mona")
        wait_until(lambda: "it will be tried again" in pool.server.output(), 20, "a warning")
        assert "refused user and password" in pool.server.output() and "wrong-word" not in pool.server.output()
        assert not secure.inbox.mails
        pool.server.stop()
        pool.server.popen["env"] |= {"COGNITO_POOL_SMTP_PASSWORD": SECRET}
        pool.start()
        assert [recipients for _, recipients, _ in received(secure)] == [["mona@example.com"]]


def test_a_certificate_that_nobody_vouches_for_gets_nothing(programs, tmp_path, secure):
    with sender(programs, tmp_path, secure) as pool:
        invite(pool, "mona")
        wait_until(lambda: "it will be tried again" in pool.server.output(), 20, "a warning")
        assert "certificate isn't trusted" in pool.server.output() and not secure.inbox.mails


def test_without_starttls_nothing_is_sent(programs, tmp_path, relay):
    relay.start()
    relay.url = f"smtp://127.0.0.1:{relay.port}"
    with sender(programs, tmp_path, relay, None) as pool:
        invite(pool, "mona")
        wait_until(lambda: "offers no TLS" in pool.server.output(), 20, "a warning")
        assert not relay.inbox.mails


class Scripted:
    """A mail server that treats each connection as it is told to, and then as a good one would."""

    REPLIES = {b"EHLO": b"250 OK\r\n", b"DATA": b"354 go\r\n", b"QUIT": b"221 bye\r\n"}

    def __init__(self, *breaks: tuple[bytes, bytes | None]):
        """Each break is a command, and what is said to it before the end; None says nothing and stays."""
        self.breaks, self.mails, self.open = list(breaks), [], []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            self.open.append(connection)
            command, words = self.breaks.pop(0) if self.breaks else (b"", b"")
            if self.talk(connection, command, words):
                connection.close()

    def talk(self, connection, command, words) -> bool:
        """Whether the connection is to be closed."""
        lines = connection.makefile("rb")
        if command != b"HELLO":
            connection.sendall(b"220 hello\r\n")
        line = b"HELLO"
        while line:
            if command and line.upper().startswith(command):
                connection.sendall(words or b"")
                return words is not None
            if line != b"HELLO":
                connection.sendall(self.REPLIES.get(line[:4].upper(), b"250 OK\r\n"))
            if line.upper().startswith(b"DATA"):
                mail = []
                while (line := lines.readline()) not in (b".\r\n", b""):
                    mail.append(line)
                if command == b"END":
                    connection.sendall(words or b"")
                    return words is not None
                self.mails.append(b"".join(mail))
                connection.sendall(b"250 OK\r\n")
            line = lines.readline()
        return True

    def close(self):
        for connection in [self.listener, *self.open]:
            connection.close()


@pytest.mark.parametrize(
    "breaks",
    [
        (b"HELLO", b""),
        (b"HELLO", b"HTTP/1.1 400 Bad Request\r\n\r\n"),
        (b"HELLO", b"421 too busy\r\n"),
        (b"EHLO", b""),
        (b"MAIL", b"451 not now\r\n"),
        (b"MAIL", b""),
        (b"RCPT", b"250"),
        (b"DATA", b""),
        (b"DATA", b"451 not now\r\n"),
        (b"END", b""),
        (b"END", b"452 full\r\n"),
        (b"END", b"\x00\xff\r\n"),
        (b"EHLO", b"250-x\r\n" * 20_000),
        # Nothing is said, and the connection stays.
        (b"HELLO", None),
        (b"END", None),
    ],
)
def test_a_server_that_breaks_off_gets_the_message_the_next_time(programs, tmp_path, breaks):
    server = Scripted(breaks)
    try:
        with Pool(programs, tmp_path, options=["--smtp", f"127.0.0.1:{server.port}"]) as pool:
            invite(pool, "mona")
            wait_until(lambda: server.mails, 40, "the mail")
            assert pool.server.output().count("it will be tried again") == 1
            assert b"To: mona@example.com\r\n" in server.mails[0]
    finally:
        server.close()


@pytest.mark.parametrize("step", [b"MAIL", b"RCPT", b"DATA", b"END"])
def test_a_refusal_for_good_at_any_step_is_not_tried_again(programs, tmp_path, step):
    server = Scripted((step, b"550 never\r\n"))
    try:
        with Pool(programs, tmp_path, options=["--smtp", f"127.0.0.1:{server.port}"]) as pool:
            invite(pool, "mona")
            wait_until(lambda: "it is in the outbox" in pool.server.output(), 10, "an error")
            assert "550 never" in pool.server.output() and not server.mails
    finally:
        server.close()


def test_a_farewell_that_is_not_answered_holds_up_the_next_message_for_seconds_only(programs, tmp_path):
    server = Scripted((b"QUIT", None))
    try:
        with Pool(programs, tmp_path, options=["--smtp", f"127.0.0.1:{server.port}"]) as pool:
            invite(pool, "mona")
            wait_until(lambda: server.mails, 10, "the mail")
            invite(pool, "nina")
            wait_until(lambda: len(server.mails) == 2, 30, "the second mail")
            assert b"To: nina@example.com\r\n" in server.mails[1]
            assert "tried again" not in pool.server.output()
    finally:
        server.close()
