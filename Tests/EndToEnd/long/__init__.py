"""Long runs: chaos (programs die at random moments), soak (the same for long, watched for growth), crowd (many logins
at once beside an attacker)."""

from pathlib import Path

from rig import terminal
from rig.machine import CONFIGURATION, FIRST_UID, LAST_UID, Machine, PoolSettings
from rig.pool import Person, Pool
from rig.programs import Programs


class Scene:
    """A machine with a daemon, an sshd and a pool; two people without second factor, so that nobody has to wait."""

    def __init__(self):
        programs, folder = Programs.find(), Path("/run/long")
        folder.mkdir(mode=0o755)
        self.pool = Pool(programs, folder / "pool").start()
        self.machine = Machine(programs, folder / "machine")
        self.people = [self.pool.add_person(name, f"Pass-word-{name}-1", ["engineers"]) for name in ("grace", "karen")]
        self.machine.install()
        settings = PoolSettings(self.pool.endpoint, self.pool.issuer, self.pool.id, self.pool.client_id)
        self.machine.configure(settings, allow_groups="engineers")
        self.machine.start_daemon()
        for person in self.people:
            self.machine.add_login(person.name)
        self.machine.start_sshd()

    def allow(self, count: int) -> None:
        """Room for this many people, on a machine that gives away a hundred ids unless told otherwise."""
        file = CONFIGURATION / "cognito-login.conf"
        text = file.read_text().replace(f"uid_max = {LAST_UID}", f"uid_max = {FIRST_UID + count - 1}")
        file.write_text(text)
        self.machine.daemon.stop()
        self.machine.start_daemon()

    def log_in(self, person: Person, password: str) -> bool:
        """Whether ssh lets this person in with this password."""
        child = self.machine.ssh(person.name, "id -un", seconds=90)
        try:
            terminal.answer(child, [("[Pp]assword: ", password)])
            shown, status = terminal.finish(child)
        except terminal.Refused:
            return False
        finally:
            child.close(force=True)
        return status == 0 and shown.split()[-1:] == [person.name]

    def stop(self) -> None:
        self.machine.stop()
        self.pool.stop()
