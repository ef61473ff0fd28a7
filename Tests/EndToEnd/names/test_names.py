"""Names: pools where people sign in by e-mail, by an alias, in capitals; and whose name a name is."""

import json

import pytest
from rig import terminal
from rig.naming import BY_ALIAS, BY_EMAIL, Naming, NamingPool, admin
from rig.people import PASSWORD
from rig.processes import run
from rig.programs import Programs

pytestmark = pytest.mark.usefixtures("sandboxed")
CONFIGURATION = "/etc/cognito-login/cognito-login.conf"
SOMEBODY_ELSE = "The user name or the password is wrong"


@pytest.fixture
def naming(healthy):
    naming = Naming(healthy)
    yield naming
    naming.clear()


def new_pool(naming: Naming, settings: dict, **client) -> NamingPool:
    return NamingPool(naming.login.pool, settings, client)


# By e-mail: the pool's own name is a UUID


def test_a_whole_address_is_the_name_and_stays_the_persons_when_the_address_changes(naming):
    pool = new_pool(naming, BY_EMAIL)
    user = pool.add("ida@example.com", email_verified="true")
    naming.use(pool, "login_name = email")
    naming.made_known("ida@example.com")
    let_in, shown = naming.ssh("ida@example.com")
    assert let_in, shown
    assert naming.known("ida@example.com")["pool_name"] == user
    pool.write(user, email="countess@example.com", email_verified="true")
    let_in, shown = naming.ssh("ida@example.com")
    assert let_in, shown
    # Somebody new has the address now, and not the account.
    pool.add("ida@example.com", password="Another-Person-2", email_verified="true")
    assert not naming.ssh("ida@example.com", "Another-Person-2")[0]


def test_sshd_reads_an_address_as_a_user_of_a_host_and_the_guide_says_what_to_write(naming):
    """login-security.md 18."""
    pool = new_pool(naming, BY_EMAIL)
    pool.add("iris@example.com", email_verified="true")
    naming.use(pool, "login_name = email")
    naming.made_known("iris@example.com")
    assert naming.ssh("iris@example.com")[0]
    by_key = naming.login.ssh_by_key
    assert by_key("iris@example.com", "id -un", "DenyUsers iris@example.com") == (0, "iris@example.com")
    assert by_key("iris@example.com", "id -un", "DenyUsers iris?example.com")[0] != 0


def test_of_a_listed_domain_the_name_is_what_stands_before_the_at(naming):
    pool = new_pool(naming, BY_EMAIL)
    pool.add("Ida@Example.com", email_verified="true")
    pool.add("bob@elsewhere.org", email_verified="true")
    naming.use(pool, "login_name = email\nemail_domains = example.com")
    naming.made_known("ida")
    naming.made_known("bob@elsewhere.org")
    for name in ("ida", "bob@elsewhere.org"):
        let_in, shown = naming.ssh(name)
        assert let_in, shown
    status, said = naming.add("ida@example.com")
    assert status != 0 and "what stands before the @: ida" in said


def test_an_address_that_nobody_has_proved_is_no_name(naming):
    pool = new_pool(naming, BY_EMAIL)
    user = pool.add("eve@example.com", email_verified="false")
    naming.use(pool, "login_name = email")
    naming.made_known("eve@example.com")
    let_in, shown = naming.su("eve@example.com")
    assert not let_in and SOMEBODY_ELSE in shown
    assert naming.known("eve@example.com")["sub"] is None
    assert f"--user {user}" in naming.machine.daemon.output()
    pool.write(user, email_verified="true")
    let_in, shown = naming.su("eve@example.com")
    assert let_in, shown


@pytest.mark.parametrize("typed", ["ida@example.com", "IDA@example.com", "uuid", "ida+linux@example.com"])
def test_root_says_whom_a_name_means(naming, typed):
    pool = new_pool(naming, BY_EMAIL)
    address = "ida+linux@example.com" if "+" in typed else "ida@example.com"
    user = pool.add(address, email_verified="true")
    naming.use(pool)
    naming.made_known("ida", user if typed == "uuid" else typed)
    let_in, shown = naming.ssh("ida")
    assert let_in, shown


def test_a_name_of_128_characters_and_one_in_capitals(naming):
    long = "n" * 128
    pool = new_pool(naming, {"UsernameConfiguration": {"CaseSensitive": False}})
    pool.add(long)
    pool.add("Ida.Lovelace")
    naming.use(pool)
    naming.made_known("noor", long)
    naming.made_known("ida.lovelace")
    for name in ("noor", "ida.lovelace"):
        let_in, shown = naming.ssh(name)
        assert let_in, shown
    assert naming.known("ida.lovelace")["pool_name"] == "Ida.Lovelace"


# By an attribute: it counts where people can't write it


@pytest.mark.parametrize("attribute", ["preferred_username", "custom:login"])
def test_an_attribute_is_a_name_only_where_people_cannot_write_it(naming, attribute):
    schema = {"Schema": [{"Name": "login", "AttributeDataType": "String", "Mutable": True}]}
    pool = new_pool(naming, (BY_ALIAS if attribute == "preferred_username" else {}) | schema)
    guarded = pool.add_client(WriteAttributes=["nickname"])
    open_to_all = pool.add_client(WriteAttributes=[attribute])
    pool.add("e1234567", **{attribute.replace(":", "_"): "hedy"})
    asked = "hedy" if attribute == "preferred_username" else "e1234567"
    naming.use(pool, f"login_name = {attribute}", client_id=open_to_all)
    naming.made_known("hedy", asked)
    let_in, shown = naming.su("hedy")
    assert not let_in and "can't prove that this name is yours" in shown
    assert naming.known("hedy")["sub"] is None
    assert f"can write {attribute}" in naming.machine.daemon.output()
    naming.use(pool, f"login_name = {attribute}", client_id=guarded)
    let_in, shown = naming.su("hedy")
    assert let_in, shown


def test_an_alias_that_root_names_is_whose_it_is_then_and_nobodys_later(naming):
    pool = new_pool(naming, BY_ALIAS)
    user = pool.add("e1234567", preferred_username="hedy")
    other = pool.add("mallory", password="Another-Person-2")
    naming.use(pool)
    assert "as e1234567 of the user pool" in naming.made_known("hedy")
    pool.write(user, preferred_username="edith")
    pool.write(other, preferred_username="hedy")
    assert not naming.ssh("hedy", "Another-Person-2")[0]
    assert naming.known("hedy")["sub"] is None
    pool.write(other, preferred_username="mallory2")
    pool.write(user, preferred_username="hedy")
    assert naming.ssh("hedy")[0]
    # Signed in once, she is asked for by the pool's own name.
    pool.write(user, preferred_username="edith")
    pool.write(other, preferred_username="hedy")
    assert naming.ssh("hedy")[0] and not naming.ssh("hedy", "Another-Person-2")[0]


# Whose name it is


def test_a_sign_in_that_the_policy_refuses_takes_no_name(naming):
    pool = new_pool(naming, {})
    pool.add("newada", "admins")
    naming.use(pool)
    naming.made_known("newada")
    let_in, shown = naming.su("newada")
    assert not let_in and "isn't allowed to sign in on this machine" in shown
    assert naming.known("newada")["sub"] is None
    pool.delete("newada")
    pool.add("newada", password="The-Real-Ida-1")
    assert naming.ssh("newada", "The-Real-Ida-1")[0]
    assert naming.known("newada")["sub"]


def test_a_name_that_begins_like_another_is_another(naming):
    """CVE-2026-87853 (SSSD idp): as ada and adam."""
    pool = new_pool(naming, {})
    for name in ("ida", "idam"):
        pool.add(name, password=f"Password-of-{name}-1")
    naming.use(pool)
    for name in ("ida", "idam"):
        naming.made_known(name)
    for name, other in (("ida", "idam"), ("idam", "ida")):
        assert naming.ssh(name, f"Password-of-{name}-1")[0]
        assert not naming.ssh(name, f"Password-of-{other}-1")[0]
    uids = {naming.known(name)["uid"] for name in ("ida", "idam")}
    assert len(uids) == 2 and naming.known("ida")["sub"] != naming.known("idam")["sub"]
    # The one's account in the pool, made anew under the other's name, is neither of them.
    pool.delete("idam")
    pool.add("idam", password="Password-of-ida-1")
    assert not naming.ssh("idam", "Password-of-ida-1")[0]


def test_what_can_never_work_is_refused_at_once_with_the_reason(naming):
    pool = new_pool(naming, BY_EMAIL)
    naming.use(pool, "login_name = email")
    for name, user, reason in [
        ("ida", None, "a login name is a whole e-mail address"),
        ("ida", "two words", "1 to 128 characters without blanks"),
        ("ida", "n" * 129, "1 to 128 characters without blanks"),
        ("Ida@Example.com", None, "can't be a login name"),
        ("lovelace", "ida@example.com", "is a user or group of this machine"),
        ("microk8s", "ida@example.com", "systems use for themselves"),
    ]:
        status, said = naming.add(name, user)
        assert status != 0 and reason in said, (name, user, said)
    naming.use(pool, "login_name = custom:login")
    status, said = naming.add("ida")
    assert status != 0 and "--user" in said
    assert "ida" not in admin("list").stdout.split()


def test_a_temporary_password_never_becomes_the_permanent_one_unseen(naming):
    """ssh's password method answers every hidden prompt with one text."""
    pool = new_pool(naming, {})
    pool.add("temp1", temporary=True)
    naming.use(pool)
    naming.made_known("temp1")
    child = terminal.spawn(
        "ssh", "-p", naming.machine.ssh_port, "-o", "PreferredAuthentications=password",
        "-o", f"UserKnownHostsFile={naming.machine.known_hosts}", "-o", "NumberOfPasswordPrompts=1",
        "temp1@127.0.0.1", "id", "-u",
    )  # fmt: skip
    terminal.answer(child, [("temp1@127.0.0.1's password: ", PASSWORD)])
    shown, status = terminal.finish(child)
    assert status == 255 and "Permission denied" in shown, shown
    user = pool.api.admin_get_user(UserPoolId=pool.id, Username="temp1")
    assert user["UserStatus"] == "FORCE_CHANGE_PASSWORD"


# What --check-config says about it


def check_config(*options, **environment):
    program = Programs.find().cognito_logind
    clean = {"PATH": "/usr/bin:/bin", "AWS_EC2_METADATA_DISABLED": "true", **environment}
    return run(program, "--check-config", "--config", CONFIGURATION, *options, env=clean)


def test_check_config_tells_which_app_clients_let_people_write_their_name(naming):
    keys = {"AWS_ACCESS_KEY_ID": "local", "AWS_SECRET_ACCESS_KEY": "local"}
    pool = new_pool(naming, BY_ALIAS, WriteAttributes=["nickname"])
    naming.use(pool, "login_name = preferred_username")
    done = check_config(**keys)
    assert (done.returncode, done.stderr) == (0, "")
    open_to_all = pool.add_client()
    done = check_config(**keys)
    assert done.returncode == 0 and f"People can write preferred_username by the app client logins ({open_to_all})" in (
        done.stderr
    )
    done = check_config()
    assert done.returncode == 0 and "can't be seen here" in done.stderr and "DescribeUserPoolClient" in done.stderr
    assert (check_config("--offline").returncode, check_config("--offline").stderr) == (0, "")
    naming.use(pool)
    assert (check_config().returncode, check_config().stderr) == (0, "")
    said = json.loads(admin("add", "edith", "--json").stdout)
    naming.added.append("edith")
    assert said["pool_user"] == "edith"
