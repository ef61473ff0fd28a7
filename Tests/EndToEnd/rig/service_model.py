"""Bad inputs, one for each thing that Amazon's service model says of the input of an operation, and good ones."""

import http.client
import json
import random
from dataclasses import dataclass
from functools import cache

import botocore.loaders
import regex

INVALID = "InvalidParameterException"
WRONG_TYPE = "SerializationException"

# Texts of which some match each pattern of the model.
SAMPLES = [
    "a",
    "1",
    "abc_1",
    "aa",
    "abc",
    "a@b",
    "arn:aws:iam::123456789012:role/one",
    "arn:aws:s3:::one",
    "https://example.com/one",
    "Level1",
    "{####} code",
    "{##link##} code",
    "tkn" + "a" * 25,
    "import-one",
    "12345678-1234-4234-8234-123456789012",
    "terms-of-use",
    "cognito:default",
]
JAVA = {r"[\S]": r"[^ \t\n\v\f\r]", r"\s": r" \t\n\v\f\r", r"\w": "a-zA-Z0-9_", r"\d": "0-9"}
STRANGE = "aZ09_ -+=/.,:;@#{}*\\\"'~!?\t\n\x00\x7fé ß中\u0301½€\u200d\ue000😀"


@dataclass(frozen=True)
class Case:
    """An input of an operation, what is wrong with it, and how the service answers."""

    operation: str
    what: str
    input: dict
    error: str


@cache
def model() -> dict:
    return botocore.loaders.create_loader().load_service_model("cognito-idp", "service-2")


def shape(name: str) -> dict:
    return model()["shapes"][name]


def input_of(operation: str) -> str:
    return model()["operations"][operation]["input"]["shape"]


def matches(pattern: str, text: str) -> bool:
    """As Java does: the whole text, letters of all scripts for `\\p`, and ASCII alone for `\\w`, `\\d` and `\\s`."""
    for theirs, ours in JAVA.items():
        pattern = pattern.replace(theirs, ours)
    return regex.fullmatch(pattern, text) is not None


def good_string(name: str, length: int = 0) -> str:
    """A string that a shape allows, of so many characters at least."""
    known = shape(name)
    if known.get("enum"):
        return known["enum"][0]
    pattern = known.get("pattern", "(?s).*")
    least = max(length, known.get("min", 0))
    for sample in SAMPLES:
        for text in (sample, sample + "a" * (least - len(sample)), "a" * (least - len(sample)) + sample):
            if len(text) >= least and len(text) <= known.get("max", 1 << 20) and matches(pattern, text):
                return text
    return "1" * least


def good(name: str) -> object:
    """The least value that a shape allows."""
    known = shape(name)
    kind = known["type"]
    if kind == "string":
        return good_string(name)
    if kind in ("integer", "long"):
        return known.get("min", 1)
    if kind == "list":
        return [good(known["member"]["shape"]) for _ in range(known.get("min", 0))]
    if kind == "map":
        return {good(known["key"]["shape"]): good(known["value"]["shape"]) for _ in range(known.get("min", 0))}
    if kind == "structure":
        return {member: good(known["members"][member]["shape"]) for member in known.get("required", [])}
    return {"boolean": True, "blob": "YQ==", "timestamp": 1_800_000_000}[kind]


# What a member may be instead of what it should be.
WRONG = {
    "string": [7, True, ["x"], {"x": "y"}],
    "blob": [7, ["x"]],
    "list": ["x", 7, {"x": "y"}],
    "map": ["x", ["x"]],
    "structure": ["x", ["x"]],
    "boolean": ["true", 1],
    "integer": ["1", True, [1]],
    "long": ["1", True],
    "timestamp": ["2026", True],
}


def bad(name: str, path: str = "", seen: tuple = ()):
    """(what, value, error) for each constraint of a shape and of all that it is made of."""
    known = shape(name)
    kind = known["type"]
    if known.get("document"):
        return
    for value in WRONG[kind]:
        yield f"{path}: type", value, WRONG_TYPE
    if kind == "string":
        yield from bad_strings(name, path)
    elif kind in ("integer", "long"):
        if "max" in known:
            yield f"{path}: most", known["max"] + 1, INVALID
        if "min" in known:
            yield f"{path}: least", known["min"] - 1, INVALID
    elif kind == "list":
        member = known["member"]["shape"]
        if known.get("max", 1 << 20) <= 300:
            yield f"{path}: longest", [good(member)] * (known["max"] + 1), INVALID
        if known.get("min", 0) > 0:
            yield f"{path}: shortest", [], INVALID
        filling = [good(member) for _ in range(max(0, known.get("min", 0) - 1))]
        for what, value, error in bad(member, f"{path}[]", seen):
            yield what, [value, *filling], error
    elif kind == "map":
        key, value = good(known["key"]["shape"]), good(known["value"]["shape"])
        if known.get("max", 1 << 20) <= 300:
            many = {f"{key}{number}": value for number in range(known["max"] + 1)}
            yield f"{path}: longest", many, INVALID
        if known.get("min", 0) > 0:
            yield f"{path}: shortest", {}, INVALID
        for what, spoiled, error in bad(known["key"]["shape"], f"{path}{{key}}", seen):
            if isinstance(spoiled, str):
                yield what, {spoiled: value}, error
        for what, spoiled, error in bad(known["value"]["shape"], f"{path}{{value}}", seen):
            yield what, {key: spoiled}, error
    elif kind == "structure" and name not in seen:
        whole = good(name)
        for member in known.get("required", []):
            yield f"{path}.{member}: required", {k: v for k, v in whole.items() if k != member}, INVALID
        for member, reference in known["members"].items():
            for what, value, error in bad(reference["shape"], f"{path}.{member}", (*seen, name)):
                yield what, whole | {member: value}, error


def bad_strings(name: str, path: str):
    known = shape(name)
    if known.get("enum"):
        yield f"{path}: choice", "NO_SUCH_WORD", INVALID
        return
    # Beyond this a request is too long as a whole.
    if known.get("max", 1 << 20) < 200_000:
        yield f"{path}: longest", good_string(name, 0) + "a" * known["max"], INVALID
    if known.get("min", 0) > 0:
        yield f"{path}: shortest", good_string(name)[: known["min"] - 1], INVALID
    if spoiled := next((text for text in spoiled_texts(name) if not matches(known["pattern"], text)), None):
        yield f"{path}: pattern", spoiled, INVALID


def spoiled_texts(name: str):
    """Texts of an allowed length of which some break the pattern, if one can be broken."""
    known = shape(name)
    if "pattern" not in known:
        return
    text = good_string(name)
    for mark in (" ", "!", "\u0007", "\n", '"', "é"):
        yield mark + text[1:]
        yield mark * len(text)
        yield text.replace("{##", "{-#")
    yield ""


def cases(operation: str) -> list:
    """Every way in which an input of the operation can be wrong by one thing."""
    found = bad(input_of(operation))
    return [Case(operation, what, value, error) for what, value, error in found if isinstance(value, dict)]


def near(name: str, chance: random.Random, count: int) -> list:
    """Texts that are nearly as the pattern of a shape says: some match, some don't."""
    texts = []
    for _ in range(count):
        text = list(chance.choice([good_string(name), *SAMPLES]))
        for _ in range(chance.randrange(4)):
            place = chance.randrange(len(text) + 1)
            text[place : place + chance.randrange(2)] = chance.choice(STRANGE) * chance.randrange(1, 3)
        texts.append("".join(text))
    return texts


class Caller:
    """Sends inputs as they are: a client of AWS would check some of them itself."""

    def __init__(self, port: int):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)

    def call(self, operation: str, members: object) -> dict:
        """The answer; `__type` says which error."""
        body = json.dumps(members, ensure_ascii=False).encode()
        headers = {
            "Content-Type": "application/x-amz-json-1.1",
            "X-Amz-Target": f"AWSCognitoIdentityProviderService.{operation}",
        }
        self.connection.request("POST", "/", body, headers)
        return json.loads(self.connection.getresponse().read() or b"{}")

    def answered(self) -> list:
        """The operations that the pool answers at all."""
        names = sorted(name for name, known in model()["operations"].items() if "input" in known)
        # An input of the wrong type does nothing.
        return [name for name in names if self.call(name, []).get("__type") != "UnknownOperationException"]


def judge(caller: Caller) -> tuple:
    """How many bad inputs there are, and those that weren't answered with the error that the service gives."""
    count, wrong = 0, []
    for operation in caller.answered():
        for case in cases(operation):
            count += 1
            answer = caller.call(operation, case.input)
            if answer.get("__type") != case.error:
                wrong.append((case, answer))
    return count, wrong
