"""The main job from beginning to end, one step after the other, each with real programs.

`make demo` tells it aloud; journey/test_journey.py runs the same steps as tests. A step's docstring is its heading.
A step fails by raising; what it shows goes to `say` (plain words) and `show` (what was typed and what came back).
"""

import json
import sys
import time

from . import kernel, terminal, tokens
from .machine import DAEMON_USER
from .processes import run
from .stage import Stage

PASSWORD, CODE = "[Pp]assword[^\\n]*: ", "[Cc]ode[^\\n]*: "


class Journey:
    def __init__(self, stage: Stage, narrator):
        self.stage, self.tell = stage, narrator
        self.machine, self.pool, self.apache = stage.machine, stage.pool, stage.apache
        self.ada = self.bob = self.session = None
        self.stolen = {}

    @staticmethod
    def steps() -> list:
        return [
            Journey.a_pool,
            Journey.people,
            Journey.servers_with_a_gate,
            Journey.a_machine,
            Journey.a_stranger,
            Journey.log_in,
            Journey.git,
            Journey.docker,
            Journey.where_tokens_rest,
            Journey.sudo,
            Journey.outside_the_group,
            Journey.log_out,
            Journey.after_the_session,
            Journey.everything_ends,
        ]

    def stop(self) -> None:
        if self.session is not None:
            self.session.child.close(force=True)
        self.stage.stop()

    # The stage

    def a_pool(self):
        """Start a user pool on this machine"""
        self.pool.start()
        self.tell.say(
            f"cognito-pool is a Cognito user pool in one small program. It listens at {self.pool.endpoint}, and is "
            f"{self.apache.pool_url} to the world, by way of TLS. Its pool is {self.pool.id}."
        )

    def people(self):
        """Make two people"""
        self.ada = self.pool.add_person(
            unused("ada"), "Analytical-Engine-1843", ["engineers", "admins"], with_totp=True
        )
        self.bob = self.pool.add_person(unused("bob"), "Difference-Engine-1822", ["engineers"])
        self.tell.say(
            "ada is in the groups engineers and admins and has an authenticator app (time-based codes, TOTP). "
            "bob is only in engineers. Both were made with boto3, AWS's own library, unmodified."
        )

    def servers_with_a_gate(self):
        """Start git and docker servers, and try to get in without being allowed to"""
        self.stage.start_servers()
        self.tell.say(
            "Apache checks each request's token against the pool's public keys (JWKS). Behind it: git's HTTP server "
            "and a real docker registry. First the proof that the gate is shut, and opens for the right token only:"
        )
        good = self.pool.sign_in(self.bob)["AccessToken"]
        other = self.pool.sign_in(self.bob, client_id=self.pool.add_client("another app"))["AccessToken"]
        for what, token, admitted in [
            ("the right token", good, True),
            ("no token", "", False),
            ("a token of another app client", other, False),
            ("a token whose signature is spoiled", tokens.with_bad_signature(good), False),
            ("a token with claims that were not signed", tokens.with_claims(good, username="root"), False),
            ("a token without signature (alg none)", tokens.unsigned(good), False),
        ]:
            answers = {
                "git Basic": self.stage.git_status(token, "Basic"),
                "git Bearer": self.stage.git_status(token, "Bearer"),
                "docker": self.stage.docker_status(token),
            }
            for client, status in answers.items():
                expect((status == 0) == admitted, f"{client} with {what} ended with {status}")
            self.tell.show("", f"{what}: {'let in' if admitted else 'refused'} by git (Basic and Bearer) and docker")
        expect(self.apache.requests(path="/git/", status=401), "the server never said 401 to git")
        expect(self.apache.requests(path="/v2/", status=401), "the server never said 401 to docker")

    def a_machine(self):
        """Let people of the pool log in to this machine"""
        self.machine.install()
        self.machine.configure(self.stage.settings(), allow_groups="engineers", group_map="admins:sudo")
        daemon = self.machine.start_daemon()
        status = dict(
            line.split(":\t", 1) for line in open(f"/proc/{daemon.pid}/status").read().splitlines() if ":\t" in line
        )
        user = run("id", "-un", status["Uid"].split()[0]).stdout.strip()
        expect(user == DAEMON_USER, f"cognito-logind runs as {user}")
        expect(int(status["CapEff"], 16) == 0, "cognito-logind has capabilities")
        self.tell.say(
            f"Installed by `make install`; pam-auth-update put the PAM module in place. cognito-logind runs as its own "
            f"user {user} (uid {status['Uid'].split()[0]}) with no privilege at all."
        )
        expect(self.machine.account(self.ada.name) is None, "ada is known before an administrator said so")
        self.tell.show(
            f"root# getent passwd {self.ada.name}", "(nobody: an unknown name stays unknown until root makes it known)"
        )
        self.machine.add_login(self.ada.name)
        self.machine.add_login(self.bob.name)
        self.tell.show(
            f"root# cognito admin login add {self.ada.name}; getent passwd {self.ada.name}",
            ":".join(self.machine.account(self.ada.name)),
        )
        self.stage.configure_clients()
        self.machine.start_sshd()
        local = open("/etc/passwd").read() + open("/etc/shadow").read()
        expect(f"{self.ada.name}:" not in local, "ada is in a local file")

    def a_stranger(self):
        """Make sure that nothing but the pool lets ada in"""
        open("/etc/pam.d/only-unix", "w").write("auth required pam_unix.so\naccount required pam_permit.so\n")
        child = terminal.spawn("pamtester", "only-unix", self.ada.name, "authenticate")
        terminal.answer(child, [(PASSWORD, self.ada.password)])
        shown, status = terminal.finish(child)
        expect(status != 0, "pam_unix let ada in")
        self.tell.say("pam_unix, Linux's own password check, knows no password for ada: " + last_line(shown))
        child = self.machine.ssh(self.ada.name, "id")
        terminal.answer(child, [(PASSWORD, "not-her-password")])
        shown, status = terminal.finish(child)
        expect(status == 255 and "uid=" not in shown, f"ssh with a wrong password ended with {status}: {shown}")
        self.tell.show("", f"ssh with a wrong password: {last_line(shown)}")
        child = self.machine.ssh(self.ada.name, "id")
        wrong = self.ada.authenticator.wrong_code
        shown = terminal.answer(child, [(PASSWORD, self.ada.password), (CODE, wrong), (CODE, wrong), (CODE, wrong)])
        shown, status = terminal.finish(child)
        expect(status == 255 and "uid=" not in shown, f"ssh with a wrong code ended with {status}: {shown}")
        self.tell.show("", f"ssh with the right password and wrong codes: {last_line(shown)}")

    # The session

    def log_in(self):
        """Log in over ssh, once, with password and code"""
        self.session = self.login(self.ada)
        status, who = self.session.run("id")
        expect(status == 0 and f"({self.ada.name})" in who and "(sudo)" in who, f"id says: {who}")
        self.tell.show("ada$ id", who)

    def login(self, person) -> terminal.Shell:
        dialogue = [(PASSWORD, person.password)]
        if person.authenticator:
            dialogue.append((CODE, self.code_for(person)))
        child = self.machine.ssh(person.name, seconds=45)
        shown = terminal.answer(child, dialogue)
        self.tell.show(f"$ ssh {person.name}@127.0.0.1 -p {self.machine.ssh_port}", shown)
        return terminal.Shell(child)

    def code_for(self, person):
        """A reply for a code prompt: the pool takes each code once, so it may have to wait for the next one."""

        def reply() -> str:
            seconds = person.authenticator.wait()
            if seconds:
                self.tell.say(f"(each code is good once: waiting {seconds:.0f} s for the next one)")
            return person.authenticator.next_code()

        return reply

    def command(self, line: str, seconds: float = 60) -> str:
        """Types a command in ada's session, shows it, and expects it to succeed."""
        status, output = self.session.run(line, seconds)
        self.tell.show(f"ada$ {line}", output)
        expect(status == 0, f"`{line}` ended with {status}: {output}")
        return output

    def git(self):
        """Clone with git: no further sign-in"""
        self.command(f"git clone --no-progress {self.stage.git_url()} basic && cat basic/README")
        expect(self.apache.requests("GET", "/git/", 200), "the server let no git request in")
        self.tell.say("The token went as a Basic password, the only form that git 2.39 has. Now as a Bearer token:")
        self.command(
            "GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=http.extraHeader "
            'GIT_CONFIG_VALUE_0="Authorization: Bearer $(cognito token --access)" '
            f"git -c credential.helper= clone --no-progress {self.stage.git_url()} bearer && cat bearer/README"
        )

    def docker(self):
        """Ask the registry with docker: no further sign-in"""
        shown = self.command(f"docker manifest inspect --insecure {self.stage.image()}")
        expect('"schemaVersion": 2' in shown, "this is no manifest")

    def where_tokens_rest(self):
        """Look where the tokens are"""
        status, raw = self.session.run("cognito token --access")
        expect(status == 0, raw)
        self.stolen["access"] = raw.strip()
        self.stolen["refresh"] = self.refresh_token()
        for _, attempt in self.attempts():
            attempt()
        self.tell.say(
            "There is no desktop and no keyring here, so the refresh token rests in the kernel: in memory only, for "
            "this uid alone, as access and id tokens do until they expire. The demo now keeps a copy of both, as a "
            "thief might; the pool takes them, so far."
        )
        shown = self.command("cognito status")
        expect("this machine's memory" in shown, "status doesn't say where the session is")
        keys = self.command("keyctl show @u")
        expect("cognito" in keys, "no token in the kernel's cache")

    def refresh_token(self) -> str:
        """The saved refresh token, read out of the kernel's persistent keyring."""
        (session,) = self.stored_sessions()
        return session["refresh_token"]

    def stored_sessions(self) -> list:
        command = self.machine.as_person(self.ada.name, sys.executable, kernel.__file__, "show", self.pool.id)
        return json.loads(run(*command, check=True).stdout)

    def attempts(self) -> list:
        """What a thief would try at the pool with the copies: a name for it, and the call."""
        client, client_id = self.pool.client(), self.pool.client_id
        renew = {"AuthFlow": "REFRESH_TOKEN_AUTH", "AuthParameters": {"REFRESH_TOKEN": self.stolen["refresh"]}}
        return [
            ("the refresh token", lambda: client.initiate_auth(ClientId=client_id, **renew)),
            ("the access token (GetUser)", lambda: client.get_user(AccessToken=self.stolen["access"])),
        ]

    def sudo(self):
        """Become root by group"""
        self.tell.say("ada's pool group admins is the machine's group sudo. sudo asks the pool again:")
        status, shown = self.session.ask(
            "sudo -k id -un", [(PASSWORD, self.ada.password), (CODE, self.code_for(self.ada))]
        )
        self.tell.show("ada$ sudo id -un", shown)
        expect(status == 0 and shown.strip().endswith("root"), f"sudo ended with {status}: {shown}")

    def outside_the_group(self):
        """A person outside the group may log in, but not become root"""
        shell = self.login(self.bob)
        status, shown = shell.ask("sudo -k id -un", [(PASSWORD, self.bob.password)])
        self.tell.show("bob$ sudo id -un", shown)
        expect(status != 0 and "not in the sudoers" in shown, f"sudo by bob ended with {status}: {shown}")
        shell.exit()

    # The end of it

    def log_out(self):
        """Sign out: helpers give nothing, the kernel's cache is empty, the pool refuses what was saved"""
        self.command("cognito logout")
        host = self.apache.host
        status, shown = self.session.run(
            f"printf 'protocol=http\\nhost={host}\\n\\n' | git-credential-cognito get 2>/dev/null"
        )
        expect(shown == "", f"the git helper still gives something: {shown[:60]}")
        status, shown = self.session.run(f"printf {host} | docker-credential-cognito get")
        expect(status != 0 and "Secret" not in shown, f"the docker helper still gives something: {shown[:60]}")
        self.tell.show("", "git-credential-cognito and docker-credential-cognito give nothing")
        status, shown = self.session.run("keyctl show @u")
        expect("cognito" not in shown, f"left in the kernel's cache: {shown}")
        expect(not self.stored_sessions(), "left in the kernel's persistent keyring")
        self.tell.show("", "the kernel holds nothing of ours any more")
        status, shown = self.session.run(f"GIT_TERMINAL_PROMPT=0 git ls-remote {self.stage.git_url()}")
        expect(status != 0, "git still gets in")
        self.session.exit()
        self.session = None

    def after_the_session(self):
        """Try what a thief could have copied"""
        client = self.pool.client()
        for what, attempt in self.attempts():
            try:
                attempt()
            except client.exceptions.NotAuthorizedException as refusal:
                self.tell.show("", f"the pool refuses {what}: {refusal.response['Error']['Message']}")
            else:
                raise AssertionError(f"the pool still takes {what}")
        expect(self.stage.git_status(self.stolen["access"]) == 0, "git refused a token that is good until it expires")
        self.tell.say(
            "To be plain: a server that checks only signature and expiry (JWKS), as this Apache does, still takes a "
            "copied access token until it expires. That is how JWTs work: keep their lifetime short."
        )
        expired, before = self.expired_token(), len(self.apache.requests(status=401))
        for client_name, status in [
            ("git", self.stage.git_status(expired)),
            ("docker", self.stage.docker_status(expired)),
        ]:
            expect(status != 0, f"{client_name} got in with an expired token")
        expect(len(self.apache.requests(status=401)) > before, "the server didn't say 401")
        self.tell.show("", "an expired access token: 401, for git and docker")

    def expired_token(self) -> str:
        """A token that the pool really signed, made while its clock was two hours behind."""
        self.pool.restart_with_control()
        self.pool.advance_clock(-7200)
        token = self.pool.sign_in(self.bob)["AccessToken"]
        expect(tokens.claims(token)["exp"] < time.time(), "the token hasn't expired")
        return token

    def everything_ends(self):
        """Stop everything"""
        self.stop()


def unused(name: str) -> str:
    """This name, or one like it that the machine (of which the sandbox is a copy) doesn't know already."""
    names = [name, *(f"{name}{number}" for number in range(2, 100))]
    return next(name for name in names if run("getent", "passwd", name).returncode != 0)


def last_line(shown: str) -> str:
    lines = [line.strip() for line in shown.splitlines() if line.strip()]
    return lines[-1] if lines else ""


def expect(condition, otherwise: str) -> None:
    """A check of the journey: also under `python -O`, and with words for the person who reads the demo."""
    if not condition:
        raise AssertionError(otherwise)
