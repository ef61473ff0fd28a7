"""How many bad inputs, one for each thing that Amazon's service model says of an operation's input, are answered with
the error that AWS gives.

    PYTHONPATH=Tests/EndToEnd:Benchmarks .venv/bin/python -m pool_inputs
"""

import tempfile
import time
from pathlib import Path

from rig.pool import Pool
from rig.programs import Programs
from rig.service_model import Caller, judge


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, Pool(Programs.find(), Path(folder) / "pool") as pool:
        caller = Caller(pool.port)
        began = time.monotonic()
        operations = len(caller.answered())
        count, wrong = judge(caller)
        seconds = time.monotonic() - began
    right = count - len(wrong)
    print(f"{right} of {count} bad inputs to {operations} operations answered as AWS does ({right / count:.2%})")
    print(f"{seconds:.1f} s")


if __name__ == "__main__":
    main()
