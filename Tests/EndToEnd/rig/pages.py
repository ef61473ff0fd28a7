"""The pool's pages as a browser without JavaScript sees them, and what an app asks them for."""

import html
import re
from urllib.parse import parse_qs, urlsplit

import requests
from authlib.oauth2.rfc7636 import create_s256_code_challenge

CALLBACK = "http://127.0.0.1:1/callback"
VERIFIER = "v" * 43
PASSWORD = "Correct-horse-9"  # of the pages' user


def oauth(**settings) -> dict:
    """The settings of an app client that may use the pages."""
    return {
        "AllowedOAuthFlowsUserPoolClient": True,
        "AllowedOAuthFlows": ["code"],
        "AllowedOAuthScopes": ["openid", "email", "aws.cognito.signin.user.admin"],
        "CallbackURLs": [CALLBACK],
        "LogoutURLs": ["http://127.0.0.1:1/bye"],
        **settings,
    }


def authorize(client: str, verifier: str | None = VERIFIER, path: str = "/oauth2/authorize", **fields) -> str:
    """The path to which an app sends the browser."""
    parameters = {"client_id": client, "redirect_uri": CALLBACK, "response_type": "code", "scope": "openid"}
    if verifier:
        parameters |= {"code_challenge": create_s256_code_challenge(verifier), "code_challenge_method": "S256"}
    return requests.Request("GET", "http://x" + path, params=parameters | fields).prepare().path_url


def answer(reply: requests.Response) -> dict:
    """What came back with the browser: code and state, or an error."""
    return {name: values[0] for name, values in parse_qs(urlsplit(reply.headers["Location"]).query).items()}


class PlainBrowser:
    """Follows links and fills in forms; no JavaScript."""

    def __init__(self, endpoint: str):
        self.endpoint, self.session = endpoint, requests.Session()

    def get(self, path: str) -> requests.Response:
        address = path if path.startswith("http") else self.endpoint + path
        return self.session.get(address, allow_redirects=False, timeout=10)

    def open(self, path: str) -> requests.Response:
        """Follows redirects as long as they stay at the pool."""
        reply = self.get(path)
        while reply.is_redirect and not reply.headers["Location"].startswith(CALLBACK):
            reply = self.get(reply.headers["Location"])
        return reply

    def follow(self, page: requests.Response, label: str) -> requests.Response:
        """The page behind a link."""
        [target] = re.findall(rf'<a href="([^"]*)">{re.escape(label)}</a>', page.text)
        return self.get(html.unescape(target))

    def submit(self, page: requests.Response, **fields) -> requests.Response:
        """Sends the page's form. A dot in a field's name is written as two underscores."""
        [action] = re.findall(r'<form method="post" action="([^"]*)"', page.text)
        hidden = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page.text)
        typed = {name.replace("__", "."): value for name, value in fields.items()}
        form = {name: html.unescape(value) for name, value in hidden} | typed
        return self.session.post(self.endpoint + action, data=form, allow_redirects=False, timeout=10)

    def sign_in(self, path: str, name: str, password: str) -> requests.Response:
        return self.submit(self.open(path), username=name, password=password)


def complaint(page: requests.Response) -> str:
    """What the page says was wrong; empty when nothing was."""
    found = re.findall(r'<p role="alert" id="alert">([^<]*)</p>', page.text)
    return html.unescape(found[0]) if found else ""


def title(page: requests.Response) -> str:
    return html.unescape(re.findall(r"<title>([^<]*)</title>", page.text)[0])
