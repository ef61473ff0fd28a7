#!/usr/bin/env python3
"""Runs the project's checks and tests, one step after the other, and adds up what they report.

    scripts/test.py              every step
    scripts/test.py unit pam     these steps only

A step's whole output goes to the terminal and to .build/test-logs/STEP.log. A failed step does not keep the next ones
from running, except that nothing runs on programs that weren't built. The last line is "N passed, N failed".
"""

import os
import re
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOGS = ROOT / ".build" / "test-logs"
PYTHON = ".venv/bin/python"


def as_root(*command):
    """End-to-end tests need root: they log people in. Inside, they live in a sandbox of their own."""
    return list(command) if os.geteuid() == 0 else ["sudo", "--non-interactive", *command]


def end_to_end():
    """One pytest per folder of Tests/EndToEnd, each in its own sandbox, so that they can't disturb each other."""
    folders = sorted({test.parent for test in (ROOT / "Tests" / "EndToEnd").glob("*/test_*.py")})
    for folder in folders:
        name = folder.relative_to(ROOT)
        pytest = [PYTHON, "-B", "-m", "pytest", "-q", "-p", "no:cacheprovider", "--color=no", str(name)]
        yield as_root("Tests/EndToEnd/rig/sandbox", *pytest)


def steps():
    """Name, seconds it may take, commands, and whether it runs side by side."""
    yield (
        "check",
        300,
        [
            ["scripts/check-tree"],
            [PYTHON, "-m", "ruff", "check", "--quiet", "."],
            [PYTHON, "-m", "ruff", "format", "--check", "--quiet", "."],
            ["swift", "format", "lint", "--strict", "--parallel", "--recursive", "Sources", "Tests", "Package.swift"],
        ],
    )
    yield "unit", 2400, [["swift", "build", "--build-tests"], ["swift", "test", "--skip-build"]]
    yield "build", 2400, [["make", "build"], ["scripts/check-programs"]]
    yield "pam", 600, [["make", "-C", "pam", "test"]]
    yield "end-to-end", 1200, list(end_to_end())


def run(command, log, seconds):
    """Runs a command, copies its output to terminal and log, and ends its whole group when time is up."""
    print("+", *command, flush=True)
    deadline = time.monotonic() + seconds
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as process:
        os.set_blocking(process.stdout.fileno(), False)
        while True:
            chunk = process.stdout.read()
            if chunk:
                sys.stdout.buffer.write(chunk)
                sys.stdout.flush()
                log.write(chunk)
            elif chunk == b"" or process.poll() is not None:
                return process.wait()
            elif time.monotonic() > deadline:
                log.write(b"\ntime is up\n")
                process.kill()
                process.wait()
                return 124
            else:
                time.sleep(0.05)


# What the runners close with: Swift Testing, pytest, and anything that prints "N passed, N failed".
SWIFT = re.compile(
    r"Test run with (\d+) tests? (?:in \d+ suites? )?(passed|failed) after .*?(?:with (\d+) issues?)?\.?$"
)
PLAIN = re.compile(
    r"^=*\s*(?:\w[\w ./-]*: )?(?:(\d+) failed,? ?)?(?:(\d+) passed)(?:, (\d+) failed)?(?:, \d+ \w+)*(?: in .*)?=*$"
)


def totals(text):
    """(passed, failed) as reported by the closing lines in `text`."""
    passed = failed = 0
    failing_swift = len(set(re.findall(r"Test (?!run with)(.+?) failed after", text)))
    for line in text.splitlines():
        line = line.strip()
        if match := SWIFT.search(line):
            bad = failing_swift if match[2] == "failed" else 0
            passed, failed = passed + int(match[1]) - bad, failed + bad
        elif match := PLAIN.match(line):
            passed += int(match[2])
            failed += int(match[1] or match[3] or 0)
    return passed, failed


def main(wanted):
    LOGS.mkdir(parents=True, exist_ok=True)
    known = {name: (seconds, commands) for name, seconds, commands in steps()}
    if unknown := set(wanted) - set(known):
        sys.exit(f"test.py: no such step: {', '.join(sorted(unknown))} (known: {', '.join(known)})")
    report, built = [], True
    for name, (seconds, commands) in known.items():
        if wanted and name not in wanted:
            continue
        if name == "end-to-end" and not built:
            report.append((name, 0, 1, 0, "not run: nothing was built"))
            continue
        print(f"\n=== {name}", flush=True)
        start, bad = time.monotonic(), []
        with open(LOGS / f"{name}.log", "wb") as log:
            for command in commands:
                status = run(command, log, seconds - (time.monotonic() - start))
                if status != 0:
                    bad.append(f"{' '.join(command)}: exit {status}")
        passed, failed = totals((LOGS / f"{name}.log").read_text(errors="replace"))
        if name == "build":
            built = not bad
        if bad and not failed:
            failed = len(bad)
        report.append((name, passed, failed, time.monotonic() - start, "; ".join(bad)))

    print("\n=== totals")
    for name, passed, failed, seconds, note in report:
        print(f"{name:12} {'FAILED' if failed else 'ok':6} {passed:5} tests passed {seconds:7.1f} s  {note}")
    passed, failed = sum(row[1] for row in report), sum(row[2] for row in report)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
