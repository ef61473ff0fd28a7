"""A person at a terminal: programs on a pseudo-terminal, prompts answered by typing."""

import re
import secrets

import pexpect


class Refused(Exception):
    """A program said no where it was expected to let us in."""


def spawn(*command, env: dict | None = None, seconds: float = 30) -> pexpect.spawn:
    child = pexpect.spawn(
        str(command[0]), [str(word) for word in command[1:]], env=env, timeout=seconds, encoding="utf-8",
        codec_errors="replace", dimensions=(50, 200), echo=False,
    )  # fmt: skip
    child.delaybeforesend = 0.02
    return child


def answer(child: pexpect.spawn, dialogue: list) -> str:
    """Answers each (pattern, reply) in turn; a reply may be a function, called when its prompt is there.

    Returns all that was shown meanwhile."""
    shown = ""
    for pattern, reply in dialogue:
        try:
            child.expect(pattern)
        except (pexpect.EOF, pexpect.TIMEOUT) as problem:
            shown += child.before if isinstance(child.before, str) else ""
            raise Refused(f"no “{pattern}” but: {shown.strip()[-800:]}") from problem
        shown += child.before + child.after
        child.sendline(reply() if callable(reply) else reply)
    return shown


def finish(child: pexpect.spawn) -> tuple:
    """Reads to the end, and past the reason of a refusal, which sshd shows with a prompt only. Returns (what was shown,
    without ssh's own last words; exit status)."""
    shown = ""
    while child.expect([pexpect.EOF, "Press Enter to end: "]) == 1:
        shown += child.before + child.after
        child.sendline("")
    shown = re.sub(r"Connection to \S+ closed\.\r*\n", "", shown + child.before)
    child.close()
    return shown.replace("\r\n", "\n"), child.exitstatus if child.exitstatus is not None else -(child.signalstatus or 0)


class Shell:
    """An interactive bash behind `child`, used one command at a time."""

    def __init__(self, child: pexpect.spawn):
        self.child = child
        # What ends a command's output: no output can hold it by accident. It is typed in two halves, because until
        # `stty` has run the terminal echoes what we type, and the echo must not match.
        self.mark = "end-" + secrets.token_hex(6)
        self.run("set +o emacs +o vi; stty -echo; PS1= PS2= PROMPT_COMMAND=; unset HISTFILE")

    def start(self, command: str) -> None:
        """Types a command and leaves its prompts to the caller. One line: a program that asks must not find the mark
        in its input, nor may it flush the mark away."""
        self.child.sendline(f"{command}; printf '%s%s:%d\\n' {self.mark[:8]} {self.mark[8:]} $?")

    def result(self, seconds: float = 60) -> tuple:
        """Waits for the command that was started. Returns (exit status, output)."""
        self.child.expect(self.mark + r":(\d+)\r\n", timeout=seconds)
        status, output = int(self.child.match[1]), self.child.before.replace("\r\n", "\n")
        return status, re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", output).strip("\r\n")

    def run(self, command: str, seconds: float = 60) -> tuple:
        self.start(command)
        return self.result(seconds)

    def ask(self, command: str, dialogue: list, seconds: float = 60) -> tuple:
        """Runs a command that prompts; `dialogue` as in `answer`."""
        self.start(command)
        shown = answer(self.child, dialogue)
        status, output = self.result(seconds)
        return status, (shown + output).replace("\r\n", "\n")

    def exit(self) -> None:
        self.child.sendline("exit")
        self.child.expect(pexpect.EOF)
        self.child.close()
