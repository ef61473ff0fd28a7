"""SRP sign-ins per second of cognito-pool, against what both cores could do at best.

    PYTHONPATH=Tests/EndToEnd:Benchmarks .venv/bin/python -m pool [SECONDS] [CLIENTS]

The clients use libcrypto and the smallest `a` there is, so that they cost one exponentiation each. A sign-in costs the
server three (g^b, v^u, (A v^u)^b) and two RSA signatures. An exponentiation is timed in the same run. Costs are CPU
time, because a machine that does other things as well makes wall time mean little.
"""

import base64
import ctypes
import ctypes.util
import datetime
import hashlib
import hmac
import http.client
import json
import multiprocessing
import os
import secrets
import sys
import tempfile
import time
from pathlib import Path

from pycognito.aws_srp import AWSSRP, N_HEX
from rig.pool import Pool
from rig.programs import Programs

N, G, PASSWORD = int(N_HEX, 16), 2, "Load-tester-1!"
crypto = ctypes.CDLL(ctypes.util.find_library("crypto"))
for name in ("BN_new", "BN_CTX_new", "BN_bin2bn"):
    getattr(crypto, name).restype = ctypes.c_void_p
crypto.BN_bin2bn.argtypes = [ctypes.c_char_p, ctypes.c_int, ctypes.c_void_p]
crypto.BN_bn2binpad.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int]
crypto.BN_mod_exp_mont_consttime.argtypes = [ctypes.c_void_p] * 6
crypto.BN_free.argtypes = [ctypes.c_void_p]
context = ctypes.c_void_p(crypto.BN_CTX_new())


def plain(number: int) -> bytes:
    return number.to_bytes((number.bit_length() + 7) // 8 or 1, "big")


def padded(number: int) -> bytes:
    text = plain(number)
    return b"\0" + text if text[0] & 0x80 else text


def power(base: int, exponent: int) -> int:
    """base ^ exponent mod N, as the server computes it."""
    texts = [plain(value) for value in (base, exponent, N)]
    numbers = [crypto.BN_bin2bn(text, len(text), None) for text in texts]
    result, output = crypto.BN_new(), ctypes.create_string_buffer(384)
    crypto.BN_mod_exp_mont_consttime(result, *numbers, context, None)
    crypto.BN_bn2binpad(result, output, 384)
    for number in [result, *numbers]:
        crypto.BN_free(number)
    return int.from_bytes(output.raw, "big")


K = int(hashlib.sha256(padded(N) + padded(G)).hexdigest(), 16)


class Client:
    """Signs one user in again and again over one connection."""

    def __init__(self, port: int, client_id: str, pool_id: str):
        self.connection = http.client.HTTPConnection("127.0.0.1", port)
        self.client_id, self.pool_name, self.known = client_id, pool_id.split("_", 1)[1], {}

    def call(self, operation: str, body: dict) -> dict:
        target = {"X-Amz-Target": "AWSCognitoIdentityProviderService." + operation}
        self.connection.request("POST", "/", json.dumps({"ClientId": self.client_id, **body}), target)
        reply = self.connection.getresponse()
        answer = json.loads(reply.read())
        assert reply.status == 200, answer
        return answer

    def sign_in(self) -> None:
        start = {"AuthFlow": "USER_SRP_AUTH", "AuthParameters": {"USERNAME": "load", "SRP_A": f"{G:x}"}}
        asked = self.call("InitiateAuth", start)["ChallengeParameters"]
        user, salt, public_b = asked["USER_ID_FOR_SRP"], int(asked["SALT"], 16), int(asked["SRP_B"], 16)
        if salt not in self.known:
            identity = hashlib.sha256(f"{self.pool_name}{user}:{PASSWORD}".encode()).digest()
            x = int(hashlib.sha256(padded(salt) + identity).hexdigest(), 16)
            self.known[salt] = (x, K * power(G, x) % N)
        x, masked = self.known[salt]
        u = int(hashlib.sha256(padded(G) + padded(public_b)).hexdigest(), 16)
        shared = power((public_b - masked) % N, 1 + u * x)
        prk = hmac.new(padded(u), padded(shared), "sha256").digest()
        key = hmac.new(prk, b"Caldera Derived Key\x01", "sha256").digest()[:16]
        stamp = AWSSRP.get_cognito_formatted_timestamp(datetime.datetime.now(datetime.timezone.utc))
        block = base64.b64decode(asked["SECRET_BLOCK"])
        proof = hmac.new(key, f"{self.pool_name}{user}".encode() + block + stamp.encode(), "sha256").digest()
        responses = {
            "USERNAME": asked["USERNAME"],
            "PASSWORD_CLAIM_SECRET_BLOCK": asked["SECRET_BLOCK"],
            "PASSWORD_CLAIM_SIGNATURE": base64.b64encode(proof).decode(),
            "TIMESTAMP": stamp,
        }
        answer = {"ChallengeName": "PASSWORD_VERIFIER", "ChallengeResponses": responses}
        assert "AccessToken" in self.call("RespondToAuthChallenge", answer)["AuthenticationResult"]


def work(place: tuple, seconds: float, results) -> None:
    client, count, end = Client(*place), 0, time.monotonic() + seconds
    while time.monotonic() < end:
        client.sign_in()
        count += 1
    results.put(count)


def cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def power_cost() -> float:
    """CPU seconds of one exponentiation with a 256-bit exponent."""
    start, count = time.process_time(), 0
    while time.process_time() - start < 1:
        power(secrets.randbelow(N), secrets.randbits(255) | 1 << 255)
        count += 1
    return (time.process_time() - start) / count


def main() -> None:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 10
    clients = int(sys.argv[2]) if len(sys.argv) > 2 else 4
    with tempfile.TemporaryDirectory() as folder, Pool(Programs.find(), Path(folder) / "pool") as pool:
        pool.add_person("load", PASSWORD)
        cost, results = power_cost(), multiprocessing.Queue()
        place = (pool.port, pool.client_id, pool.id)
        before, start = cpu_seconds(pool.server.process.pid), time.monotonic()
        workers = [multiprocessing.Process(target=work, args=(place, seconds, results)) for _ in range(clients)]
        for worker in workers:
            worker.start()
        count = sum(results.get() for _ in workers)
        wall = time.monotonic() - start
        each = (cpu_seconds(pool.server.process.pid) - before) / count
        print(f"{count} sign-ins in {wall:.1f} s: {count / wall:.1f} a second, clients on the same cores")
        print(f"server CPU {each * 1000:.2f} ms a sign-in: at most {os.cpu_count() / each:.0f} a second on all cores")
        print(f"three exponentiations {3 * cost * 1000:.2f} ms: {3 * cost / each:.0%} of the server's CPU time")


if __name__ == "__main__":
    main()
