"""SRP sign-ins per second of cognito-pool, against what both cores could do at best.

    PYTHONPATH=Tests/EndToEnd:Benchmarks .venv/bin/python -m pool [SECONDS] [CLIENTS]

The clients use libcrypto and the smallest `a` there is, so that they cost one exponentiation each. SRP asks of a
server three exponentiations (g^b, v^u, (A v^u)^b), and a sign-in two RSA signatures besides. Both are timed in the same
run, as bare calls of libcrypto. Costs are CPU time, because a machine that does other things as well makes wall time
mean little.
"""

import multiprocessing
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

from pool_client import Client, Signer, cpu_seconds, power_cost
from rig.pool import Pool
from rig.programs import Programs

PASSWORD = "Load-tester-1!"
# Seconds of load between one look at what libcrypto takes and the next: both must see the same machine.
TURN = 2


def work(place: tuple, seconds: float, results) -> None:
    client, count, end = Client(*place, PASSWORD), 0, time.monotonic() + seconds
    while time.monotonic() < end:
        client.sign_in("load")
        count += 1
    results.put(count)


def served(place: tuple, seconds: float, clients: int) -> int:
    """How many sign-ins that many clients got."""
    results = multiprocessing.Queue()
    workers = [multiprocessing.Process(target=work, args=(place, seconds, results)) for _ in range(clients)]
    for worker in workers:
        worker.start()
    return sum(results.get() for _ in workers)


def main() -> None:
    turns = max(1, round(float(sys.argv[1]) / TURN)) if len(sys.argv) > 1 else 10
    clients = int(sys.argv[2]) if len(sys.argv) > 2 else 4
    with tempfile.TemporaryDirectory() as folder, Pool(Programs.find(), Path(folder) / "pool") as pool:
        pool.add_person("load", PASSWORD)
        place, signer = (pool.port, pool.client_id, pool.id), Signer()
        powers, signatures, cpu, wall, count = [], [], 0.0, 0.0, 0
        for _ in range(turns):
            powers.append(3 * power_cost(0.4))
            signatures.append(2 * signer.cost(0.2))
            before, start = cpu_seconds(pool.server.process.pid), time.monotonic()
            count += served(place, TURN, clients)
            cpu += cpu_seconds(pool.server.process.pid) - before
            wall += time.monotonic() - start
        each, power, signature = cpu / count, statistics.mean(powers), statistics.mean(signatures)
        print(f"{count} sign-ins in {wall:.1f} s: {count / wall:.1f} a second, clients on the same cores")
        print(f"server CPU {each * 1000:.2f} ms a sign-in: at most {os.cpu_count() / each:.0f} a second on all cores")
        print(f"three bare exponentiations {power * 1000:.2f} ms: {power / each:.0%} of the server's CPU time")
        print(f"with two bare signatures ({signature * 1000:.2f} ms): {(power + signature) / each:.0%}")


if __name__ == "__main__":
    main()
