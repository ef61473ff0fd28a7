"""What may be loaded into other people's processes: looked at in the shared object as shipped."""

import re
import subprocess

import pytest
from conftest import PAM

MODULE = PAM / "build" / "pam_cognito.so"


@pytest.fixture(scope="module", autouse=True)
def shipped():
    subprocess.run(["make", "-s", "-C", PAM], check=True)


def output(*command):
    return subprocess.run([str(part) for part in command], check=True, capture_output=True, text=True).stdout


def test_only_the_six_hooks_are_visible():
    symbols = {line.split()[-1] for line in output("nm", "-D", "--defined-only", MODULE).splitlines()}
    assert symbols == {
        "pam_sm_" + hook
        for hook in ("authenticate", "setcred", "acct_mgmt", "open_session", "close_session", "chauthtok")
    }


def test_it_links_libc_and_libpam_alone():
    needed = set(re.findall(r"NEEDED.*\[(.*)\]", output("readelf", "-d", MODULE)))
    assert needed == {"libc.so.6", "libpam.so.0"}


def test_it_calls_nothing_that_changes_its_host():
    """No fork, exec, thread, signal, stdio, process id, environment, exit, working directory, umask or locale."""
    called = {line.split()[-1].split("@")[0] for line in output("nm", "-D", "--undefined-only", MODULE).splitlines()}
    forbidden = re.compile(
        r"v?fork|clone|exec.*|posix_spawn.*|system|popen|pthread_.*|sigaction|signal|sigprocmask|raise|kill|alarm|set(re|res|e|fs)?[ug]id"
        r"|setgroups|initgroups|(secure_)?getenv|setenv|putenv|unsetenv|exit|_exit|abort|__assert_fail|atexit|chdir|umask"
        r"|setlocale|f?printf|(v|f|s|sn)*printf(_chk)?|fopen.*|fgets|fputs|puts|openlog|dlopen|getpwnam|strerror|strtok|pam_putenv"
    )
    assert not {name for name in called if forbidden.fullmatch(name.strip("_")) or forbidden.fullmatch(name)}
    # What it does call, it calls by these names: a new one is a decision, not an accident.
    assert {"poll", "send", "recv", "connect", "getpwnam_r", "clock_gettime"} <= called


def test_it_has_no_writable_global_state():
    sections = {}
    for line in output("size", "-A", MODULE).splitlines():
        parts = line.split()
        if len(parts) == 3 and parts[1].isdigit():
            sections[parts[0]] = int(parts[1])
    objects = [
        line
        for line in output("nm", MODULE).splitlines()
        if re.search(r" [bBdD] ", line)
        and not re.search(r"completed\.0|__dso_handle|_DYNAMIC|__TMC_END__|_GLOBAL_OFFSET|_array_entry", line)
    ]
    # Tables of pointers are constant, but relocated (.data.rel.ro); RELRO makes them read-only before anything runs.
    relro = [
        line for line in objects if not re.search(r" [dD] (common|hooks|codes|items|shapes|rules|kinds)(\.\d+)?$", line)
    ]
    assert relro == [], relro
    assert sections.get(".bss", 0) <= 8


def test_it_is_hardened():
    dynamic = output("readelf", "-d", MODULE)
    assert "BIND_NOW" in dynamic and "NODELETE" in dynamic and "TEXTREL" not in dynamic
    program = output("readelf", "-lW", MODULE)
    assert "GNU_RELRO" in program
    assert re.search(r"GNU_STACK.*RW ", program)
    assert "__stack_chk_fail" in output("nm", "-D", "--undefined-only", MODULE)


def test_module_and_wire_stay_under_600_lines():
    assert sum(len((PAM / name).read_text().splitlines()) for name in ("pam_cognito.c", "wire.c")) < 600
