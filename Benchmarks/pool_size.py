"""What 100,000 users cost cognito-pool: memory, and a sign-in and a look at the users there against 100 users.

    PYTHONPATH=Tests/EndToEnd:Benchmarks .venv/bin/python -m pool_size [USERS] [SIGN-INS]

The users come in by `cognito-pool user import`. Each pool is started anew after that, so that its memory is what
serving them takes, not what reading them in took. The two pools run at the same time and are measured in turns of ten
sign-ins, by different users each time, so that what else the machine does hits both alike.
"""

import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from pool_client import Client, cpu_seconds
from rig.pool import Pool
from rig.programs import Programs

PASSWORD, SIGNERS, TURN = "Load-tester-1!", 10, 10


def users(count: int) -> dict:
    listed = [
        {"Username": f"user{number:06}", "Attributes": [{"Name": "email", "Value": f"user{number:06}@example.com"}]}
        for number in range(count)
    ]
    return {"Users": listed}


class Filled:
    """A pool with so many users, ten of whom can sign in."""

    def __init__(self, folder: Path, count: int):
        self.count, folder = count, folder / str(count)
        programs = Programs.find()
        self.pool = Pool(programs, folder).start()
        for number in range(SIGNERS):
            self.pool.add_person(f"signer{number}", PASSWORD)
        self.pool.stop()
        (folder / "users.json").write_text(json.dumps(users(count - SIGNERS)))
        start = time.monotonic()
        command = [programs.cognito_pool, "user", "import", "--state", folder / "state", folder / "users.json"]
        subprocess.run([str(word) for word in command], check=True, stdout=subprocess.DEVNULL)
        self.import_seconds = time.monotonic() - start
        self.pool.start()
        self.pid = self.pool.server.process.pid
        self.client = Client(self.pool.port, self.pool.client_id, self.pool.id, PASSWORD)
        self.admin, self.sign_ins = self.pool.client(), []

    def sign_in(self) -> None:
        """Appends the server's mean CPU time of a turn: the kernel counts it in steps of 10 ms."""
        before = cpu_seconds(self.pid)
        for number in range(TURN):
            self.client.sign_in(f"signer{number % SIGNERS}")
        self.sign_ins.append((cpu_seconds(self.pid) - before) / TURN)

    def listing(self, **filters) -> float:
        """Median seconds of ListUsers, boto3's work included."""
        times = []
        for _ in range(20):
            start = time.monotonic()
            found = self.admin.list_users(UserPoolId=self.pool.id, **filters)["Users"]
            times.append(time.monotonic() - start)
            assert len(found) == (1 if filters else min(60, self.count))
        return statistics.median(times)

    def memory(self, kind: str) -> float:
        """Resident MiB: VmRSS with the program's own file pages, RssAnon without."""
        fields = dict(line.split(":", 1) for line in Path(f"/proc/{self.pid}/status").read_text().splitlines())
        return int(fields[kind].split()[0]) / 1024

    def disk(self) -> float:
        return (self.pool.folder / "state" / "pool.sqlite").stat().st_size / 2**20

    def report(self) -> None:
        someone = self.count - SIGNERS - 1
        page, found = self.listing(), self.listing(Filter=f'email = "user{someone:06}@example.com"')
        cpu = statistics.mean(self.sign_ins)
        everything, own = self.memory("VmRSS"), self.memory("RssAnon")
        print(f"{self.count} users, read in within {self.import_seconds:.1f} s, database {self.disk():.0f} MiB:")
        print(f"  SRP sign-in {cpu * 1e3:.2f} ms of server CPU")
        print(f"  ListUsers: first page {page * 1e3:.1f} ms, by e-mail {found * 1e3:.1f} ms, boto3 included")
        print(f"  memory {everything:.0f} MiB, {own:.0f} of it without the program's own pages")


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    rounds = (int(sys.argv[2]) if len(sys.argv) > 2 else 500) // TURN
    with tempfile.TemporaryDirectory() as folder:
        pools = [Filled(Path(folder), 100), Filled(Path(folder), count)]
        try:
            for pool in pools:
                pool.sign_in()  # keys and tables are made at the first
                pool.sign_ins.clear()
            for _ in range(rounds):
                for pool in pools:
                    pool.sign_in()
            for pool in pools:
                pool.report()
            small, large = (statistics.mean(pool.sign_ins) for pool in pools)
            print(f"a sign-in among {count} users costs {large / small:.2f} times one among 100")
        finally:
            for pool in pools:
                pool.pool.stop()


if __name__ == "__main__":
    main()
