"""A picture of those parts of the machine that a login could change, to be compared before and after."""

import hashlib
import json
import os
import sys
from pathlib import Path

# What logging in, installing and running our programs writes when it isn't kept away.
FOLDERS = ["/etc", "/home", "/run/userdb", "/run/cognito-login", "/var/lib/cognito-login", "/usr/lib/systemd/system"]
FILES = ["wtmp", "btmp", "lastlog", "faillog", "auth.log", "secure"]


def picture() -> dict:
    """Path → what it is. Contents of small files are hashed; of /home only the names of its folders are taken."""
    found = {}
    for folder in FOLDERS:
        for parent, folders, files in os.walk(folder):
            found[parent] = _describe(Path(parent))
            for name in files:
                found[f"{parent}/{name}"] = _describe(Path(parent, name))
            if folder == "/home":
                found.update({f"{parent}/{name}": "folder" for name in folders})
                break
    for path in [Path("/var/log", name) for name in FILES] + list(Path("/usr/lib").glob("*/security/*.so")):
        if path.exists():
            found[str(path)] = _describe(path)
    found["mounts"] = _mounts()
    return found


def _describe(path: Path) -> str:
    try:
        status = path.lstat()
        kind = f"{status.st_mode:o} {status.st_uid}:{status.st_gid}"
        if path.is_symlink():
            return f"{kind} -> {os.readlink(path)}"
        if path.is_file():
            return f"{kind} {hashlib.sha256(path.read_bytes()).hexdigest()}"
        return kind
    except OSError as problem:
        return f"unreadable: {problem.strerror}"


def _mounts() -> str:
    lines = Path("/proc/self/mountinfo").read_text().splitlines()
    return hashlib.sha256(
        "\n".join(sorted(line.split(" - ")[0].split(" ", 3)[3] for line in lines)).encode()
    ).hexdigest()


def differences(before: dict, after: dict) -> list:
    """One line for each path that came, went or changed."""
    return [
        f"{path}: {before.get(path, 'absent')} -> {after.get(path, 'absent')}"
        for path in sorted(before.keys() | after.keys())
        if before.get(path) != after.get(path)
    ]


def main(arguments: list) -> int:
    """`host.py FILE` writes a picture; `host.py FILE --compare` says what changed since, and fails if anything did."""
    file = Path(arguments[0])
    if arguments[1:] != ["--compare"]:
        file.write_text(json.dumps(picture()))
        return 0
    changed = differences(json.loads(file.read_text()), picture())
    for line in changed:
        print(f"changed on this machine: {line}", file=sys.stderr)
    return 1 if changed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
