"""~/.aws as botocore reads it: the same files for botocore and for the library, and the same outcome."""

import contextlib
import hashlib
import hmac
import http.server
import json
import subprocess
import sys
import threading

import pytest

POOL = "eu-north-1_AbCdEfGhI"
CONFIG, CREDENTIALS = ".aws/config", ".aws/credentials"
KEYS = "aws_access_key_id = AKIA{0}\naws_secret_access_key = secret/{0}+\n"

# What botocore finds, in a process of its own: environment variables are read when it is loaded.
BOTOCORE = """
import json, botocore.session, botocore.exceptions
try:
    found = botocore.session.Session().get_credentials()
    found = found and found.get_frozen_credentials()
    print(json.dumps(found and [found.access_key, found.secret_key, found.token]))
except (botocore.exceptions.BotoCoreError, botocore.exceptions.ClientError, OSError, ValueError) as error:
    print(json.dumps(type(error).__name__))
"""


def keys(name: str, eol: str = "\n", head: str = "[default]") -> bytes:
    return f"{head}\n{KEYS.format(name)}".replace("\n", eol).encode()


PROCESS = json.dumps({"Version": 1, "AccessKeyId": "AKIAPROC", "SecretAccessKey": "s p", "SessionToken": "t"})
# printf's own escapes: within double quotes a backslash before a letter stays.
BACKSLASHES = PROCESS.replace('"', r"\x22").encode()

CASES = {
    "plain": ({CREDENTIALS: keys("A")}, {}),
    "crlf": ({CREDENTIALS: keys("A", "\r\n")}, {}),
    "cr": ({CREDENTIALS: keys("A", "\r")}, {}),
    "mixed ends": (
        {CREDENTIALS: keys("A", "\r\n") + keys("B", "\r", "[b]") + keys("C", "\n", "[c]")},
        {"AWS_PROFILE": "c"},
    ),
    "crlf config": ({CONFIG: keys("A", "\r\n", "[profile work]")}, {"AWS_PROFILE": "work"}),
    "name with blanks": ({CONFIG: keys("A", head='[profile "my team"]')}, {"AWS_PROFILE": "my team"}),
    "name in single quotes": ({CONFIG: keys("A", head="[profile 'my team']")}, {"AWS_PROFILE": "my team"}),
    "escaped blank": ({CONFIG: keys("A", head=r"[profile my\ team]")}, {"AWS_PROFILE": "my team"}),
    "quotes, crlf": ({CONFIG: keys("A", "\r\n", '[profile "my team"]')}, {"AWS_PROFILE": "my team"}),
    "open quote": ({CONFIG: keys("A", head='[profile "my team]')}, {"AWS_PROFILE": "my team"}),
    "three words": ({CONFIG: keys("A", head="[profile my team]")}, {"AWS_PROFILE": "my team"}),
    "tab": ({CONFIG: keys("A", head="[profile\twork]")}, {"AWS_PROFILE": "work"}),
    "quoted default": ({CONFIG: keys("A", head='[profile "default"]')}, {}),
    "blanks inside brackets": ({CREDENTIALS: keys("A", head="[ default ]")}, {}),
    "blanks in the credentials file": ({CREDENTIALS: keys("A", head="[my team]")}, {"AWS_PROFILE": "my team"}),
    "quotes in the credentials file": ({CREDENTIALS: keys("A", head='["my team"]')}, {"AWS_PROFILE": "my team"}),
    "word after the bracket": ({CREDENTIALS: keys("A", head="[default] # mine")}, {}),
    "two brackets": ({CREDENTIALS: keys("A", head="[default] # [mine]")}, {}),
    "indented file": ({CREDENTIALS: b"  [default]\n  aws_access_key_id = A\n  aws_secret_access_key = B\n"}, {}),
    "indented key": ({CREDENTIALS: b"[default]\naws_access_key_id = A\n aws_secret_access_key = B\n"}, {}),
    "colons": ({CREDENTIALS: b"[default]\naws_access_key_id: A\naws_secret_access_key : B=:\n"}, {}),
    "capitals": ({CREDENTIALS: b"[default]\nAWS_Access_Key_ID=A\nAWS_SECRET_ACCESS_KEY=B\n"}, {}),
    "comments": ({CREDENTIALS: b"# a\n;b\n[default]\n  # c\naws_access_key_id=A\n;x\naws_secret_access_key=B\n"}, {}),
    "comment after a value": ({CREDENTIALS: b"[default]\naws_access_key_id=A\naws_secret_access_key=B # c\n"}, {}),
    "empty lines": ({CREDENTIALS: b"\n\n[default]\n\naws_access_key_id=A\n\n\naws_secret_access_key=B\n\n"}, {}),
    "no end of line": ({CREDENTIALS: b"[default]\naws_access_key_id=A\naws_secret_access_key=B"}, {}),
    "nested": ({CONFIG: b"[default]\ns3 =\n  a = b\n  c = d\n" + KEYS.format("A").encode()}, {}),
    "nested nonsense": ({CONFIG: b"[default]\ns3 =\n  nonsense\n" + KEYS.format("A").encode()}, {}),
    "nested keys": ({CREDENTIALS: b"[default]\ns3 =\n  aws_access_key_id = B\n" + KEYS.format("A").encode()}, {}),
    "defaults": ({CREDENTIALS: b"[DEFAULT]\naws_secret_access_key = D\n[default]\naws_access_key_id = A\n"}, {}),
    "section twice": ({CREDENTIALS: keys("A") + keys("B")}, {}),
    "key twice": ({CREDENTIALS: keys("A") + b"aws_access_key_id = B\n"}, {}),
    "byte order mark": ({CREDENTIALS: b"\xef\xbb\xbf" + keys("A")}, {}),
    "not utf-8": ({CREDENTIALS: b"[default]\n# \xff\n" + KEYS.format("A").encode()}, {}),
    "no section": ({CREDENTIALS: KEYS.format("A").encode()}, {}),
    "nonsense": ({CREDENTIALS: keys("A") + b"nonsense\n"}, {}),
    "no name": ({CREDENTIALS: keys("A") + b"= x\n"}, {}),
    "half a bracket": ({CREDENTIALS: keys("A") + b"[b\n"}, {}),
    "empty brackets": ({CREDENTIALS: keys("A") + b"[]\n"}, {}),
    "another section": ({CONFIG: b"[services x]\na =\n b = c\n[plugins]\nx=y\n" + keys("A")}, {}),
    "token": ({CREDENTIALS: keys("A") + b"aws_session_token = t\n"}, {}),
    "old token": ({CREDENTIALS: keys("A") + b"aws_security_token = u\naws_session_token = t\n"}, {}),
    "half a key": ({CREDENTIALS: b"[default]\naws_access_key_id = A\n"}, {}),
    "both files": ({CREDENTIALS: keys("A"), CONFIG: keys("B")}, {}),
    "keys in config alone": ({CREDENTIALS: b"[default]\nregion = x\n", CONFIG: keys("B")}, {}),
    "no such profile": ({CREDENTIALS: keys("A")}, {"AWS_PROFILE": "none"}),
    "old variable": ({CREDENTIALS: keys("A", head="[x]")}, {"AWS_DEFAULT_PROFILE": "x"}),
    "both variables": (
        {CREDENTIALS: keys("A", head="[x]") + keys("B", head="[y]")},
        {"AWS_DEFAULT_PROFILE": "x", "AWS_PROFILE": "y"},
    ),
    "moved": ({"c": keys("A")}, {"AWS_SHARED_CREDENTIALS_FILE": "~/c", "AWS_CONFIG_FILE": "~/none"}),
    "moved config": ({"c": keys("A", head="[profile z]")}, {"AWS_CONFIG_FILE": "~/c", "AWS_PROFILE": "z"}),
    "moved by a variable": ({"c": keys("A")}, {"AWS_SHARED_CREDENTIALS_FILE": "$HOME/c"}),
    "other letters": ({CREDENTIALS: keys("A", head="[gruß]")}, {"AWS_PROFILE": "gruß"}),
    "odd blanks": (
        {CREDENTIALS: "[default]\n\u00a0aws_access_key_id\u00a0=\u2003A\u3000\naws_secret_access_key=B\n".encode()},
        {},
    ),
    "process": ({CONFIG: f"[default]\ncredential_process = /bin/echo '{PROCESS}'\n".encode()}, {}),
    "process, crlf": ({CONFIG: f"[default]\r\ncredential_process = /bin/echo '{PROCESS}'\r\n".encode()}, {}),
    "process, escapes": (
        {CONFIG: ("[default]\ncredential_process = /bin/echo " + json.dumps(PROCESS) + "\n").encode()},
        {},
    ),
    "process of several lines": (
        {CONFIG: f"[default]\ncredential_process = /bin/echo\n  '{PROCESS}'\n".encode()},
        {},
    ),
    "process, backslash in quotes": (
        {CONFIG: b'[default]\ncredential_process = /usr/bin/printf "' + BACKSLASHES + b'"\n'},
        {},
    ),
    "process before keys of config": (
        {CONFIG: keys("A") + f"credential_process = /bin/echo '{PROCESS}'\n".encode()},
        {},
    ),
    "keys before process": (
        {CREDENTIALS: keys("A") + f"credential_process = /bin/echo '{PROCESS}'\n".encode()},
        {},
    ),
    "process that fails": ({CONFIG: b"[default]\ncredential_process = /bin/false\n"}, {}),
    "nothing": ({}, {}),
}

SSO = b"""[sso-session "my team"]
sso_start_url = https://example.awsapps.com/start
sso_region = eu-north-1
[profile dev]
sso_session = my team
sso_account_id = 123456789012
sso_role_name = Read Only
[profile old]
sso_start_url = https://example.awsapps.com/start
sso_region = eu-north-1
sso_account_id = 123456789012
sso_role_name = Read Only
[profile lacking]
sso_session = my team
sso_account_id = 123456789012
[profile other]
sso_session = nowhere
sso_account_id = 123456789012
sso_role_name = Read Only
[profile torn]
sso_session = my team
sso_region = us-east-1
sso_account_id = 123456789012
sso_role_name = Read Only
[profile both]
sso_session = my team
sso_account_id = 123456789012
sso_role_name = Read Only
aws_access_key_id = AKIA
aws_secret_access_key = S
"""


def sso_token(name: str, moment: str = "2099-01-01T00:00:00Z") -> dict:
    document = {"accessToken": "the-token", "expiresAt": moment, "region": "eu-north-1"}
    return {f".aws/sso/cache/{hashlib.sha1(name.encode()).hexdigest()}.json": json.dumps(document).encode()}


SESSION = sso_token("my team")
CASES |= {
    "sso": ({CONFIG: SSO, **SESSION}, {"AWS_PROFILE": "dev"}),
    "sso, crlf": ({CONFIG: SSO.replace(b"\n", b"\r\n"), **SESSION}, {"AWS_PROFILE": "dev"}),
    "sso without session": (
        {CONFIG: SSO, **sso_token("https://example.awsapps.com/start", "2099-01-01T00:00:00UTC")},
        {"AWS_PROFILE": "old"},
    ),
    "sso, not signed in": ({CONFIG: SSO}, {"AWS_PROFILE": "dev"}),
    "sso, over": ({CONFIG: SSO, **sso_token("my team", "2020-01-01T00:00:00Z")}, {"AWS_PROFILE": "dev"}),
    "sso, not whole": ({CONFIG: SSO, **SESSION}, {"AWS_PROFILE": "lacking"}),
    "sso, no such session": ({CONFIG: SSO, **SESSION}, {"AWS_PROFILE": "other"}),
    "sso, two regions": ({CONFIG: SSO, **SESSION}, {"AWS_PROFILE": "torn"}),
    "sso before keys": ({CONFIG: SSO, **SESSION}, {"AWS_PROFILE": "both"}),
}


class Service(http.server.BaseHTTPRequestHandler):
    """Takes ListUsers and notes who signed it; gives out a role's credentials as IAM Identity Center does."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def reply(self, body: dict, status: int = 200):
        text = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def do_GET(self):
        wanted = "/federation/credentials?role_name=Read%20Only&account_id=123456789012"
        if self.path != wanted or self.headers["x-amz-sso_bearer_token"] != "the-token":
            return self.reply({"message": "no", "__type": "UnauthorizedException"}, 401)
        role = {"accessKeyId": "ASIASSO", "secretAccessKey": "sso/", "sessionToken": "st", "expiration": 4070908800000}
        self.reply({"roleCredentials": role})

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.signed.append((self.path, dict(self.headers.items()), body))
        self.reply({"Users": []})


@contextlib.contextmanager
def service():
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Service) as server:
        server.signed = []
        server.url = f"http://127.0.0.1:{server.server_port}"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def signature(secret: str, path: str, headers: dict, body: bytes) -> str:
    """AWS Signature Version 4 of a request as it came."""
    fields = dict(part.strip().split("=", 1) for part in headers["Authorization"].split(" ", 1)[1].split(","))
    scope = fields["Credential"].split("/", 1)[1]
    lower = {name.lower(): value.strip() for name, value in headers.items()}
    names = fields["SignedHeaders"].split(";")
    lines = ["POST", path, "", *(f"{name}:{lower[name]}" for name in names), "", ";".join(names)]
    canonical = "\n".join([*lines, hashlib.sha256(body).hexdigest()])
    digest = hashlib.sha256(canonical.encode()).hexdigest()
    text = "\n".join(["AWS4-HMAC-SHA256", lower["x-amz-date"], scope, digest])
    key = b"AWS4" + secret.encode()
    for part in scope.split("/"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def library(programs, environment: dict, endpoint: str, server):
    """What became of the example, and the request that it has signed."""
    result = subprocess.run(
        [programs.examples / "example-list-users", POOL, endpoint],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )
    return result, server.signed[-1] if server.signed else None


@pytest.mark.parametrize("name", CASES)
def test_the_library_finds_what_botocore_finds(name, programs, tmp_path):
    files, variables = CASES[name]
    for path, content in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content)
    with service() as server:
        environment = {
            "HOME": str(tmp_path),
            "PATH": "/usr/bin:/bin",
            "LANG": "C.UTF-8",
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_ENDPOINT_URL_SSO": server.url,
            **variables,
        }
        command = [sys.executable, "-c", BOTOCORE]
        told = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)
        wanted = json.loads(told.stdout) if told.returncode == 0 else told.stderr
        result, signed = library(programs, environment, server.url, server)
    if isinstance(wanted, list):
        assert result.returncode == 0, (wanted, result.stderr[-600:])
        access_key, secret, token = wanted
        path, headers, body = signed
        assert f"Credential={access_key}/" in headers["Authorization"]
        assert headers["Authorization"].endswith(signature(secret, path, headers, body))
        assert headers.get("X-Amz-Security-Token") == token
    else:
        # Neither reads it, or neither finds anything.
        assert signed is None and result.returncode != 0, (wanted, result.stdout)
