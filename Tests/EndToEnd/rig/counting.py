"""A relay in front of a pool that counts what it is asked, and can stop answering."""

import http.client
import threading
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit


class CountingRelay:
    """`counts["InitiateAuth"]` and the like; `counts["/path"]` for GET. `before(name)` is called before relaying."""

    def __init__(self, target: str):
        self.target = urlsplit(target)
        self.counts = Counter()
        self.before = lambda name: None
        self.lock = threading.Lock()
        relay = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                relay.pass_on(self, self.path, b"")

            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                relay.pass_on(self, self.headers.get("X-Amz-Target", "").rpartition(".")[2], body)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.endpoint = "http://127.0.0.1:%d" % self.server.server_address[1]

    def pass_on(self, handler, name: str, body: bytes) -> None:
        with self.lock:
            self.counts[name] += 1
        self.before(name)
        connection = http.client.HTTPConnection(self.target.hostname, self.target.port, timeout=20)
        headers = {key: value for key, value in handler.headers.items() if key.lower() not in ("connection", "expect")}
        connection.request(handler.command, handler.path, body, headers)
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        handler.send_response(answer.status)
        for key, value in answer.getheaders():
            if key.lower() not in ("connection", "transfer-encoding", "content-length", "date", "server"):
                handler.send_header(key, value)
        handler.send_header("Content-Length", str(len(content)))
        handler.end_headers()
        handler.wfile.write(content)

    def renewals(self) -> int:
        return self.counts["GetTokensFromRefreshToken"] + self.counts["InitiateAuth"]

    def __enter__(self) -> "CountingRelay":
        self.thread.start()
        return self

    def __exit__(self, *_) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join(5)
