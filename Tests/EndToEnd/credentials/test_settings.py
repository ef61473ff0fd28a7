"""Settings of a pool, as `cognito configure` takes them: judged as by every other reader of them."""

import json

import pytest
from rig.desk import HOST
from rig.processes import run
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


def test_the_set_up_of_git_leaves_no_other_helper_that_would_keep_our_tokens(signed_in):
    def git(*words, **options):
        return run("git", *words, env=signed_in.env, **options)

    git("config", "--global", "credential.helper", "store", check=True)
    commands = signed_in.cognito("setup", "git").stdout
    for _ in range(2):
        run("sh", "-e", input=commands, env=signed_in.env, check=True)
    key = f"credential.https://{HOST}.helper"
    assert git("config", "--global", "--get-all", key).stdout == "\ncognito\n"
    filled = git("credential", "fill", input=f"protocol=https\nhost={HOST}\n\n").stdout
    assert "password=ey" in filled
    git("credential", "approve", input=filled, check=True)
    assert not (signed_in.home / ".git-credentials").exists()
