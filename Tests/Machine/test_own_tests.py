"""The packages' own tests (debian/tests), as autopkgtest runs them; the one that logs in is in test_packages.py."""

import re

from box import ROOT

CONTROL = ROOT / "packaging" / "debian" / "tests" / "control"


def test_the_units_as_installed_are_well_formed(machine):
    (command,) = re.findall(r"^Test-Command: (.*)$", CONTROL.read_text(), re.MULTILINE)
    verify, parse = command.split(" && ")
    units = re.findall(r"cognito-\w+\.service", verify)
    assert len(units) == len(set(units)) == 3
    checked = machine.box.run(*verify.split())
    assert checked.returncode == 0 and "cognito" not in checked.stderr, checked.stderr
    # What the profiles say is read by the parser outside, which this machine doesn't have.
    for path in parse.split()[3:]:
        machine.box.shell(f"test -s {path}")
