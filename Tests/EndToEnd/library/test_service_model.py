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
def test_every_exception_is_a_case_of_its_own(name):
    assert f'= "{name}"' in (LIBRARY / "Errors" / "CognitoError+Code.swift").read_text()


@pytest.mark.parametrize("name", UNSIGNED)
def test_operations_of_users_are_sent_without_a_signature(name):
    assert f'"{name}"' in (LIBRARY / "Service" / "OperationModel.swift").read_text()


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
