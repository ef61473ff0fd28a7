"""cognito-pool is killed at random moments while clients write; nothing that it acknowledged is lost.

Seconds here; minutes with COGNITO_POOL_CHAOS_SECONDS=600 (`make chaos`)."""

import os
import random
import signal
import threading
import time

import pytest
from botocore.exceptions import BotoCoreError, ClientError
from rig.pool import Pool

WRITERS = 3
SECONDS = float(os.environ.get("COGNITO_POOL_CHAOS_SECONDS", "6"))


class Writer(threading.Thread):
    """Makes users and gives them groups, and notes what was acknowledged. Never believes a broken connection."""

    def __init__(self, pool: Pool, number: int, ended: threading.Event):
        super().__init__()
        self.pool, self.number, self.ended = pool, number, ended
        self.acknowledged = {}

    def run(self):
        api, count = self.pool.client(), 0
        while not self.ended.is_set():
            name, nickname = f"w{self.number}-{count}", str(random.random())
            count += 1
            try:
                api.admin_create_user(
                    UserPoolId=self.pool.id,
                    Username=name,
                    TemporaryPassword="Correct-horse-9",
                    MessageAction="SUPPRESS",
                )
                self.acknowledged[name] = None
                attribute = [{"Name": "nickname", "Value": nickname}]
                api.admin_update_user_attributes(UserPoolId=self.pool.id, Username=name, UserAttributes=attribute)
                self.acknowledged[name] = nickname
            except (BotoCoreError, ClientError):
                time.sleep(0.02)


def stored(pool: Pool) -> dict:
    """Every user of the pool with their nickname."""
    pages = pool.client().get_paginator("list_users").paginate(UserPoolId=pool.id)
    return {
        user["Username"]: {attribute["Name"]: attribute["Value"] for attribute in user["Attributes"]}.get("nickname")
        for page in pages
        for user in page["Users"]
    }


@pytest.mark.timeout(SECONDS + 120)
def test_nothing_acknowledged_is_lost_when_the_pool_is_killed(programs, tmp_path):
    seed = int(os.environ.get("SEED", time.time_ns() % 100_000))
    chance = random.Random(seed)
    pool, ended = Pool(programs, tmp_path), threading.Event()
    pool.start()
    writers = [Writer(pool, number, ended) for number in range(WRITERS)]
    kills, deadline = 0, time.monotonic() + SECONDS
    try:
        for writer in writers:
            writer.start()
        while time.monotonic() < deadline:
            time.sleep(chance.uniform(0.05, 0.8))
            pool.server.signal(signal.SIGKILL)
            pool.server.process.wait()
            kills += 1
            pool.start()
        ended.set()
        for writer in writers:
            writer.join()
        found = stored(pool)
    finally:
        ended.set()
        pool.stop()
    wanted = {name: nickname for writer in writers for name, nickname in writer.acknowledged.items()}
    assert len(wanted) > kills, f"seed {seed}: too few writes were acknowledged to tell anything"
    for name, nickname in wanted.items():
        assert name in found, f"seed {seed}: {name} was acknowledged and is gone after {kills} kills"
        # A change that was not acknowledged may have been made all the same.
        assert nickname is None or found[name] == nickname, f"seed {seed}: {name} lost a change"
