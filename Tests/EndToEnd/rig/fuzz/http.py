"""HTTP/1.1 as bytes on a socket: what a client library would never send, and whole answers read strictly."""

import socket
from dataclasses import dataclass


@dataclass
class Answer:
    status: int
    headers: dict  # names in lower case; the last value of several
    body: bytes


class Malformed(Exception):
    """The server answered with something that isn't HTTP."""


class Connection:
    """One TCP connection. Waiting has an end: `seconds` for each read."""

    def __init__(self, port: int, seconds: float = 20):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=seconds)
        self.rest = b""

    def __enter__(self) -> "Connection":
        return self

    def __exit__(self, *_) -> None:
        self.socket.close()

    def send(self, piece: bytes) -> bool:
        """False when the server has closed already: it may refuse before it has read everything."""
        try:
            self.socket.sendall(piece)
        except (BrokenPipeError, ConnectionResetError):
            return False
        return True

    def end_of_input(self) -> None:
        try:
            self.socket.shutdown(socket.SHUT_WR)
        except OSError:
            pass

    def _more(self) -> bool:
        try:
            piece = self.socket.recv(65536)
        except ConnectionResetError:
            return False
        self.rest += piece
        return bool(piece)

    def answer(self, method: str = "POST") -> Answer | None:
        """The next answer; None when the connection ended without (the rest of) one. Interim answers are skipped."""
        while True:
            while b"\r\n\r\n" not in self.rest:
                if not self._more():
                    return None
            head, _, self.rest = self.rest.partition(b"\r\n\r\n")
            answer = self._read(head, method)
            if answer is None or answer.status >= 200:
                return answer

    def _read(self, head: bytes, method: str) -> Answer | None:
        first, *lines = head.split(b"\r\n")
        words = first.split(b" ", 2)
        if len(words) != 3 or not words[0].startswith(b"HTTP/1.") or not words[1].isdigit():
            raise Malformed(repr(first[:100]))
        headers = {}
        for line in lines:
            name, colon, value = line.partition(b":")
            if not colon or not name or b" " in name or b"\n" in line or b"\r" in line:
                raise Malformed(repr(line[:100]))
            headers[name.decode("latin-1").lower()] = value.strip().decode("latin-1")
        status = int(words[1])
        if status < 200 or status in (204, 304) or method == "HEAD":
            return Answer(status, headers, b"")
        length = int(headers["content-length"])
        while len(self.rest) < length:
            if not self._more():
                return None
        body, self.rest = self.rest[:length], self.rest[length:]
        return Answer(status, headers, body)


def request(method: str, target: str, headers: list, body: bytes = b"", length: bool = True) -> bytes:
    """A request as bytes; header values may be bytes or text, names too."""
    head = [_bytes(f"{method} {target} HTTP/1.1")]
    head += [_bytes(name) + b": " + _bytes(value) for name, value in headers]
    if length:
        head.append(b"Content-Length: %d" % len(body))
    return b"\r\n".join(head) + b"\r\n\r\n" + body


def chunked(body: bytes, sizes, extension: bytes = b"", trailer: bytes = b"") -> bytes:
    """The body in chunks of the given sizes, the last size again and again."""
    pieces, start, sizes = [], 0, list(sizes)
    while start < len(body):
        size = max(1, sizes.pop(0) if len(sizes) > 1 else sizes[0])
        piece = body[start : start + size]
        pieces.append(b"%x%s\r\n%s\r\n" % (len(piece), extension, piece))
        start += size
    return b"".join(pieces) + b"0\r\n" + trailer + b"\r\n"


def _bytes(text) -> bytes:
    return text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
