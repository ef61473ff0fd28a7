"""`cognito login` asks again exactly where the library says so: for every exception of the service."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from botocore.loaders import Loader
from rig import terminal
from rig.programs import ROOT

MODEL = Loader().load_service_model("cognito-idp", "service-2")
EXCEPTIONS = sorted(name for name, shape in MODEL["shapes"].items() if shape.get("exception"))
VECTOR = (ROOT / "Tests" / "Vectors" / "asks_again.txt").read_text().splitlines()
ASKS_AGAIN = {line for line in VECTOR if not line.startswith("#")}
PROMPT = "Code from your authenticator app: "


class RefusingPool:
    """Asks for an authenticator app's code, and answers every code with one exception."""

    id, client_id = "eu-north-1_Refusing", "client"

    def __init__(self):
        self.exception = ""

        class Handler(BaseHTTPRequestHandler):
            def do_POST(handler):
                handler.rfile.read(int(handler.headers["Content-Length"]))
                if handler.headers["X-Amz-Target"].endswith(".InitiateAuth"):
                    body = {"ChallengeName": "SOFTWARE_TOKEN_MFA", "ChallengeParameters": {}, "Session": "s" * 20}
                    status = 200
                else:
                    body, status = {"__type": self.exception, "message": "No, once more."}, 400
                content = json.dumps(body).encode()
                handler.send_response(status)
                handler.send_header("Content-Length", str(len(content)))
                handler.end_headers()
                handler.wfile.write(content)

            def log_message(handler, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.endpoint = "http://127.0.0.1:%d" % self.server.server_address[1]
        self.issuer = f"{self.endpoint}/{self.id}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture(scope="module")
def refusing_pool():
    pool = RefusingPool()
    yield pool
    pool.server.shutdown()
    pool.server.server_close()


@pytest.mark.parametrize("exception", [*EXCEPTIONS, "BrandNewException"])
def test_a_refused_code_is_asked_for_again_exactly_where_the_library_says_so(bare_desk, refusing_pool, exception):
    refusing_pool.exception = exception
    bare_desk.configure(refusing_pool, "--store", "kernel")
    child = terminal.spawn("cognito", "login", "--username", "ada", env=bare_desk.env)
    asked = 3 if exception in ASKS_AGAIN else 1
    terminal.answer(child, [("Password: ", "right"), *[(PROMPT, "123456")] * asked])
    shown, status = terminal.finish(child)
    assert PROMPT not in shown and "No, once more." in shown, shown
    assert status not in (0, 130), shown
