"""Everything around a login: pool, TLS, git and docker servers, and this machine, on one stage.

Made once and shared by the demo's and the tests' journey."""

import json
import os
from pathlib import Path

from . import tls
from .apache import Apache
from .machine import CONFIGURATION, Machine, PoolSettings
from .pool import Pool
from .processes import free_port, run
from .programs import Programs
from .registry import Registry

IMAGE = "team/tool:1"
REPOSITORY = "project"


class Stage:
    def __init__(self, programs: Programs, folder: Path):
        self.programs, self.folder = programs, Path(folder)
        self.folder.mkdir(mode=0o755, parents=True, exist_ok=True)
        self.certificate = tls.make(self.folder / "tls")
        self.registry = Registry(self.folder / "registry")
        pool_port = free_port()
        (self.folder / "apache").mkdir()
        self.apache = Apache(self.folder / "apache", self.certificate, pool_port, self.registry.port)
        self.pool = Pool(programs, self.folder / "pool", issuer_base=self.apache.pool_url, port=pool_port)
        self.machine = Machine(programs, self.folder / "machine")

    def start_servers(self) -> None:
        """Git and docker servers that let in whoever shows an access token of the pool's app client."""
        self.registry.server.start()
        self.apache.start(self.pool.issuer, self.pool.client_id)
        self.apache.make_repository(REPOSITORY)
        self.registry.push_image(IMAGE)

    def settings(self) -> PoolSettings:
        return PoolSettings(
            self.apache.pool_url, self.pool.issuer, self.pool.id, self.pool.client_id, self.authority_for_all()
        )

    def authority_for_all(self) -> Path:
        """The test authority, where every account of the machine can read it."""
        target = CONFIGURATION / "pool-ca.pem"
        CONFIGURATION.mkdir(mode=0o755, exist_ok=True)
        target.write_bytes(self.certificate.authority.read_bytes())
        target.chmod(0o644)
        return target

    def configure_clients(self) -> None:
        """What an administrator sets once for everyone: the profile, git's helper and docker's helper."""
        profile = [
            "[profile work]",
            *self.settings().lines(),
            f"hosts = {self.apache.host}",
            "token = access",
        ]
        file = CONFIGURATION / "profiles.conf"
        file.write_text("\n".join(profile) + "\n")
        file.chmod(0o644)
        run("git", "config", "--system", f"credential.http://{self.apache.host}.helper", "cognito", check=True)
        docker = Path("/etc/skel/.docker")
        docker.mkdir(mode=0o700, exist_ok=True)
        (docker / "config.json").write_text(json.dumps({"credHelpers": {self.apache.host: "cognito"}}))

    def image(self) -> str:
        return f"{self.apache.host}/{IMAGE}"

    def git_url(self) -> str:
        return self.apache.git_url(REPOSITORY)

    # What a server says to a token, asked by the real programs, with no helper of ours.

    def git_status(self, token: str, scheme: str = "Basic") -> int:
        """git ls-remote with this token; returns git's exit status (0: let in)."""
        env = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.folder),
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_TERMINAL_PROMPT": "0",
        }
        if scheme == "Bearer":
            env |= git_bearer(token)
            return run("git", "ls-remote", self.git_url(), env=env).returncode
        helper = "!f() { echo username=token; echo password=$TOKEN; }; f"
        return run(
            "git", "-c", f"credential.helper={helper}", "ls-remote", self.git_url(), env=env | {"TOKEN": token}
        ).returncode

    def docker_status(self, token: str) -> int:
        """docker manifest inspect with this token; returns docker's exit status (0: let in)."""
        folder = self.folder / "docker-with-token"
        folder.mkdir(exist_ok=True)
        helper = folder / "docker-credential-fixed"
        helper.write_text(
            '#!/bin/sh\n[ "$1" = get ] || exit 0\nread -r host\n'
            'printf \'{"ServerURL":"%s","Username":"token","Secret":"%s"}\' "$host" "$TOKEN"\n'
        )
        helper.chmod(0o755)
        (folder / "config.json").write_text(json.dumps({"credHelpers": {self.apache.host: "fixed"}}))
        env = {"PATH": f"{folder}:{os.environ['PATH']}", "HOME": str(self.folder), "TOKEN": token}
        return run("docker", "--config", folder, "manifest", "inspect", "--insecure", self.image(), env=env).returncode

    def stop(self) -> None:
        self.machine.stop()
        self.apache.stop()
        self.registry.server.stop()
        self.pool.stop()


def git_bearer(token: str) -> dict:
    """Environment with which git sends `Authorization: Bearer`: not in its arguments, which everybody can read."""
    return {
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": "http.extraHeader",
        "GIT_CONFIG_VALUE_0": f"Authorization: Bearer {token}",
    }
