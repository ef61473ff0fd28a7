"""Writes the shared vectors as fuzzing seeds: seeds.py DIRECTORY c|swift"""

import pathlib
import sys

VECTORS = pathlib.Path(__file__).resolve().parents[2] / "Tests" / "Vectors" / "login_frames.txt"
RECEIVERS = ["daemon", "module", "client"]  # in the order of Receiver.allCases


def parse(text):
    data = b""
    for piece in text.split("+"):
        plain, _, times = piece.partition("*")
        data += bytes.fromhex(plain) * int(times or 1)
    return data


directory, language = pathlib.Path(sys.argv[1]), sys.argv[2]
directory.mkdir(parents=True, exist_ok=True)
for line in VECTORS.read_text().splitlines():
    if line.startswith("#"):
        continue
    name, receiver, _, frame, _ = line.split(" ", 4)
    prefix = bytes([RECEIVERS.index(receiver)]) if language == "swift" else b""
    (directory / name).write_bytes(prefix + parse(frame))
