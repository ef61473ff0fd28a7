"""Tells the journey aloud. Run by scripts/demo, inside the sandbox."""

import os
import signal
import sys
import textwrap
import time
from pathlib import Path

from rig.journey import Journey
from rig.programs import Programs
from rig.stage import Stage

BOLD, DIM, RED, GREEN, PLAIN = (
    ("\033[1m", "\033[2m", "\033[31m", "\033[32m", "\033[0m") if sys.stdout.isatty() else [""] * 5
)


class Narrator:
    """Plain words and transcripts, on standard output."""

    def say(self, text: str) -> None:
        print(textwrap.fill(text, 100, initial_indent="  ", subsequent_indent="  "), flush=True)

    def show(self, command: str, output: str) -> None:
        if command:
            print(f"    {BOLD}{command}{PLAIN}")
        lines = [line.rstrip() for line in output.replace("\r", "").splitlines() if line.strip()]
        shown = lines if len(lines) <= 12 else [*lines[:10], f"… ({len(lines) - 10} more lines)"]
        for line in shown:
            print(f"    {DIM if command else ''}{line[:140]}{PLAIN}")
        sys.stdout.flush()


def stop_on_signal(number, _):
    # As Ctrl-C does: through every `finally`, so that each process is ended by its pid.
    raise KeyboardInterrupt


def main() -> int:
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop_on_signal)
    start, narrator = time.monotonic(), Narrator()
    journey = Journey(Stage(Programs.find(), Path("/run/stage")), narrator)
    steps = Journey.steps()
    try:
        for number, step in enumerate(steps, 1):
            print(f"\n{BOLD}{number}/{len(steps)}  {step.__doc__}{PLAIN}", flush=True)
            step(journey)
    except KeyboardInterrupt:
        print(f"\n{RED}stopped; cleaning up{PLAIN}", flush=True)
        return 130
    except Exception as problem:
        print(f"\n{RED}This step failed: {problem}{PLAIN}", flush=True)
        if os.environ.get("DEBUG"):
            raise
        return 1
    finally:
        journey.stop()
    print(
        f"\n{GREEN}All {len(steps)} steps did what they should, in {time.monotonic() - start:.0f} s.{PLAIN}", flush=True
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
