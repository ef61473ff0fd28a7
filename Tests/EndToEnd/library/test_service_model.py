"""What the library knows of the service, held against the service's model in the botocore that is installed here."""

import re
from pathlib import Path

import pytest
from botocore.loaders import Loader

LIBRARY = Path(__file__).resolve().parents[3] / "Sources" / "Cognito"
MODEL = Loader().load_service_model("cognito-idp", "service-2")
EXCEPTIONS = sorted(name for name, shape in MODEL["shapes"].items() if shape.get("exception"))
UNSIGNED = sorted(
    name for name, operation in MODEL["operations"].items() if "smithy.api#noAuth" in operation.get("auth", [])
)


@pytest.mark.parametrize("name", EXCEPTIONS)
def test_every_exception_is_a_code_of_its_own(name):
    assert f'rawValue: "{name}"' in (LIBRARY / "Errors" / "CognitoError+ServiceCodes.swift").read_text()


OPERATIONS = sorted(MODEL["operations"])
#: The model has them as signed; the documentation says that an app client's id and secret are enough.
BY_CLIENT_SECRET = {"GetClientToken", "GetDerivedToken"}
IDENTITY_POOLS = set(Loader().load_service_model("cognito-identity", "service-2")["operations"])
#: Reads by their names that change something or send a message.
CHANGES_BY_OTHER_NAMES = {"GetTokensFromRefreshToken", "GetUserAttributeVerificationCode"}


def names_in(table):
    text = (LIBRARY / "Service" / "OperationModel.swift").read_text()
    body = re.search(rf"static let {table}: Set<String> = \[(.*?)\]", text, re.DOTALL).group(1)
    return set(re.findall(r'"(\w+)"', body))


def members(operation):
    return MODEL["shapes"][MODEL["operations"][operation]["input"]["shape"]]["members"]


def is_repeatable(operation):
    """As the library does it."""
    if operation in names_in("idempotent"):
        return True
    reads = ("Get", "List", "Describe", "AdminGet", "AdminList")
    return operation.startswith(reads) and operation not in names_in("notReads")


def test_the_model_is_the_one_that_the_tables_were_made_by():
    # A newer one has new operations: find them a place in the tables, then write their number here.
    assert len(OPERATIONS) == 153


def test_operations_of_users_are_sent_without_a_signature_and_no_others():
    assert names_in("unsigned") - IDENTITY_POOLS == set(UNSIGNED) | BY_CLIENT_SECRET


def test_operations_that_need_no_signature_show_otherwise_who_calls():
    shown = {"AccessToken", "ClientId", "FeedbackToken", "Session"}
    assert all(shown & set(members(name)) for name in UNSIGNED)
    assert all({"ClientId"} <= set(members(name)) for name in BY_CLIENT_SECRET)


def test_the_tables_name_no_operation_that_is_not_there():
    known = set(OPERATIONS) | IDENTITY_POOLS
    for table in ("unsigned", "withoutPool", "notReads", "idempotent"):
        assert names_in(table) <= known


def test_what_the_model_calls_a_read_may_be_sent_again():
    reads = [name for name, operation in MODEL["operations"].items() if operation.get("readonly")]
    assert reads
    assert all(is_repeatable(name) for name in reads)


def test_what_ends_starts_or_sends_something_is_sent_once():
    verbs = (
        "Create",
        "Delete",
        "Start",
        "Initiate",
        "Confirm",
        "Verify",
        "Respond",
        "SignUp",
        "Forgot",
        "Resend",
        "Change",
    )
    once = [name for name in OPERATIONS if name.removeprefix("Admin").startswith(verbs)]
    assert len(once) > 40
    assert not [name for name in once if is_repeatable(name)]
    assert names_in("notReads") >= CHANGES_BY_OTHER_NAMES


def test_the_pool_is_left_out_of_operations_that_are_about_none():
    signed = set(OPERATIONS) - set(UNSIGNED) - BY_CLIENT_SECRET
    assert names_in("withoutPool") == {name for name in signed if "UserPoolId" not in members(name)}


PARTITIONS = Loader().load_data("partitions")["partitions"]


def table_of_partitions():
    text = (LIBRARY / "Service" / "AWSPartition.swift").read_text()
    rows = re.findall(r'AWSPartition\(name: "([^"]*)", "([^"]*)", "([^"]*)", "([^"]*)"\)', text)
    return {name: rest for name, *rest in rows}


def test_every_partition_is_in_the_table_with_its_domains():
    outputs = {p["id"]: [p["outputs"]["dnsSuffix"], p["outputs"]["dualStackDnsSuffix"]] for p in PARTITIONS}
    assert {name: domains for name, (_, *domains) in table_of_partitions().items()} == outputs


@pytest.mark.parametrize(
    "partition, region",
    [(p["id"], region) for p in PARTITIONS for region in p["regions"] if not region.endswith("-global")],
)
def test_every_region_is_found_in_its_partition(partition, region):
    # As the library does: the first whose prefix fits.
    found = next(name for name, (prefix, *_) in table_of_partitions().items() if region.startswith(prefix))
    assert found == partition


def test_endpoints_are_named_as_the_endpoint_rules_name_them():
    rules = str(Loader().load_data("cognito-idp/2016-04-18/endpoint-rule-set-1"))
    assert "https://cognito-idp.{Region}.{PartitionResult#dnsSuffix}" in rules
    domains = {p["partition"]: p["dnsSuffix"] for p in Loader().load_data("endpoints")["partitions"]}
    assert domains == {name: domain for name, (_, domain, _) in table_of_partitions().items()}
