"""A Debian with a kernel of its own, in qemu without KVM: what a container can't show. It boots in half a minute."""

import os
import re
import shlex
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

from box import AT_HAND, ENVIRONMENT, STATE
from pexpect.socket_pexpect import SocketSpawn
from rig.processes import wait_until

IMAGE = STATE / "vm"
SSH = ["-F", "none", "-i", str(IMAGE / "key"), "-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null",
       "-o", "LogLevel=ERROR", "-o", "ConnectTimeout=60",
       # Its end is noticed: no packet tells of it.
       "-o", "ServerAliveInterval=15", "-o", "ServerAliveCountMax=4"]  # fmt: skip
KERNEL = "root=/dev/vda rw console=ttyS0 net.ifnames=0 panic=-1 tsc=reliable clocksource=tsc mitigations=off"
SLOWNESS = 6  # times a container


def clock() -> str:
    """The time stamp counter is the only clock that an emulated processor keeps well, and it is this machine's.

    Measured in there while others work here, it would run three times as fast: so its frequency is told."""
    log = subprocess.run(["dmesg"], capture_output=True, text=True).stdout
    found = re.findall(r"tsc: (?:Detected|Refined TSC clocksource calibration:) ([0-9.]+) MHz", log)
    return f" tsc_early_khz={float(found[-1]) * 1000:.0f}" if found else ""


class SerialConsole(SocketSpawn):
    """As text: pexpect's own gives bytes, whatever its encoding."""

    def read_nonblocking(self, size: int = 1, timeout: float = -1) -> str:
        return self._decoder.decode(super().read_nonblocking(size, timeout), final=False)


class VirtualMachine:
    """One machine. What it writes goes to a file of its own, and with it. Its sshd is at port 22 of our loopback."""

    def __init__(self):
        # On disk: it takes more than is spared of memory.
        self.folder = Path(tempfile.mkdtemp(prefix="vm-", dir=STATE))
        self.tunnel = None
        disk = f"{self.folder}/disk.qcow2"
        subprocess.run(
            ["qemu-img", "create", "-q", "-f", "qcow2", "-F", "raw", "-b", IMAGE / "disk.img", disk], check=True
        )
        console = f"socket,id=console,path={self.folder}/console,server=on,wait=off,logfile={self.folder}/console.log"
        self.process = subprocess.Popen(
            ["qemu-system-x86_64", "-accel", "tcg,thread=multi,tb-size=512", "-cpu", "max", "-M", "pc", "-smp", "2",
             "-m", "2048", "-nodefaults", "-display", "none", "-chardev", console, "-serial", "chardev:console",
             "-kernel", IMAGE / "vmlinuz", "-initrd", IMAGE / "initrd", "-append", KERNEL + clock(),
             "-drive", f"file={disk},if=virtio,format=qcow2,cache=unsafe", "-device", "virtio-rng-pci",
             "-nic", "user,model=virtio-net-pci,restrict=on,hostfwd=tcp:127.0.0.1:22-:22"],
            stdin=subprocess.DEVNULL,
        )  # fmt: skip
        self.wait_until_up()

    def wait_until_up(self, seconds: float = 300) -> None:
        wait_until(self._is_up, seconds, "the machine to come up")
        # cognito-pool listens on the machine's own loopback.
        self.tunnel = subprocess.Popen(["ssh", *SSH, "-N", "-L", "127.0.0.1:9229:127.0.0.1:9229", "root@127.0.0.1"])

    def _is_up(self) -> bool:
        if self.process.poll() is not None:
            raise RuntimeError("qemu ended")
        try:
            state = self.run("systemctl", "is-system-running", seconds=20).stdout.strip()
        except subprocess.TimeoutExpired:
            return False
        return state in ("running", "degraded")

    def boot_id(self) -> str:
        try:
            return self.run("cat", "/proc/sys/kernel/random/boot_id", seconds=10).stdout
        except subprocess.TimeoutExpired:
            return ""

    def reboot(self) -> None:
        before = self.boot_id()
        self.tunnel.kill()
        self.tunnel.wait()
        self.run("systemctl", "reboot")
        wait_until(lambda: self.boot_id() not in ("", before), 600, "the machine to start again")
        self.wait_until_up()

    def throw_away(self) -> None:
        for process in (self.tunnel, self.process):
            if process:
                process.kill()
                process.wait()
        shutil.rmtree(self.folder)

    def console(self) -> SerialConsole:
        """The serial console, at its prompt for a name."""
        connection = socket.socket(socket.AF_UNIX)
        connection.connect(os.path.relpath(self.folder / "console"))
        child = SerialConsole(connection, timeout=120, encoding="utf-8", codec_errors="replace")
        child.sendline("")
        return child

    # Doing things in there, as in box.Box

    def run(self, *words, input: str | None = None, seconds: float = 60, check: bool = False, environment=None):
        variables = [f"{key}={value}" for key, value in {**ENVIRONMENT, **(environment or {})}.items()]
        command = f"cd {AT_HAND}; exec env -i {shlex.join([*variables, *map(str, words)])}"
        standard_input = {"input": input} if input is not None else {"stdin": subprocess.DEVNULL}
        for _ in range(10):
            process = subprocess.run(["ssh", *SSH, "root@127.0.0.1", command], text=True, capture_output=True,
                                     timeout=seconds * SLOWNESS, **standard_input)  # fmt: skip
            # A server that is told of another configuration begins anew, and takes its time here.
            if process.returncode != 255 or "kex_exchange_identification" not in process.stderr:
                break
            time.sleep(1)
        if check and process.returncode != 0:
            raise AssertionError(f"{' '.join(map(str, words))}: {process.returncode}\n{process.stdout}{process.stderr}")
        return process

    def shell(self, script: str, **options) -> str:
        return self.run("bash", "-c", script, check=True, **options).stdout

    def put(self, source: Path, target: str) -> None:
        self.shell(f"mkdir -p {Path(target).parent}")
        subprocess.run(["scp", "-q", *SSH, source, f"root@127.0.0.1:{target}"], check=True)

    def write(self, target: str, text: str, mode: int = 0o644) -> None:
        self.shell(f"mkdir -p {Path(target).parent}; cat >{target}; chmod {mode:o} {target}", input=text)
