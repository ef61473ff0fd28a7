"""Chromium without a window, by the W3C WebDriver protocol that Debian's chromedriver speaks."""

import shutil
from importlib.resources import files

import requests

from .processes import Server, accepts, free_port, wait_until

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"


# What the Web Content Accessibility Guidelines ask for, up to level AA, and good practice.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


class Browser:
    """One browser window; on request one whose user has switched JavaScript off."""

    def __init__(self, folder, javascript: bool = True):
        port = free_port()
        self.javascript = javascript
        assert shutil.which("chromedriver") and shutil.which("chromium"), "no Chromium here: scripts/setup installs it"
        self.address = f"http://127.0.0.1:{port}"
        driver = [shutil.which("chromedriver"), f"--port={port}"]
        self.driver = Server("chromedriver", driver, folder, ready=lambda: accepts(port))
        self.profile = folder / "profile"

    def __enter__(self) -> "Browser":
        self.driver.start()
        # The sandbox of its own that Chromium makes needs rights that root has not got in a container.
        options = {
            "binary": shutil.which("chromium"),
            "args": ["--headless=new", "--no-sandbox", "--disable-dev-shm-usage", f"--user-data-dir={self.profile}"],
        }
        if not self.javascript:
            options["prefs"] = {"profile.managed_default_content_settings.javascript": 2}
        wanted = {"capabilities": {"alwaysMatch": {"goog:chromeOptions": options}}}
        self.session = self._call("POST", "/session", wanted)["sessionId"]
        return self

    def __exit__(self, *_) -> None:
        try:
            self._call("DELETE", f"/session/{self.session}")
        finally:
            self.driver.stop()

    def _call(self, method: str, path: str, body: dict | None = None):
        reply = requests.request(method, self.address + path, json=body, timeout=60)
        value = reply.json()["value"]
        assert reply.ok, value
        return value

    def _here(self, method: str, path: str, body: dict | None = None):
        return self._call(method, f"/session/{self.session}{path}", body)

    def open(self, address: str) -> None:
        self._here("POST", "/url", {"url": address})

    def find(self, selector: str) -> str:
        return self._here("POST", "/element", {"using": "css selector", "value": selector})[ELEMENT]

    def type(self, selector: str, text: str) -> None:
        self._here("POST", f"/element/{self.find(selector)}/value", {"text": text})

    def click(self, selector: str) -> None:
        self._here("POST", f"/element/{self.find(selector)}/click", {})

    def go(self, selector: str) -> None:
        """Clicks on what leads to another page, and waits for that: a busy browser is slow to leave the old one."""
        page = self.find("html")
        self.click(selector)
        wait_until(lambda: self._is_gone(page), 20, f"another page than {self.where}")

    def _is_gone(self, element: str) -> bool:
        try:
            self._here("GET", f"/element/{element}/name")
        except AssertionError:
            return True
        return False

    def text(self, selector: str) -> str:
        return self._here("GET", f"/element/{self.find(selector)}/text")

    def attribute(self, selector: str, name: str) -> str | None:
        return self._here("GET", f"/element/{self.find(selector)}/attribute/{name}")

    def role(self, selector: str) -> str:
        """The element's role, as a screen reader is told it."""
        return self._here("GET", f"/element/{self.find(selector)}/computedrole")

    def label(self, selector: str) -> str:
        """The element's name, as a screen reader says it."""
        return self._here("GET", f"/element/{self.find(selector)}/computedlabel")

    def add_authenticator(self) -> None:
        """A platform authenticator of the browser's own, whose user always agrees and is always recognised."""
        properties = {
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": True,
        }
        self._here("POST", "/webauthn/authenticator", properties)

    def create_passkey(self, options: dict) -> dict:
        """navigator.credentials.create, as an app's page would call it."""
        return self._passkey("create", "parseCreationOptionsFromJSON", options)

    def use_passkey(self, options: dict) -> dict:
        """navigator.credentials.get."""
        return self._passkey("get", "parseRequestOptionsFromJSON", options)

    def _passkey(self, method: str, parse: str, options: dict) -> dict:
        script = f"""
            const [options, done] = arguments;
            navigator.credentials.{method}({{publicKey: PublicKeyCredential.{parse}(options)}})
                .then(made => done(made.toJSON()), error => done({{refused: String(error)}}));
        """
        answer = self._here("POST", "/execute/async", {"script": script, "args": [options]})
        assert "refused" not in answer, answer
        return answer

    @property
    def focused(self) -> str:
        """The name of the field that the cursor is in."""
        element = self._here("GET", "/element/active")[ELEMENT]
        return self._here("GET", f"/element/{element}/attribute/name")

    def complaints(self) -> list:
        """What axe-core finds wrong for people with disabilities: the rule, and the markup that breaks it."""
        source = files("axe_core_python").joinpath("axe.min.js").read_text()
        run = f"{source}; const done = arguments[0]; axe.run({{runOnly: {RULES}}}).then(done, done)"
        report = self._here("POST", "/execute/async", {"script": run, "args": []})
        assert report["passes"], "axe looked at nothing"
        return [(rule["id"], node["html"]) for rule in report["violations"] for node in rule["nodes"]]

    @property
    def title(self) -> str:
        return self._here("GET", "/title")

    @property
    def where(self) -> str:
        return self._here("GET", "/url")

    def wait_for(self, beginning: str, seconds: float = 10) -> str:
        """The address, once it begins like this."""
        return wait_until(lambda: self.where.startswith(beginning) and self.where, seconds, f"the page {beginning}")

    def wait_for_text(self, selector: str, text: str, seconds: float = 10) -> None:
        """Waits until the element says this, also over a page that is shown anew."""

        def says() -> bool:
            try:
                return text in self.text(selector)
            except AssertionError:  # between two pages there is no such element
                return False

        wait_until(says, seconds, f"the page to say {text}")
