"""What is done to a valid request: to a value inside its JSON, to the JSON's text, to its headers, to its HTTP."""

import copy
import json
import random

from . import http


class Raw(str):
    """A piece of JSON text that goes into a body as it is."""


def dumps(value) -> str:
    """JSON with Raw pieces and with members that come twice (`Twice`)."""
    if isinstance(value, Raw):
        return str(value)
    if isinstance(value, Twice):
        pairs = [*value.members.items(), value.again]
        return "{" + ",".join(f"{json.dumps(name)}:{dumps(member)}" for name, member in pairs) + "}"
    if isinstance(value, dict):
        return "{" + ",".join(f"{json.dumps(name)}:{dumps(member)}" for name, member in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(dumps, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


class Twice:
    """An object one of whose members comes a second time."""

    def __init__(self, members: dict, again: tuple):
        self.members, self.again = members, again


NUMBERS = ["1e400", "-1e400", "1e308", "9223372036854775807", "9223372036854775808", "-9223372036854775808", "-1", "0"]
NUMBERS += ["-0", "0.1", "2147483648", "1" * 400, "0x10", "01", "+1", "1.", ".5", "NaN", "Infinity", "1E5", "60", "61"]
TEXTS = [
    "",
    " ",
    "\u0000",
    "a\u0000b",
    "\n",
    "../../etc/passwd",
    "%s%n",
    "'; DROP TABLE users; --",
    "\u202e\u2066",
    "\ufeff",
]
TEXTS += [
    "e\u0301",
    "\U0001f600",
    "\ufffe",
    "{####}",
    "{username}",
    "<script>alert(1)</script>",
    "\r\nX-Injected: 1",
    "null",
]
TEXTS += [
    "local_",
    "_",
    "a_b_c",
    "+",
    "@",
    "=",
    "é" * 64,
    "A" * 128,
    "A" * 129,
    "A" * 2048,
    "A" * 131_073,
    "ﬁ",
    "İ",
    "ß",
]
RAWS = [
    r'"\ud800"',
    r'"\udc00\ud800"',
    r'"\ud83d"',
    r'"\x"',
    r'"\u12"',
    '"\t"',
    '"unterminated',
    "nul",
    "tru",
    "{",
    "[",
]
RAWS += ['"\\u0000"', "[,]", "[1,]", '{"a"}', '{"a":}', "{,}", "'single'", "/* */1", '""""', '"a" "b"']


def value(chance: random.Random):
    """Something that hardly any member is meant to be."""
    kind = chance.randrange(9)
    if kind == 0:
        return Raw(chance.choice(NUMBERS))
    if kind == 1:
        return chance.choice(TEXTS)
    if kind == 2:
        return Raw(chance.choice(RAWS))
    if kind == 3:
        return chance.choice([None, True, False])
    if kind == 4:
        return chance.choice([{}, [], [[]], [{}], {"": ""}, {"__proto__": {}}, [None], [None, 1, "a", {}]])
    if kind == 5:
        depth = chance.choice([5, 31, 32, 33, 200, 20_000])
        return Raw(chance.choice(["[" * depth + "]" * depth, '{"a":' * depth + "1" + "}" * depth, "[" * depth]))
    if kind == 6:
        # Each an object of its own: what is put into one must not be in all of them.
        element, count = chance.choice([1, "a", {}, {"Name": "email"}, None]), chance.choice([2, 100, 5000])
        return [copy.copy(element) for _ in range(count)]
    if kind == 7:
        return {f"k{number}": "v" for number in range(chance.choice([2, 60, 3000]))}
    return "".join(chr(chance.choice([chance.randrange(32, 127), chance.randrange(1, 0xD7FF)])) for _ in range(24))


def places(tree, found: list | None = None) -> list:
    """(container, key) of every value in a tree."""
    found = [] if found is None else found
    pairs = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for key, member in list(pairs):
        found.append((tree, key))
        places(member, found)
    return found


def spoil(tree: dict, strangers: list, chance: random.Random):
    """The tree with one to three things wrong; strangers are values that are valid elsewhere."""
    for _ in range(chance.choice([1, 1, 1, 2, 3])):
        spots = places(tree)
        if not spots or chance.random() < 0.08:
            tree[chance.choice(["Extra", "userPoolId", "__type", "", "ClientMetadata"])] = value(chance)
            continue
        container, key = chance.choice(spots)
        what = chance.randrange(6)
        if what == 0:
            del container[key]
        elif what == 1:
            container[key] = copy.deepcopy(chance.choice(strangers))
        elif what == 2 and isinstance(container, dict):
            container[str(key).swapcase()] = container.pop(key)
        else:
            container[key] = value(chance)
    if tree and chance.random() < 0.05:
        return Twice(tree, (chance.choice(list(tree)), value(chance)))
    return tree


def spoil_text(body: bytes, chance: random.Random) -> bytes:
    """The body's bytes with something wrong that isn't a matter of JSON values."""
    what, cut = chance.randrange(8), chance.randrange(len(body) + 1)
    if what == 0:
        return body[:cut]
    if what == 1:
        return body[:cut] + bytes(chance.randrange(256) for _ in range(chance.choice([1, 4, 64]))) + body[cut:]
    if what == 2:
        return b"\xef\xbb\xbf" + body
    if what == 3:
        return body.decode("utf-8", "replace").encode(chance.choice(["utf-16", "utf-16-le", "utf-32"]))
    if what == 4:
        return body + chance.choice([body, b"\x00", b" " * 70_000, b"//"])
    if what == 5:
        return (
            body[:cut] + chance.choice([b"\xff", b"\xc0\x80", b"\xed\xa0\x80", b"\xf5\x80\x80\x80"]) + body[cut + 1 :]
        )
    if what == 6:
        return b"[" * chance.choice([1, 40, 100_000]) + body
    return chance.choice([b"", b"null", b"[]", b'"x"', b"1", b"{}" * 3, b" " * 262_144, b"{" * 262_145])


LENGTHS = ["-1", "+5", "0x10", "5, 5", "5, 6", "", "99999999999999999999", "1 0", "5\x0b"]
ENCODINGS = [
    "chunked",
    "xchunked",
    "chunked, identity",
    "identity",
    "gzip, chunked",
    "Chunked",
    " chunked",
    "\x0bchunked",
]
CHUNKS = [b"-1\r\n", b"ffffffffffffffffff\r\nx\r\n", b"0x5\r\nabcde\r\n", b"5\nabcde\n", b"5\r\nabcdefgh\r\n", b"g\r\n"]


def smuggle(target: str, headers: list, body: bytes, chance: random.Random) -> bytes:
    """HTTP that two servers could read in two ways, or none at all."""
    inner = http.request("GET", "/health", [("Host", "inner")], length=False)
    what = chance.randrange(12)
    if what == 0:
        return http.request("POST", target, [*headers, ("Content-Length", chance.choice(LENGTHS))], body, length=False)
    if what == 1:
        return http.request("POST", target, [*headers, ("Content-Length", str(len(body) + 7))], body + inner)
    if what == 2:
        both = [*headers, ("Transfer-Encoding", chance.choice(ENCODINGS))]
        return http.request("POST", target, both, http.chunked(body, [7]) + inner)
    if what == 3:
        coded = [*headers, ("Transfer-Encoding", chance.choice(ENCODINGS))]
        sizes, extension = [chance.choice([1, 3, 1000, 65536])], chance.choice([b"", b";a=b", b";" + b"x" * 20_000])
        trailer = chance.choice(
            [b"", b"X-Amz-Target: x\r\n", b"Content-Length: 5\r\n", b"T: " + b"y" * 70_000 + b"\r\n"]
        )
        coded_body = http.chunked(body, sizes, extension, trailer)
        return http.request("POST", target, coded, coded_body, length=False)
    if what == 4:
        coded = [*headers, ("Transfer-Encoding", "chunked")]
        return http.request("POST", target, coded, chance.choice(CHUNKS) + http.chunked(body, [9]), length=False)
    if what == 5:
        line = chance.choice(
            ["POST / HTTP/1.0", "POST /", "GET / HTTP/0.9", "PRI * HTTP/2.0", "POST  /  HTTP/1.1", "\x00"]
        )
        line = chance.choice(
            [line, "POST / HTTP/1.10", "P\xd6ST / HTTP/1.1", "POST /\x00 HTTP/1.1", "CONNECT a:1 HTTP/1.1"]
        )
        return line.encode("latin-1") + b"\r\nHost: pool\r\nContent-Length: %d\r\n\r\n" % len(body) + body
    if what == 6:
        many = [(f"X-{number}", "v") for number in range(chance.choice([50, 101, 2000]))]
        return http.request("POST", target, headers + many, body)
    if what == 7:
        long = chance.choice([8_000, 17_000, 70_000, 1_000_000])
        return http.request("POST", target, [*headers, chance.choice([("X" * long, "v"), ("X", "v" * long)])], body)
    if what == 8:
        odd = chance.choice(
            [(b"X\x00Y", b"v"), (b"X Y", b"v"), (b"", b"v"), (b"X", b"a\x00b"), (b"X", b"a\r\n b"), (b"X\t", b"v")]
        )
        return http.request("POST", target, [odd, *headers], body)
    if what == 9:
        extra = [
            ("Expect", chance.choice(["100-continue", "200-ok"])),
            ("Upgrade", chance.choice(["h2c", "websocket"])),
        ]
        return http.request("POST", target, [*headers, *extra, ("Connection", "Upgrade, HTTP2-Settings")], body)
    if what == 10:
        return bytes(chance.randrange(256) for _ in range(chance.choice([1, 40, 3000]))) + b"\r\n\r\n"
    whole = http.request("POST", target, headers, body)
    cut = chance.randrange(len(whole))
    return whole[:cut] + bytes([chance.randrange(256)]) + whole[cut + 1 :]
