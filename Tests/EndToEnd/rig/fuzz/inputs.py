"""Valid inputs of every operation, made from botocore's model and from names that exist in the pool."""

import base64
import copy
import random


class Inputs:
    """Makes inputs. `known` maps a member's name to values that mean something in the pool."""

    def __init__(self, model, known: dict, chance: random.Random):
        self.model, self.known, self.chance = model, known, chance

    def of(self, operation: str) -> dict:
        """An input with every required member, and each of the others by chance."""
        shape = self.model.operation_model(operation).input_shape
        return self._structure(shape, 0) if shape else {}

    def _structure(self, shape, depth: int) -> dict:
        return {
            name: self._value(name, member, depth + 1)
            for name, member in shape.members.items()
            if name in shape.required_members or (depth < 5 and self.chance.random() < 0.2)
        }

    def _value(self, name: str, shape, depth: int):
        kind = shape.type_name
        fitting = [known for known in self.known.get(name, []) if self._fits(known, shape)]
        if fitting and self.chance.random() < 0.97:
            return copy.deepcopy(self.chance.choice(fitting))
        if kind == "structure":
            return self._structure(shape, depth)
        if kind == "list":
            count = self.chance.choice([0, 1, 1, 2]) if depth < 5 else 0
            return [self._value(name, shape.member, depth + 1) for _ in range(max(count, shape.metadata.get("min", 0)))]
        if kind == "map":
            return {self._text(shape.key): self._value("", shape.value, depth + 1) for _ in range(1)}
        if kind == "boolean":
            return self.chance.random() < 0.5
        if kind in ("integer", "long"):
            low = shape.metadata.get("min", 0)
            return self.chance.randint(low, min(shape.metadata.get("max", 60), low + 1000))
        if kind in ("double", "float", "timestamp"):
            return self.chance.uniform(0, 2e9)
        if kind == "blob":
            return base64.b64encode(self.chance.randbytes(self.chance.choice([0, 1, 200]))).decode()
        return self._text(shape)

    @staticmethod
    def _fits(value, shape) -> bool:
        """Whether a value known under a member's name is one for this member of that name."""
        if shape.type_name in ("structure", "map"):
            return isinstance(value, dict)
        if shape.type_name == "list":
            return isinstance(value, list)
        if isinstance(value, str):
            return shape.type_name == "string" and (not shape.enum or value in shape.enum)
        return shape.type_name == "integer" and isinstance(value, int)

    def _text(self, shape) -> str:
        if shape.enum:
            return self.chance.choice(shape.enum)
        length = max(shape.metadata.get("min", 1), 1)
        text = self.chance.choice(["abc", "name", "1234567", "email", "custom:x", "a-b_c"])
        return (text * length)[: max(length, min(len(text), shape.metadata.get("max", 99)))]
