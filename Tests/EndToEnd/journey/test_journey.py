"""The main job, end to end: the same steps that `make demo` tells aloud, in their order."""

from pathlib import Path

import pytest
from rig.journey import Journey
from rig.stage import Stage

pytestmark = [pytest.mark.usefixtures("sandboxed"), pytest.mark.timeout(300)]


class Transcript:
    """Keeps what the journey tells, for the report of a step that fails."""

    def say(self, text: str) -> None:
        print(text)

    def show(self, command: str, output: str) -> None:
        print(command, output, sep="\n")


@pytest.fixture(scope="module")
def journey(programs, tmp_path_factory):
    journey = Journey(Stage(programs, Path("/run/stage")), Transcript())
    yield journey
    journey.stop()


@pytest.mark.parametrize("step", Journey.steps(), ids=lambda step: step.__name__)
def test_step(journey, step):
    step(journey)
