"""Servers that misbehave on purpose, on TCP or on a unix socket."""

import os
import socket
import threading
from pathlib import Path


class HostileServer:
    """Listens, and treats whoever connects as `behaviour` says:

    - "deaf": never accepts; the queue of connections fills up
    - "silent": accepts, reads, never answers
    - "closing": accepts and closes at once
    - "garbage": answers every connection with bytes that mean nothing
    - "endless": answers, and never stops
    """

    GARBAGE = bytes(range(256)) * 16

    def __init__(self, behaviour: str, path: Path | None = None):
        self.behaviour = behaviour
        if path is None:
            self.socket = socket.socket()
            self.socket.bind(("127.0.0.1", 0))
            self.address = "http://127.0.0.1:%d" % self.socket.getsockname()[1]
        else:
            path.unlink(missing_ok=True)
            self.socket = socket.socket(socket.AF_UNIX)
            self.socket.bind(str(path))
            os.chmod(path, 0o666)
            self.address = str(path)
        self.path = path
        self.socket.listen(0 if behaviour == "deaf" else 16)
        self.connections = []
        self.ended = threading.Event()
        self.threads = []
        self.callers = 0

    def __enter__(self) -> "HostileServer":
        if self.behaviour == "deaf":
            self._fill_queue()
        else:
            self._start(self._accept)
        return self

    def _start(self, work, *arguments) -> None:
        thread = threading.Thread(target=work, args=arguments, daemon=True)
        thread.start()
        self.threads.append(thread)

    def _fill_queue(self) -> None:
        for _ in range(4):
            caller = socket.socket(self.socket.family)
            caller.setblocking(False)
            caller.connect_ex(self.socket.getsockname())
            self.connections.append(caller)

    def _accept(self) -> None:
        self.socket.settimeout(0.2)
        while not self.ended.is_set():
            try:
                connection, _ = self.socket.accept()
            except OSError:
                continue
            self.callers += 1
            self.connections.append(connection)
            self._start(self._treat, connection)

    def _treat(self, connection: socket.socket) -> None:
        connection.settimeout(0.2)
        try:
            if self.behaviour == "closing":
                connection.close()
            while self.behaviour == "silent" and not self.ended.is_set():
                try:
                    if not connection.recv(65536):
                        return
                except TimeoutError:
                    pass
            if self.behaviour == "garbage":
                connection.recv(65536)
                connection.sendall(self.GARBAGE)
                connection.close()
            if self.behaviour == "endless":
                connection.recv(65536)
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/x-amz-json-1.1\r\n\r\n{")
                while not self.ended.is_set():
                    try:
                        connection.sendall(b" " * 65536)
                    except TimeoutError:
                        pass
        except OSError:
            pass

    def __exit__(self, *_) -> None:
        self.ended.set()
        for connection in [self.socket, *self.connections]:
            connection.close()
        for thread in self.threads:
            thread.join(2)
        if self.path is not None:
            self.path.unlink(missing_ok=True)
