"""Every transcript of Examples/README.md, run against cognito-pool."""

import re
import subprocess

import pytest
from rig.programs import ROOT

README = ROOT / "Examples" / "README.md"
TRANSCRIPT = re.compile(r"```console\n\$ (?P<command>[^\n]+)\n(?P<output>.*?)```", re.DOTALL)
TRANSCRIPTS = [match.groupdict() for match in TRANSCRIPT.finditer(README.read_text())]
PASSWORD, NEW_PASSWORD = "Analytical-Engine-1843", "Difference-Engine-1822"


@pytest.fixture(scope="module")
def people(pool):
    pool.ada = pool.add_person("ada", PASSWORD, groups=["engineers"])
    pool.add_person("grace", PASSWORD, temporary=True)
    pool.add_person("mallory", PASSWORD)
    return pool


def typed(command: str, people) -> str:
    """What a person types, or pipes in, at a command of the README."""
    if "verify-tokens" in command:
        ada = people.sign_in(people.ada)
        return f"{ada['AccessToken']}\n{ada['IdToken']}\n"
    passwords = {"ada": PASSWORD, "grace": f"{PASSWORD}\n{NEW_PASSWORD}", "mallory": "a guess"}
    return next((f"{text}\n" for name, text in passwords.items() if f" {name} " in command), "")


def pattern(text: str) -> str:
    """The README's output as a pattern: "…" stands for any text of a line."""
    return ".*".join(re.escape(part) for part in text.split("…"))


@pytest.mark.parametrize("transcript", TRANSCRIPTS, ids=[transcript["command"] for transcript in TRANSCRIPTS])
def test_the_readme_tells_what_the_example_prints(transcript, people, programs, fresh_home):
    program, *arguments = transcript["command"].split()
    actual = {"POOL_ID": people.id, "CLIENT_ID": people.client_id, "http://127.0.0.1:9229": people.endpoint}
    result = subprocess.run(
        [programs.examples / program, *(actual.get(argument, argument) for argument in arguments)],
        input=typed(transcript["command"], people),
        # Neither language nor time zone may get into what is signed and printed.
        env={
            **fresh_home,
            "AWS_ACCESS_KEY_ID": "local",
            "AWS_SECRET_ACCESS_KEY": "local",
            "LC_ALL": "de_DE.UTF-8",
            "TZ": "Asia/Kolkata",
        },
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert re.fullmatch(pattern(transcript["output"]), result.stdout), result.stdout + result.stderr
    assert result.returncode == (1 if "mallory" in arguments else 0), result.stderr


def test_every_example_has_a_transcript():
    programs = {row["command"].split()[0].removeprefix("example-") for row in TRANSCRIPTS}
    folders = {path.parent.name for path in README.parent.glob("*/main.swift")}
    assert {name.title().replace("-", "") for name in programs} == folders
