"""git-credential-cognito and docker-credential-cognito, run as git and docker run them, and by git itself."""

import base64
import json
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from rig import tokens
from rig.desk import HOST
from rig.processes import run


def fields(shown: str) -> dict:
    return dict(line.split("=", 1) for line in shown.splitlines())


def test_a_host_of_the_profile_gets_a_good_token(signed_in, pool):
    answer = fields(signed_in.git("get", protocol="https", host=HOST).stdout)
    assert answer["username"] == "ada"
    claims = tokens.claims(answer["password"])
    assert (claims["token_use"], claims["username"], claims["client_id"]) == ("access", "ada", pool.client_id)
    assert int(answer["password_expiry_utc"]) == claims["exp"]
    docker = json.loads(signed_in.docker("get", HOST).stdout)
    assert docker == {"ServerURL": HOST, "Username": "ada", "Secret": answer["password"]}
    assert json.loads(signed_in.docker("list").stdout) == {HOST: "ada"}


def test_a_newer_git_gets_a_bearer_header(signed_in):
    shown = signed_in.git("get", **{"capability[]": "authtype", "protocol": "https", "host": HOST}).stdout
    assert shown.startswith("capability[]=authtype\nauthtype=Bearer\ncredential=ey")
    assert "\nephemeral=1\n" in shown and "password=" not in shown


@pytest.mark.parametrize(
    "protocol, host",
    [
        ("https", "git.corp"),
        ("https", "git.corp:8443.evil.example"),
        ("https", "evil-git.corp:8443"),
        ("http", HOST),
        ("ssh", HOST),
        ("https", "github.com"),
    ],
)
def test_any_other_host_gets_nothing(signed_in, protocol, host):
    result = signed_in.git("get", protocol=protocol, host=host)
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")
    if protocol == "https":
        result = signed_in.docker("get", host)
        assert (result.returncode, result.stdout) == (1, "credentials not found in native keychain\n")


def test_malformed_requests_get_nothing(signed_in):
    for request in (
        f"protocol=https\r\nhost={HOST}\r\n\r\n",
        f"protocol=https\nhost=evil.example\rhost={HOST}\n\n",
        f"protocol=https\nhost=evil.example\nhost={HOST}\n\n",
        f"host={HOST}\n\n",
        "protocol=https\n\n",
        f"protocol=https\nhost={HOST}\npath=" + "x" * 70000 + "\n\n",
        "x" * 300000,
    ):
        result = run("git-credential-cognito", "get", input=request, env=signed_in.env)
        assert result.stdout == "" and result.returncode == 1, request[:80]
        assert len(result.stderr.splitlines()) == 1


def test_nobody_signed_in_gets_nothing_and_a_word(desk):
    result = desk.git("get", protocol="https", host=HOST)
    assert result.stdout == "" and "cognito login" in result.stderr
    result = desk.docker("get", HOST)
    assert result.stdout == "credentials not found in native keychain\n" and "cognito login" in result.stderr
    assert json.loads(desk.docker("list").stdout) == {}


def test_erase_drops_the_cached_token_and_never_the_session(signed_in, pool):
    first = fields(signed_in.git("get", protocol="https", host=HOST).stdout)["password"]
    # A refusal of another password is not about our token.
    signed_in.git("erase", protocol="https", host=HOST, username="ada", password="another")
    assert any(":access:" in key for key in signed_in.kernel_keys(pool.id))
    signed_in.git("erase", protocol="https", host=HOST, username="ada", password=first)
    assert not any(":access:" in key for key in signed_in.kernel_keys(pool.id))
    second = fields(signed_in.git("get", protocol="https", host=HOST).stdout)["password"]
    assert second != first
    assert signed_in.docker("erase", HOST).returncode == 0
    assert not any(":access:" in key for key in signed_in.kernel_keys(pool.id))
    assert signed_in.cognito("status").returncode == 0


def test_a_hit_needs_neither_bus_nor_pool(signed_in):
    signed_in.git("get", protocol="https", host=HOST)
    signed_in.keyring.stop()
    signed_in.bus.stop()
    assert signed_in.git("get", protocol="https", host=HOST).stdout.startswith("username=ada\n")


def test_the_helper_loads_none_of_the_heavy_libraries(programs):
    shown = run("ldd", programs.cognito_helper, check=True).stdout
    for library in ("libcurl", "libsecret", "libglib", "libgio", "libssl", "libcrypto", "libFoundation", "libicu"):
        assert library not in shown


def test_programs_that_hold_tokens_leave_no_core_dump(signed_in, tmp_path):
    process = subprocess.Popen(
        ["git-credential-cognito", "get"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=signed_in.env
    )
    try:
        status = open(f"/proc/{process.pid}/limits").read()
        signed_in.wait_for(
            lambda: "Max core file size        0 " in open(f"/proc/{process.pid}/limits").read(), f"a limit in {status}"
        )
    finally:
        process.communicate(f"protocol=https\nhost={HOST}\n\n".encode(), timeout=20)


@pytest.fixture
def gate():
    """An HTTP server that lets git in with one Basic password and keeps the passwords it was shown."""

    class Gate(BaseHTTPRequestHandler):
        # docker tries TLS first, and takes an HTTP answer to that for a reason to go on without.
        default_request_version = "HTTP/1.1"

        def do_GET(self):
            given = self.headers.get("Authorization", "")
            if given.startswith("Basic "):
                password = base64.b64decode(given[6:]).decode().partition(":")[2]
                self.server.shown.append(password)
                if self.server.admits(password):
                    body = b"001e# service=git-upload-pack\n00000000"
                    self.send_response(200)
                    self.send_header("Content-Type", "application/x-git-upload-pack-advertisement")
                    self.send_header("Content-Length", str(len(body)))
                    self.end_headers()
                    self.wfile.write(body)
                    return
            self.send_response(401)
            self.send_header("WWW-Authenticate", 'Basic realm="gate"')
            self.send_header("Docker-Distribution-Api-Version", "registry/2.0")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Gate)
    server.shown, server.admits = [], lambda password: True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join(5)


def test_git_itself_gets_in_and_gets_a_new_token_after_a_refusal(signed_in, gate):
    host = "127.0.0.1:%d" % gate.server_address[1]
    assert signed_in.cognito("configure", "--host", HOST, "--host", host).returncode == 0
    commands = signed_in.cognito("setup", "git", check=True).stdout
    run("sh", input=commands, env=signed_in.env, check=True)
    ask = ["git", "ls-remote", f"http://{host}/r.git"]
    result = run(*ask, env=signed_in.env)
    assert result.returncode == 0, result.stderr
    (first,) = gate.shown
    # The server stops taking that token: git gives up and says so to the helper, which forgets it.
    gate.admits = lambda password: password != first
    assert run(*ask, env=signed_in.env).returncode != 0
    assert run(*ask, env=signed_in.env).returncode == 0
    assert len(set(gate.shown)) == 2
    assert signed_in.cognito("status").returncode == 0


def test_docker_itself_asks_the_helper(signed_in, gate):
    host = "127.0.0.1:%d" % gate.server_address[1]
    signed_in.cognito("configure", "--host", host)
    folder = signed_in.home / ".docker"
    folder.mkdir()
    (folder / "config.json").write_text(signed_in.cognito("setup", "docker", check=True).stdout)
    run("docker", "manifest", "inspect", "--insecure", f"{host}/t/a:1", env=signed_in.env)
    assert gate.shown and tokens.claims(gate.shown[0])["username"] == "ada"
