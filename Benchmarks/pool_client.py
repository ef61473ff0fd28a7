"""A client of cognito-pool that costs as little as it can, and what both benchmarks of the pool measure with."""

import base64
import ctypes
import ctypes.util
import datetime
import hashlib
import hmac
import http.client
import json
import os
import secrets
import time
from pathlib import Path

from pycognito.aws_srp import AWSSRP, N_HEX

N, G = int(N_HEX, 16), 2
crypto = ctypes.CDLL(ctypes.util.find_library("crypto"))
for name in ("BN_new", "BN_CTX_new", "BN_bin2bn", "EVP_PKEY_Q_keygen", "EVP_sha256", "EVP_MD_CTX_new"):
    getattr(crypto, name).restype = ctypes.c_void_p
crypto.BN_bin2bn.argtypes = [ctypes.c_char_p, ctypes.c_int, ctypes.c_void_p]
crypto.BN_bn2binpad.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int]
crypto.BN_mod_exp_mont_consttime.argtypes = [ctypes.c_void_p] * 6
crypto.BN_free.argtypes = crypto.EVP_MD_CTX_free.argtypes = [ctypes.c_void_p]
crypto.EVP_PKEY_Q_keygen.argtypes = [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_char_p]
crypto.EVP_DigestSignInit.argtypes = [ctypes.c_void_p] * 5
crypto.EVP_DigestSign.argtypes = [ctypes.c_void_p] * 3 + [ctypes.c_char_p, ctypes.c_size_t]
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
    """Signs users in again and again over one connection, with the smallest `a` there is."""

    def __init__(self, port: int, client_id: str, pool_id: str, password: str):
        self.connection = http.client.HTTPConnection("127.0.0.1", port)
        self.client_id, self.password = client_id, password
        self.pool_name, self.known = pool_id.split("_", 1)[1], {}

    def call(self, operation: str, body: dict) -> dict:
        target = {"X-Amz-Target": "AWSCognitoIdentityProviderService." + operation}
        self.connection.request("POST", "/", json.dumps({"ClientId": self.client_id, **body}), target)
        reply = self.connection.getresponse()
        answer = json.loads(reply.read())
        assert reply.status == 200, answer
        return answer

    def sign_in(self, name: str) -> None:
        start = {"AuthFlow": "USER_SRP_AUTH", "AuthParameters": {"USERNAME": name, "SRP_A": f"{G:x}"}}
        asked = self.call("InitiateAuth", start)["ChallengeParameters"]
        user, salt, public_b = asked["USER_ID_FOR_SRP"], int(asked["SALT"], 16), int(asked["SRP_B"], 16)
        if salt not in self.known:
            identity = hashlib.sha256(f"{self.pool_name}{user}:{self.password}".encode()).digest()
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


def cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def cost(body, seconds: float) -> float:
    """CPU seconds of `body`, measured for so long."""
    start, count = time.process_time(), 0
    while time.process_time() - start < seconds:
        body()
        count += 1
    return (time.process_time() - start) / count


def power_cost(seconds: float) -> float:
    """CPU seconds of one bare exponentiation with a 256-bit exponent, with nothing made ready before."""
    texts = [plain(value) for value in (secrets.randbelow(N), secrets.randbits(255) | 1 << 255, N)]
    numbers = [crypto.BN_bin2bn(text, len(text), None) for text in texts]
    result = crypto.BN_new()
    return cost(lambda: crypto.BN_mod_exp_mont_consttime(result, *numbers, context, None), seconds)


class Signer:
    """A key of 2048 bits on the same libcrypto."""

    def __init__(self):
        self.key = crypto.EVP_PKEY_Q_keygen(None, None, b"RSA", ctypes.c_size_t(2048))

    def cost(self, seconds: float) -> float:
        """CPU seconds of one RS256 signature."""
        message, signature = bytes(700), ctypes.create_string_buffer(256)

        def sign():
            one, length = crypto.EVP_MD_CTX_new(), ctypes.c_size_t(256)
            assert crypto.EVP_DigestSignInit(one, None, crypto.EVP_sha256(), None, self.key) == 1
            assert crypto.EVP_DigestSign(one, signature, ctypes.byref(length), message, len(message)) == 1
            crypto.EVP_MD_CTX_free(one)

        return cost(sign, seconds)
