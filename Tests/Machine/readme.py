"""What the documents tell an administrator to type, taken out of them, so that they and the tests can't drift apart."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def blocks(document: str, heading: str) -> list:
    """The indented blocks under a heading of a Markdown document, or of README.Debian."""
    text = (ROOT / document).read_text()
    # A heading is "## Heading", or a line with a rule under it.
    start = re.search(rf"^(?:#+ {re.escape(heading)}|{re.escape(heading)}\n[-=]+)$", text, re.MULTILINE)
    assert start, f"{document} has no heading “{heading}”"
    rest = text[start.end() :]
    end = re.search(r"^(?:#+ .+|.+\n[-=]{3,})$", rest, re.MULTILINE)
    section = rest[: end.start()] if end else rest
    found, block = [], []
    for line in section.splitlines():
        if line.startswith("    "):
            block.append(line[4:])
        elif not line.strip() and block:
            block.append("")
        elif block:
            found.append("\n".join(block).rstrip())
            block = []
    if block:
        found.append("\n".join(block).rstrip())
    return found


def commands(block: str) -> list:
    """The lines of a block as they are typed, without their remarks."""
    lines = [re.sub(r"\s+#\s.*$", "", line).strip() for line in block.splitlines()]
    return [line for line in lines if line and not line.startswith("#")]
