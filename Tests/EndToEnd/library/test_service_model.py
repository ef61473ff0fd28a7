"""What the library knows of the service, held against the service's model in the botocore that is installed here."""

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


@pytest.mark.parametrize("name", UNSIGNED)
def test_operations_of_users_are_sent_without_a_signature(name):
    assert f'"{name}"' in (LIBRARY / "Service" / "OperationModel.swift").read_text()
