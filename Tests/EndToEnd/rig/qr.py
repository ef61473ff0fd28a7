"""Reads a QR code from a terminal's half blocks, as a camera would, but for error correction."""

import re

BLOCKS = "█▀▄ "
# By version: blocks, and check bytes in each (level L).
LEVEL_L = {4: (1, 20), 5: (1, 26), 6: (2, 18), 7: (2, 20), 8: (2, 24), 9: (2, 30)}
MASKS = [
    lambda row, column: (row + column) % 2 == 0,
    lambda row, column: row % 2 == 0,
    lambda row, column: column % 3 == 0,
    lambda row, column: (row + column) % 3 == 0,
    lambda row, column: (row // 2 + column // 3) % 2 == 0,
    lambda row, column: row * column % 2 + row * column % 3 == 0,
    lambda row, column: (row * column % 2 + row * column % 3) % 2 == 0,
    lambda row, column: ((row + column) % 2 + row * column % 3) % 2 == 0,
]


def read(shown: str) -> str:
    """The text of the one code in what a terminal shows."""
    lines = [line for line in re.split(r"\r?\n", shown) if line and "█" in line and set(line) <= set(BLOCKS)]
    width = max(map(len, lines))
    assert width <= 80, width
    light = []
    for line in lines:
        line = line.ljust(width)
        light += [[character in "█▀" for character in line], [character in "█▄" for character in line]]
    # Four light modules around; below them half a line may stay empty.
    size = width - 8
    assert all(all(row) for row in light[:4]) and all(row[column] for row in light[:width] for column in (0, 3, -4, -1))
    return decode([[not value for value in row[4:-4]] for row in light[4 : 4 + size]])


def decode(dark: list) -> str:
    size = len(dark)
    version = (size - 17) // 4
    form = sum(dark[8][column] << (14 - at) for at, column in enumerate([0, 1, 2, 3, 4, 5, 7]))
    form ^= 0x5412
    assert form >> 13 == 0b01, "not level L"
    flipped = MASKS[form >> 10 & 7]
    count = version // 7 + 2
    step = (version * 4 + count * 2 + 1) // (count * 2 - 2) * 2
    middles = [6] + [size - 7 - at * step for at in range(count - 1)]

    def fixed(row: int, column: int) -> bool:
        if 6 in (row, column) or (row < 9 and (column < 9 or column > size - 9)) or (row > size - 9 and column < 9):
            return True
        if version >= 7 and ((row < 6 and column > size - 12) or (column < 6 and row > size - 12)):
            return True
        near = [
            (down, right) for down in middles for right in middles if abs(row - down) < 3 and abs(column - right) < 3
        ]
        return any(place not in ((6, 6), (6, size - 7), (size - 7, 6)) for place in near)

    bits, column, up = [], size - 1, True
    while column > 0:
        column -= column == 6
        for row in range(size - 1, -1, -1) if up else range(size):
            for at in (column, column - 1):
                if not fixed(row, at):
                    bits.append(dark[row][at] ^ flipped(row, at))
        column, up = column - 2, not up
    words = [
        sum(bit << (7 - at) for at, bit in enumerate(bits[start : start + 8])) for start in range(0, len(bits) - 7, 8)
    ]
    blocks, checks = LEVEL_L[version]
    data = words[: len(words) - blocks * checks]
    short = len(data) // blocks
    longer = len(data) % blocks
    whole = []
    for block in range(blocks):
        whole += data[block : short * blocks : blocks]
        if block >= blocks - longer:
            whole.append(data[short * blocks + block - (blocks - longer)])
    assert whole[0] >> 4 == 0b0100, "not bytes"
    length = (whole[0] & 15) << 4 | whole[1] >> 4
    return bytes((whole[at + 1] & 15) << 4 | whole[at + 2] >> 4 for at in range(length)).decode()
