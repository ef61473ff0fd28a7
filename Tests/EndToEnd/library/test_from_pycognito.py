"""docs/from-pycognito.md names everything public in the pycognito that is installed here."""

import inspect
import re
from pathlib import Path

import pycognito
import pytest
from pycognito import aws_srp, exceptions, utils

DOCUMENT = (Path(__file__).resolve().parents[3] / "docs" / "from-pycognito.md").read_text()
# Words in backquotes in the first column, with their arguments: `get_user(attr_map)`, `Cognito(user_pool_id, …)`.
FIRST_COLUMN = " ".join(line.split("|")[1] for line in DOCUMENT.splitlines() if line.startswith("| "))
NAMED = set(re.findall(r"\w+", " ".join(re.findall(r"`([^`]+)`", FIRST_COLUMN))))


def members(kind) -> list:
    return [name for name in vars(kind) if not name.startswith("_")]


def own(module) -> list:
    """What a module defines itself."""
    return [
        name
        for name, value in vars(module).items()
        if not name.startswith("_")
        and (inspect.isclass(value) or inspect.isfunction(value))
        and value.__module__ == module.__name__
    ]


PUBLIC = sorted(
    {
        *own(pycognito),
        *own(exceptions),
        *own(utils),
        "AWSSRP",
        "generate_hash_device",
        *members(pycognito.Cognito),
        *members(pycognito.UserObj),
        *members(aws_srp.AWSSRP),
        *inspect.signature(pycognito.Cognito).parameters,
        *inspect.signature(aws_srp.AWSSRP).parameters,
    }
)


@pytest.mark.parametrize("name", PUBLIC)
def test_every_name_of_pycognito_has_a_row(name):
    assert name in NAMED
