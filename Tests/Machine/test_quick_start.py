"""The administrator's guide, typed on a machine that has nothing of ours yet."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from box import Box
from conftest import prepare
from person import ssh
from readme import blocks, commands
from rig.pool import Person
from rig.terminal import answer, finish, spawn

PASSWORD = "Analytical-Engine-1843"
QUIET = {"DEBIAN_FRONTEND": "noninteractive"}


@pytest.fixture(scope="module")
def fresh(debs):
    """A machine with nothing of ours, and the packages at hand."""
    with Box() as box:
        prepare(box, debs)
        yield box


def type_in(box: Box, block: str) -> str:
    lines = [line.replace("apt install", "apt-get -qy install") for line in commands(block)]
    return "".join(box.shell(line, environment=QUIET, seconds=180) for line in lines)


def test_the_quick_start_ends_with_a_login_that_feeds_git(fresh):
    install_pool, make_people = blocks("docs/administrator.md", "The same with no cloud account")
    install, configuration, start, add, profile, git = blocks("docs/administrator.md", "Quick start")
    *start_pool, show_ids = install_pool.splitlines()
    type_in(fresh, "\n".join(start_pool))
    # Nobody types the next command within its first second.
    fresh.wait_for("bash", "-c", show_ids)
    printed = fresh.shell(show_ids)
    ids = {
        "client_id": re.search(r'"ClientId":"(\w+)"', printed)[1],
        "user_pool_id": re.search(r"local_\w+", printed)[0],
    }
    group, user = commands(make_people)
    fresh.shell(group)
    fresh.shell(user, input=PASSWORD + "\n")
    type_in(fresh, install)
    for path, text in (("cognito-login.conf", configuration), ("profiles.conf", profile)):
        for key, value in ids.items():
            text = re.sub(rf"^{key} = .*", f"{key} = {value}", text, flags=re.MULTILINE)
        text = re.sub("^(client_id = .*)", r"\1\nendpoint = http://127.0.0.1:9229", text, flags=re.MULTILINE)
        fresh.write(f"/etc/cognito-login/{path}", text + "\n")
    assert "logins: 0" in type_in(fresh, start)
    assert "ada:x:10000:" in type_in(fresh, add)
    type_in(fresh, git)
    shell = ssh(Person("ada", PASSWORD))
    status, reply = shell.run("printf 'protocol=https\\nhost=git.example.com\\n\\n' | git credential fill")
    assert status == 0 and "password=ey" in reply, reply
    status, reply = shell.run("cognito status")
    assert status == 0 and "signed in as ada" in reply, reply
    shell.exit()


def test_a_pool_made_by_the_guides_commands_lets_people_log_in(fresh, tmp_path):
    script, *_ = blocks("docs/administrator/pool.md", "Create it")
    environment = {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "HOME": str(tmp_path),
        "AWS_PAGER": "",
        "AWS_ENDPOINT_URL": "http://127.0.0.1:9229",
        "AWS_DEFAULT_REGION": "local",
        "AWS_ACCESS_KEY_ID": "x",
        "AWS_SECRET_ACCESS_KEY": "x",
    }
    done = subprocess.run(["bash", "-euc", script], env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    ids = "\n".join(re.findall(r"^(?:user_pool_id|client_id) = \S+$", done.stdout, re.MULTILINE))
    fresh.write(
        "/etc/cognito-login/cognito-login.conf",
        f"[pool]\n{ids}\nendpoint = http://127.0.0.1:9229\n[login]\nallow_groups = engineers\n",
    )
    fresh.shell("cognito admin login remove ada; systemctl restart cognito-logind; cognito admin login add ada")
    temporary = re.search("--temporary-password '(.*?)'", script)[1]
    child = spawn("ssh", "-F", "none", "-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null",
                  "ada@127.0.0.1", "id -un", env={"PATH": "/usr/bin:/bin", "HOME": "/nonexistent"})  # fmt: skip
    mine = "Chosen-by-Ada-1843"
    answer(child, [("Password: ", temporary), ("New password: ", mine), ("Retype[^\\n]*: ", mine)])
    assert finish(child)[0].split()[-1] == "ada"
