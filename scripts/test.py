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
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOGS = ROOT / ".build" / "test-logs"
PYTHON = ".venv/bin/python"


ON_PROGRAMS = ("machine", "end-to-end")  # steps that run what the step build made


@dataclass
class Step:
    name: str
    seconds: int  # what the whole step may take
    commands: list
    lanes: int = 1  # how many commands run at a time


@dataclass
class Result:
    name: str
    passed: int
    failed: int
    seconds: float
    note: str


def as_root() -> list:
    return [] if os.geteuid() == 0 else ["sudo", "--non-interactive"]


def end_to_end() -> list:
    """One pytest per folder of Tests/EndToEnd, each in a sandbox of its own, so that they can't disturb each other.

    They need root, because they log people in."""
    pytest = [PYTHON, "-B", "-m", "pytest", "-q", "-p", "no:cacheprovider", "--color=no"]
    folders = sorted({test.parent for test in (ROOT / "Tests" / "EndToEnd").glob("*/test_*.py")})
    return [[*as_root(), "Tests/EndToEnd/rig/sandbox", *pytest, str(folder.relative_to(ROOT))] for folder in folders]


def examples() -> list:
    """The packages that use the library from outside, and what the guides show."""
    package = ["--package-path", "Examples", "--scratch-path", ".build/examples"]
    swift_test = ["swift", "test", "--skip-build", *package]
    benchmark = ["swift", "build", "--package-path", "Benchmarks/library", "--scratch-path", ".build/benchmark"]
    return [["swift", "build", "--build-tests", *package], swift_test, ["scripts/check-guides"], benchmark]


def steps() -> list:
    ours = [["scripts/check-tree"], ["scripts/check-style"], ["scripts/check-imports"], ["scripts/check-library-docs"]]
    model = [PYTHON, "-B", "scripts/pool-model", "--check"]
    checks = [*ours, ["scripts/pool-operations", "--check"], model, ["scripts/check-docs"], ["scripts/check-rules"]]
    # Hundreds of tests at once would starve each other of the two cores, and of their real deadlines.
    swift_test = ["env", "SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH=4", "swift", "test", "--skip-build"]
    return [
        Step("check", 900, checks),
        Step("unit", 2400, [["swift", "build", "--build-tests"], swift_test]),
        Step("examples", 1800, examples()),
        Step("build", 2400, [["make", "build"], ["scripts/check-programs"], ["scripts/check-manuals"]]),
        # One seed: what a change did not do can't stop it here. `make fuzz` looks elsewhere each time.
        Step("pam", 600, [["env", "FUZZ_SEED=1", "make", "-C", "pam", "test"]]),
        Step("fuzz", 900, [["env", "FUZZ_SEED=1", "Tests/Fuzz/run", "5"]]),
        # Packages made of what was built, on a Debian that is booted for it.
        Step("machine", 1200, [[*as_root(), "Tests/Machine/run"]]),
        # They wait more than they compute: for codes, for delays after a wrong password, for deadlines.
        Step("end-to-end", 2400, end_to_end(), lanes=4),
    ]


def run(command: list, deadline: float, log, live: bool) -> int:
    """Runs a command and copies its output to the log, and to the terminal: as it comes, or at the end in one piece."""
    header = f"+ {' '.join(command)}\n".encode()
    pieces = [header]
    if live:
        show(header)
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as process:
        os.set_blocking(process.stdout.fileno(), False)
        while True:
            piece = process.stdout.read()
            if piece:
                pieces.append(piece)
                if live:
                    show(piece)
            elif process.poll() is not None:
                break
            elif time.monotonic() > deadline:
                pieces.append(b"\ntime is up\n")
                process.kill()
                process.wait()
                break
            else:
                time.sleep(0.05)
    whole = b"".join(pieces)
    log.write(whole)
    if not live:
        show(whole)
    return process.returncode


def show(piece: bytes) -> None:
    sys.stdout.buffer.write(piece)
    sys.stdout.flush()


# What the runners close with: Swift Testing, pytest, and anything that prints "N passed, N failed".
SWIFT = re.compile(r"Test run with (\d+) tests? (?:in \d+ suites? )?(passed|failed) after ")
PYTEST = re.compile(r"^=*\s*(?:\d+ \w+, )*\d+ (?:passed|failed|errors?)\b.* in [\d.]+s.*$")
PLAIN = re.compile(r"^(?:[\w-]+: )?(\d+) passed, (\d+) failed$")


def totals(text: str) -> tuple:
    """(passed, failed) as reported by the closing lines in `text`."""
    passed = failed = 0
    failing_swift = len(set(re.findall(r"Test (?!run with)(.+?) failed after", text)))
    for line in map(str.strip, text.splitlines()):
        if match := SWIFT.search(line):
            bad = max(failing_swift, 1) if match[2] == "failed" else 0
            passed, failed = passed + int(match[1]) - bad, failed + bad
        elif match := PLAIN.match(line):
            passed, failed = passed + int(match[1]), failed + int(match[2])
        elif PYTEST.match(line):
            passed += sum(map(int, re.findall(r"(\d+) passed", line)))
            failed += sum(map(int, re.findall(r"(\d+) (?:failed|errors?)\b", line)))
    return passed, failed


def perform(step: Step) -> Result:
    print(f"\n=== {step.name}", flush=True)
    start, log_path = time.monotonic(), LOGS / f"{step.name}.log"
    with open(log_path, "wb") as log, ThreadPoolExecutor(step.lanes) as lanes:
        statuses = list(
            lanes.map(lambda command: run(command, start + step.seconds, log, step.lanes == 1), step.commands)
        )
    bad = [
        f"{' '.join(command)}: exit {status}"
        for command, status in zip(step.commands, statuses, strict=True)
        if status != 0
    ]
    passed, failed = totals(log_path.read_text(errors="replace"))
    return Result(step.name, passed, max(failed, len(bad)), time.monotonic() - start, "; ".join(bad))


def main(wanted: list) -> int:
    LOGS.mkdir(parents=True, exist_ok=True)
    known = steps()
    if unknown := set(wanted) - {step.name for step in known}:
        sys.exit(f"test.py: no such step: {', '.join(sorted(unknown))} (known: {', '.join(s.name for s in known)})")
    results = []
    for step in known:
        if wanted and step.name not in wanted:
            continue
        if step.name in ON_PROGRAMS and any(result.name == "build" and result.failed for result in results):
            results.append(Result(step.name, 0, 1, 0, "not run: nothing to test was built"))
        else:
            results.append(perform(step))

    print("\n=== totals")
    for result in results:
        verdict = "FAILED" if result.failed else "ok"
        print(f"{result.name:12} {verdict:6} {result.passed:5} tests passed {result.seconds:7.1f} s  {result.note}")
    passed, failed = sum(result.passed for result in results), sum(result.failed for result in results)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
