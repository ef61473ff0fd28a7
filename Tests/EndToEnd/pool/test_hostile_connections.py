"""Connections that no honest client opens: too many, half of them, requests that two servers would read in two ways."""

import json
import resource
import socket
import time

import psutil
import pytest
import requests
from rig.fuzz import http
from rig.pool import Pool
from rig.processes import wait_until

TARGET = ("X-Amz-Target", "AWSCognitoIdentityProviderService.InitiateAuth")
HEADERS = [("Host", "pool"), ("Content-Type", "application/x-amz-json-1.1"), TARGET]
INNER = http.request("GET", "/health", [("Host", "inner")], length=False)


def answers(pool: Pool, packet: bytes) -> list:
    """All answers to these bytes, until the server ends the connection (which it must)."""
    found = []
    with http.Connection(pool.port) as connection:
        connection.send(packet)
        connection.socket.settimeout(1)
        while True:
            try:
                answer = connection.answer()
            except TimeoutError:
                # It waits for more: there is none.
                connection.end_of_input()
                connection.socket.settimeout(20)
                continue
            if answer is None:
                return found
            found.append(answer)


SMUGGLING = {
    "a length and chunks": [("Content-Length", "2"), ("Transfer-Encoding", "chunked")],
    "chunks and a length": [("Transfer-Encoding", "chunked"), ("Content-Length", "2")],
    "two lengths": [("Content-Length", "2"), ("Content-Length", str(2 + len(INNER)))],
    "a list of lengths": [("Content-Length", f"2, {2 + len(INNER)}")],
    "a signed length": [("Content-Length", "+2")],
    "a length in hexadecimal": [("Content-Length", "0x2")],
    "a length and words": [("Content-Length", "2 x")],
    "chunks that aren't last": [("Transfer-Encoding", "chunked, identity")],
    "an unknown coding": [("Transfer-Encoding", "xchunked")],
    "chunks with a blank before the colon": [("Transfer-Encoding ", "chunked"), ("Content-Length", "2")],
}


@pytest.mark.parametrize("what", SMUGGLING)
def test_a_request_that_could_hide_another_is_refused(pool, what):
    body = b"0\r\n\r\n" if "Chunk" in what or "chunk" in what else b"{}"
    found = answers(pool, http.request("POST", "/", [*HEADERS, *SMUGGLING[what]], body + INNER, length=False))
    assert not [answer for answer in found if answer.body == b"ok\n"], "the hidden request was answered"
    assert all(400 <= answer.status < 500 and b"__type" in answer.body for answer in found), found


def test_a_chunk_that_is_longer_than_it_says_is_refused(pool):
    chunked = [*HEADERS, ("Transfer-Encoding", "chunked")]
    for chunks in (
        b"1\r\n{}\r\n0\r\n\r\n",
        b"fffffffffffffffff\r\n{}\r\n",
        b"-2\r\n{}\r\n0\r\n\r\n",
        b"2;\n{}\r\n0\r\n\r\n",
    ):
        found = answers(pool, http.request("POST", "/", chunked, chunks + INNER, length=False))
        assert not [answer for answer in found if answer.status < 400], (chunks, found)


def test_requests_in_one_go_are_answered_one_by_one_and_in_order(pool):
    names = [f"user-{number}" for number in range(200)]
    packet = b""
    for name in names:
        members = {"ClientId": pool.client_id, "AuthFlow": "USER_PASSWORD_AUTH", "AuthParameters": {"USERNAME": name}}
        members["AuthParameters"]["PASSWORD"] = "x"
        packet += http.request("POST", "/", HEADERS, json.dumps(members).encode())
    packet += http.request("POST", "/", [*HEADERS, ("Connection", "close")], b"no JSON")
    found = answers(pool, packet)
    kinds = [json.loads(answer.body)["__type"] for answer in found]
    assert kinds == ["UserNotFoundException"] * 200 + ["SerializationException"]


def test_a_client_that_ends_its_input_after_a_request_costs_nothing(pool):
    process = psutil.Process(pool.server.pid)
    before = process.num_fds()
    for _ in range(50):
        with http.Connection(pool.port) as connection:
            connection.send(http.request("POST", "/", HEADERS, b"{}")[:-3])
            connection.end_of_input()
            assert connection.answer() is None
    wait_until(lambda: process.num_fds() <= before + 1, 10, "the descriptors to be closed")


def test_more_connections_than_descriptors_are_closed_and_there_is_room_again(programs, tmp_path):
    few = 200
    pool = Pool(programs, tmp_path)
    pool.server.popen["preexec_fn"] = lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (few, few))
    with pool:
        held = [socket.create_connection(("127.0.0.1", pool.port), timeout=20) for _ in range(few * 2)]
        try:
            # Those over the limit end at once; they aren't left waiting for a descriptor.
            closed = 0
            for connection in reversed(held):
                connection.settimeout(5)  # waited for once, at the first that is held; a busy machine needs it
                try:
                    closed += connection.recv(1) == b""
                except ConnectionResetError:
                    closed += 1
                except TimeoutError:
                    break
            assert closed > few / 2
            assert psutil.Process(pool.server.pid).num_fds() < few, "some are left for the store"
        finally:
            for connection in held:
                connection.close()
        end = time.monotonic() + 20
        while True:
            try:
                assert requests.get(pool.endpoint + "/health", timeout=20).text == "ok\n"
                break
            except requests.ConnectionError:
                # The server has yet to hear that the others have gone.
                assert time.monotonic() < end
