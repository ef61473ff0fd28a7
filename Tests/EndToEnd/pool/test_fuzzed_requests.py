"""Requests spoiled in body, headers, target, size and HTTP itself. Whatever comes, the answer has the service's shape,
nothing of the inside is told, and the server goes on with the memory and the descriptors that it had.

Seconds here; longer with COGNITO_POOL_FUZZ_SECONDS=600 (`make fuzz`). SEED repeats a run, as far as the pool's own
randomness lets it."""

import html
import json
import os
import random
import re
import time
from pathlib import Path

import boto3
import psutil
import pytest
from rig.fuzz import http, mutations
from rig.fuzz.inputs import Inputs
from rig.fuzz.world import PASSWORD, World
from rig.pool import Pool
from rig.processes import wait_until

SECONDS = float(os.environ.get("COGNITO_POOL_FUZZ_SECONDS", "8"))
SEED = int(os.environ.get("SEED", "20261124"))
TYPE = re.compile(r"[A-Z]\w+Exception")
INSIDE = re.compile(
    r"sqlite|fatal error|swift|/tmp/|\.swift:|stack|DecodingError|no such table|constraint failed", re.I
)
TABLE = Path(__file__).resolve().parents[3] / "docs" / "pool-operations.md"
OPERATIONS = re.findall(r"^\| ([A-Z]\w+) \| (?:SigV4|access token|what it is given) \|", TABLE.read_text(), re.M)
JSON = "application/x-amz-json-1.1"
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')
INPUT = re.compile(r'<(?:input|select|textarea)[^>]* name="([^"]+)"')
TARGET = "AWSCognitoIdentityProviderService."


class Wrong(AssertionError):
    """What a request brought to light, with what is needed to see it again."""


class Fuzzer:
    def __init__(self, server: Pool, seed: int):
        self.server, self.seed, self.chance = server, seed, random.Random(seed)
        self.api = server.client()
        session = boto3.session.Session()._session
        self.models = {
            name: model
            for model in (session.get_service_model("cognito-identity"), session.get_service_model("cognito-idp"))
            for name in model.operation_names
        }
        self.count, self.statuses, self.connection, self.read = 0, {}, None, 0
        self.renew_world()

    def renew_world(self) -> None:
        self.world = World(self.api)

    # One request each.

    def body(self, operation: str) -> dict:
        if self.count % 50 == 0:
            self.read_outbox()
        members = Inputs(self.models[operation], self.world.known, self.chance).of(operation)
        return self.world.paired(members) if self.chance.random() < 0.9 else members

    def read_outbox(self) -> None:
        packet = http.request("GET", f"/_control/outbox?after={self.read}", [("Host", "pool")], length=False)
        messages = json.loads(self.exchange(packet, "GET").body)["messages"]
        self.world.learn_codes(messages)
        self.read = max([self.read, *(message["id"] for message in messages)])

    def headers(self, operation: str) -> list:
        prefix = TARGET if self.models[operation].service_name == "cognito-idp" else "AWSCognitoIdentityService."
        return [("Host", "pool"), ("Content-Type", JSON), ("X-Amz-Target", prefix + operation)]

    def spoiled_values(self) -> None:
        operation = self.chance.choice(OPERATIONS)
        tree = mutations.spoil(self.body(operation), self.world.strangers(), self.chance)
        body = mutations.dumps(tree).encode("utf-8", "surrogatepass")
        self.ask(operation, http.request("POST", "/", self.headers(operation), body))

    def valid(self) -> None:
        operation = self.chance.choice(OPERATIONS)
        body = json.dumps(self.body(operation)).encode()
        self.ask(operation, http.request("POST", "/", self.headers(operation), body))

    def spoiled_text(self) -> None:
        operation = self.chance.choice(OPERATIONS)
        body = mutations.spoil_text(json.dumps(self.body(operation)).encode(), self.chance)
        self.ask(operation, http.request("POST", "/", self.headers(operation), body))

    def spoiled_headers(self) -> None:
        operation, chance = self.chance.choice(OPERATIONS), self.chance
        names = [
            operation.lower(),
            operation + " ",
            operation + "\t",
            "X" * 9000,
            "",
            ".",
            "é",
            operation + "," + operation,
        ]
        targets = [TARGET + name for name in names] + [
            "x." + operation,
            operation,
            "." + operation,
            TARGET * 2 + operation,
        ]
        odd = [
            ("X-Amz-Target", chance.choice(targets)),
            ("Content-Type", chance.choice(["text/html", "", "application/json; charset=utf-16", "x" * 9000])),
            (
                "Authorization",
                chance.choice(["Bearer x", "AWS4-HMAC-SHA256 ", "AWS4-HMAC-SHA256 Credential=/////", "x" * 9000]),
            ),
            ("Host", chance.choice(["", "a b", "[::1", "x:99999"])),
            ("Content-Encoding", "gzip"),
            ("X-Amz-Date", chance.choice(["", "20261399T999999Z", "x"])),
            ("Cookie", "; ;=;" * 40),
        ]
        headers = self.headers(operation)
        for _ in range(chance.choice([1, 2, 3])):
            header = chance.choice(odd)
            if chance.random() < 0.5:
                headers = [kept for kept in headers if kept[0] != header[0]]
            headers.insert(chance.randrange(len(headers) + 1), header)
        self.ask(operation, http.request("POST", "/", headers, json.dumps(self.body(operation)).encode()))

    def spoiled_http(self) -> None:
        operation = self.chance.choice(OPERATIONS)
        body = json.dumps(self.body(operation)).encode()
        self.throw(mutations.smuggle("/", self.headers(operation), body, self.chance))

    def other_paths(self) -> None:
        chance = self.chance
        text = lambda: chance.choice([*mutations.TEXTS[:40], *map(str, self.world.strangers())])  # noqa: E731
        fields = {
            "client_id": self.world.app,
            "response_type": "code",
            "redirect_uri": "https://a.example",
            "scope": "openid",
        }
        fields |= {"grant_type": chance.choice(["refresh_token", "authorization_code", "client_credentials", "x"])}
        fields |= {
            "refresh_token": self.world.known["RefreshToken"][0],
            "code": text(),
            "token": text(),
            "state": text(),
        }
        for name in chance.sample([*fields, "csrf", "username", "password", "logout_uri", "pool", "after"], 3):
            fields[name] = text()
        pairs = [f"{escape(name, chance)}={escape(value, chance)}" for name, value in fields.items()]
        pairs += chance.choice([[], [pairs[0]], ["&&=", "%", "%zz=1", "%+f=1", "=", "a=%ff"]])
        encoded = "&".join(pairs)[:16_000]
        pages = [
            "/oauth2/authorize",
            "/login",
            "/logout",
            "/oauth2/token",
            "/oauth2/userInfo",
            "/oauth2/revoke",
            "/_pool/",
        ]
        pages += [
            "/_pool/users",
            "/_pool/outbox",
            f"/{self.world.pool}/.well-known/jwks.json",
            "/../etc/passwd",
            "/%00",
            "//",
        ]
        pages += ["/" + "a/" * 3000, "*", "http://other/", "/_control/outbox", "/health", "/signup", "/forgotPassword"]
        page, method = (
            chance.choice(pages),
            chance.choice(["GET", "GET", "POST", "POST", "HEAD", "PUT", "DELETE", "OPTIONS"]),
        )
        headers = [("Host", chance.choice(["pool", f"127.0.0.1:{self.server.port}"]))]
        headers += [("Content-Type", chance.choice(["application/x-www-form-urlencoded", "text/plain", JSON]))]
        token = chance.choice(
            ["Basic !!!!", "Basic Og==", "Basic " + "A" * 5000, "Bearer " + self.world.known["AccessToken"][0]]
        )
        headers += [
            chance.choice([("Authorization", token), ("Cookie", "cognito=" + escape(text(), chance)), ("X", "y")])
        ]
        if method in ("POST", "PUT"):
            packet = http.request(method, page, headers, encoded.encode())
        else:
            packet = http.request(method, f"{page}?{encoded}"[:15_000], headers, length=False)
        answer = self.exchange(packet, method)
        self.judge(answer, packet)
        if answer is not None and "location" in answer.headers and re.search(r"[\r\n\x00]", answer.headers["location"]):
            self.fail("a Location with control characters", packet, answer)

    def forms(self) -> None:
        """A page is asked for, as a browser does, and its form comes back with some of its fields spoiled."""
        chance, world = self.chance, self.world
        query = f"client_id={world.app}&response_type=code&redirect_uri=https%3A%2F%2Fa.example&scope=openid"
        query += "&code_challenge_method=S256&code_challenge=" + "A" * 43
        hosted = ["/login", "/signup", "/forgotPassword"]
        admin = [f"/_pool/{name}?pool={world.pool}&user=ada&group=staff" for name in ("new-user", "user", "groups")]
        page = chance.choice([*(f"{path}?{query}" for path in hosted), *admin])
        host = ("Host", f"127.0.0.1:{self.server.port}")
        shown = self.exchange(http.request("GET", page, [host], length=False), "GET")
        if shown is None or shown.status != 200:
            return
        text = shown.body.decode()
        fields = {name: html.unescape(value) for name, value in HIDDEN.findall(text)}
        for name in INPUT.findall(text):
            words = [PASSWORD] if "password" in name else ["ada", "ada@example.com", "123456", "new-1"]
            fields.setdefault(name, chance.choice(words))
        spoiled = [*fields, "action", "username", "code", "new_password", "challenge", "operation", "enabled"]
        for name in chance.sample(spoiled, chance.choice([0, 1, 1, 2])):
            fields[name] = chance.choice([*mutations.TEXTS[:40], *map(str, world.strangers())])
        actions = ["/login", "/signup", "/confirm", "/forgotPassword", "/confirmForgotPassword"]
        target = "/_pool/change" if page.startswith("/_pool") else chance.choice([page.split("?")[0], *actions])
        encoded = "&".join(f"{escape(name, chance)}={escape(value, chance)}" for name, value in fields.items())
        headers = [host, ("Content-Type", "application/x-www-form-urlencoded"), ("Origin", f"http://{host[1]}")]
        if "set-cookie" in shown.headers:
            headers.append(("Cookie", shown.headers["set-cookie"].split(";")[0]))
        packet = http.request("POST", target, headers, encoded.encode())
        self.judge(self.exchange(packet), packet)

    def control(self) -> None:
        """Faults and clocks of impossible kinds. What it injects is taken back at once."""
        chance = self.chance
        order, path = chance.choice(
            [
                (
                    {"kind": "exception", "operation": "ListUsers", "type": "XException", "status": 400, "count": 1},
                    "faults",
                ),
                ({"kind": "truncate", "bytes": 5, "operation": "*"}, "faults"),
                ({"advance": 5}, "clock"),
                ({"freeze": 1_800_000_000}, "clock"),
                ({"user_pool_id": self.world.pool, "action": "forget-retired"}, "keys"),
            ]
        )
        body = mutations.dumps(mutations.spoil(order, ["garbage", "status", 1e300, -1e300, 1e15], chance))
        headers = [("Host", "pool"), ("Content-Type", "application/json")]
        packet = http.request("POST", f"/_control/{path}", headers, body.encode("utf-8", "surrogatepass"))
        self.judge(self.exchange(packet), packet)
        # Whatever it was told now shows in an answer; only to wait would take too long.
        for operation in ("ListUsers", "InitiateAuth") if "latency" not in body else ():
            self.exchange(http.request("POST", "/", self.headers(operation), json.dumps(self.body(operation)).encode()))
        for method, name, rest in (("DELETE", "faults", b""), ("POST", "clock", b'{"reset":true}')):
            packet = http.request(method, f"/_control/{name}", headers, rest)
            if (answer := self.exchange(packet, method)) is None or answer.status != 200:
                self.fail("the control interface doesn't take its faults back", packet, answer)

    # Sending, and judging what comes back.

    def ask(self, operation: str, packet: bytes) -> None:
        answer = self.exchange(packet)
        self.judge(answer, packet, is_operation=True)
        if answer is not None and answer.status == 200 and answer.body.startswith(b"{"):
            self.world.learn(json.loads(answer.body))

    def exchange(self, packet: bytes, method: str = "POST") -> http.Answer | None:
        """The answer to a well-formed request, over a connection that is kept as long as the server keeps it."""
        self.count += 1
        fresh = self.connection is None
        self.connection = self.connection or http.Connection(self.server.port)
        self.connection.send(packet)
        try:
            answer = self.connection.answer(method)
        except (TimeoutError, http.Malformed) as problem:
            self.fail(repr(problem), packet, None)
        if answer is None or answer.headers.get("connection") == "close":
            self.connection.socket.close()
            self.connection = None
            if answer is None and not fresh:
                return self.exchange(packet, method)
        return answer

    def throw(self, packet: bytes) -> None:
        """Bytes that may be no request at all: every answer is judged, and the connection must come to an end."""
        self.count += 1
        with http.Connection(self.server.port) as connection:
            connection.send(packet)
            connection.socket.settimeout(0.05)
            ended = False
            while True:
                try:
                    answer = connection.answer()
                except TimeoutError:
                    if ended:
                        self.fail("the connection doesn't end", packet, None)
                    # What is missing won't come: the server learns that now, not in 15 seconds.
                    connection.end_of_input()
                    connection.socket.settimeout(20)
                    ended = True
                    continue
                except http.Malformed as problem:
                    self.fail(repr(problem), packet, None)
                if answer is None:
                    return
                self.judge(answer, packet)

    def judge(self, answer: http.Answer | None, packet: bytes, is_operation: bool = False) -> None:
        if answer is None:
            return
        self.statuses[answer.status] = self.statuses.get(answer.status, 0) + 1
        text = answer.body.decode("utf-8", "replace")
        if answer.status >= 500:
            self.fail("an error of the server's own", packet, answer)
        if PASSWORD in text:
            self.fail("the answer holds the password", packet, answer)
        if answer.status >= 400 and INSIDE.search(text):
            self.fail("the answer tells of the inside", packet, answer)
        if answer.headers.get("content-type") == JSON and answer.status >= 400 and text:
            said = json.loads(text)
            if not TYPE.fullmatch(said.get("__type", "")) or answer.headers["x-amzn-errortype"] != said["__type"] + ":":
                self.fail("the error hasn't the service's shape", packet, answer)
        elif is_operation and (answer.status != 200 or answer.headers["content-type"] != JSON):
            self.fail("the answer hasn't the service's shape", packet, answer)
        if is_operation and not answer.headers.get("x-amzn-requestid"):
            self.fail("the answer has no request id", packet, answer)
        if len(answer.body) > 1_000_000:
            self.fail("the answer is far larger than any request may be", packet, answer)

    def fail(self, what: str, packet: bytes, answer) -> None:
        process = self.server.server.process
        alive = "the server is alive" if process.poll() is None else f"the server ended with {process.returncode}"
        raise Wrong(f"seed {self.seed}, request {self.count}: {what}; {alive}\n{packet[:3000]!r}\n{str(answer)[:2000]}")

    def run(self, seconds: float, least: int) -> None:
        """For so long, and on a busy machine for longer: until so many requests were sent in all."""
        kinds = [self.spoiled_values] * 60 + [self.valid] * 8 + [self.spoiled_text] * 8 + [self.spoiled_headers] * 8
        kinds += [self.forms] * 6 + [self.spoiled_http] * 6 + [self.other_paths] * 8 + [self.control] * 2
        end, renewal = time.monotonic() + seconds, time.monotonic() + 5
        while time.monotonic() < end or self.count < least:
            self.chance.choice(kinds)()
            if self.server.server.process.poll() is not None:
                raise Wrong(
                    f"seed {self.seed}, request {self.count}: the server ended\n{self.server.server.output()[-3000:]}"
                )
            if time.monotonic() > renewal:
                # Some requests were right, and deleted the users and the pool.
                self.renew_world()
                renewal = time.monotonic() + 5


def escape(text: str, chance: random.Random) -> str:
    raw = text.encode("utf-8", "surrogatepass")[:3000]
    return "".join(chr(byte) if chr(byte).isalnum() and chance.random() < 0.9 else f"%{byte:02x}" for byte in raw)


@pytest.fixture
def server(programs, tmp_path):
    with Pool(programs, tmp_path, options=["--control", "--admin-page"]) as server:
        yield server


@pytest.mark.timeout(SECONDS + 180)
def test_whatever_is_asked_the_answer_has_the_services_shape(server):
    fuzzer, process = Fuzzer(server, SEED), psutil.Process(server.server.pid)
    fuzzer.run(min(3, SECONDS / 4), least=100)
    memory, descriptors = process.memory_info().rss, process.num_fds()
    fuzzer.run(SECONDS, least=400)
    fuzzer.connection = None
    print(f"fuzz: seed {SEED}, {fuzzer.count} requests, {fuzzer.statuses}, {process.memory_info().rss >> 20} MB")
    assert fuzzer.statuses.get(200, 0) > fuzzer.count // 200, "hardly anything was understood"
    wait_until(lambda: process.num_fds() <= descriptors + 2, 20, "the descriptors to be closed")
    assert process.memory_info().rss - memory < 150 << 20
    assert "failed inside the pool" not in server.server.output()
    fuzzer.renew_world()  # It still works.
