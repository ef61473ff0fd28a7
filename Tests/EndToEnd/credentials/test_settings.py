"""Settings of a pool, as `cognito configure` takes them: judged as by every other reader of them."""

import json

import pytest
from rig.programs import ROOT

TABLE = json.loads((ROOT / "Tests" / "Vectors" / "pool_settings.json").read_text())
OPTIONS = {key: f"--{key.replace('_', '-')}" for key in TABLE if key != "about"}


def configure(desk, **settings):
    values = {"user_pool_id": "eu-west-1_A", "client_id": "4"} | settings
    return desk.cognito("configure", *(word for key, value in values.items() for word in (OPTIONS[key], value)))


@pytest.mark.parametrize("key", OPTIONS)
def test_good_values_are_written_and_bad_ones_refused_by_the_name_of_their_option(bare_desk, key):
    file = bare_desk.home / ".config" / "cognito-login" / "profiles.conf"
    for value in TABLE[key]["good"]:
        done = configure(bare_desk, **{key: value})
        assert done.returncode == 0, (value, done.stderr)
        assert f"{key} = {value}\n" in file.read_text()
    before = file.read_bytes()
    for value in TABLE[key]["bad"]:
        if "\0" in value:
            continue  # No argument can hold it.
        done = configure(bare_desk, **{key: value})
        assert done.returncode == 6, (value, done.stderr)
        assert OPTIONS[key] in done.stderr and "\x1b" not in done.stderr
        assert file.read_bytes() == before
