"""A stand-in for cognito-logind that has one login to hand over, and can be told to misbehave."""

import json
import os
import socket
import struct
import threading
from pathlib import Path

COLLECT, STORED, SIGN_OUT, LEASE, NOTHING, DONE = 0x41, 0x42, 0x43, 0x61, 0x62, 0x63
TAG_LEASE, TAG_DOCUMENT = 15, 16


def frame(kind: int, *fields: tuple) -> bytes:
    body = b"".join(bytes([tag]) + struct.pack(">H", len(value)) + value for tag, value in fields)
    return struct.pack(">I", 1 + len(body)) + bytes([kind]) + body


class HandOver:
    """`asked` is what clients sent, in order. `silent` on: requests are read and never answered."""

    def __init__(self, path: Path, document: dict | bytes | None):
        self.path, self.document = Path(path), document
        self.asked, self.silent, self.lock = [], False, threading.Lock()
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.bind(str(path))
        os.chmod(path, 0o666)
        self.socket.listen(16)
        self.socket.settimeout(0.1)
        self.ended = threading.Event()
        self.thread = threading.Thread(target=self._accept, daemon=True)

    def _accept(self) -> None:
        while not self.ended.is_set():
            try:
                connection, _ = self.socket.accept()
            except OSError:
                continue
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        connection.settimeout(30)
        with connection:
            try:
                while header := connection.recv(4, socket.MSG_WAITALL):
                    payload = connection.recv(struct.unpack(">I", header)[0], socket.MSG_WAITALL)
                    answer = self._answer(payload)
                    if self.silent:
                        self.ended.wait(30)
                        return
                    connection.sendall(answer)
            except OSError:
                pass

    def _answer(self, payload: bytes) -> bytes:
        with self.lock:
            self.asked.append({COLLECT: "collect", STORED: "stored", SIGN_OUT: "sign-out"}.get(payload[0], "?"))
            if payload[0] == COLLECT:
                if self.document is None:
                    return frame(NOTHING)
                text = self.document if isinstance(self.document, bytes) else json.dumps(self.document).encode()
                return frame(LEASE, (TAG_LEASE, b"lease-1"), (TAG_DOCUMENT, text))
            if not self.silent:
                self.document = None
            return frame(DONE)

    def __enter__(self) -> "HandOver":
        self.thread.start()
        return self

    def __exit__(self, *_) -> None:
        self.ended.set()
        self.thread.join(5)
        self.socket.close()
        self.path.unlink(missing_ok=True)
