"""Where the programs under test are."""

import os
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


@dataclass(frozen=True)
class Programs:
    folder: Path

    @staticmethod
    def find() -> "Programs":
        """COGNITO_LOGIN_BIN, else the release build, else the debug build: the first that is there."""
        chosen = os.environ.get("COGNITO_LOGIN_BIN")
        for folder in [Path(chosen)] if chosen else [ROOT / ".build" / "release", ROOT / ".build" / "debug"]:
            if (folder / "cognito-pool").exists():
                return Programs(folder)
        raise FileNotFoundError("no programs to test: run `make build` first")

    @property
    def examples(self) -> Path:
        """The examples are a package of their own, built by `scripts/test.py examples`."""
        folder = ROOT / ".build" / "examples" / "debug"
        if not (folder / "example-sign-in").exists():
            raise FileNotFoundError("no examples to test: run `scripts/test.py examples` first")
        return folder

    def __getattr__(self, name: str) -> Path:
        """`programs.cognito_pool` is the path of cognito-pool."""
        if name.startswith("__"):
            raise AttributeError(name)
        return self.folder / name.replace("_", "-")
