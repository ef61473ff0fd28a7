"""cognito-pool is killed at random moments while clients write; nothing that it acknowledged is lost, and nothing that
was used up comes back.

Seconds here; minutes with COGNITO_POOL_CHAOS_SECONDS=600 (`make chaos`)."""

import os
import random
import signal
import threading
import time

import pytest
from rig.pool import Pool
from rig.writers import ALL, Ground

SECONDS = float(os.environ.get("COGNITO_POOL_CHAOS_SECONDS", "8"))


@pytest.mark.timeout(SECONDS * 2 + 240)
def test_nothing_acknowledged_is_lost_when_the_pool_is_killed(programs, tmp_path):
    seed = int(os.environ.get("SEED", time.time_ns() % 100_000))
    chance = random.Random(seed)
    pool, ended = Pool(programs, tmp_path, options=["--control"]), threading.Event()
    pool.start()
    writers = [kind(Ground(pool), 0, ended) for kind in ALL]
    kills, deadline = 0, time.monotonic() + SECONDS
    try:
        for writer in writers:
            writer.start()
        while time.monotonic() < deadline:
            time.sleep(chance.uniform(0.05, 1.8))
            pool.server.signal(signal.SIGKILL)
            pool.server.process.wait()
            kills += 1
            pool.start()
        time.sleep(1)  # Each writer gets some undisturbed work done, however slow the machine is.
        ended.set()
        for writer in writers:
            writer.join(60)
        lost = {writer.prefix: missing for writer in writers if (missing := writer.missing())}
    finally:
        ended.set()
        pool.stop()
    print(f"durability: seed {seed}, {kills} kills,", {writer.prefix: len(writer.facts) for writer in writers})
    assert [surprise for writer in writers for surprise in writer.surprises] == [], f"seed {seed}"
    assert lost == {}, f"seed {seed}: acknowledged, and not so after {kills} kills"
    assert all(writer.facts for writer in writers), "a writer got nothing done: nothing can be told of it"
