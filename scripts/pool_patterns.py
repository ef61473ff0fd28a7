"""Makes tables of the service model's patterns, which are Java's regular expressions and match a whole text.

A pattern becomes a deterministic automaton over kinds of characters: a text is matched in one pass, however it is made.
What isn't known here is refused, not guessed."""

import string

# Every ASCII character is a kind of its own; of others only what the model's patterns can tell apart: the general
# categories by their first letter, and those characters that end a line. Sources/LocalPool/Validation/Pattern.swift has
# the same kinds in the same order.
KINDS = ["L", "M", "N", "P", "S", "Z", "Z line end", "C", "C line end"]
ASCII = 128
SYMBOLS = ASCII + len(KINDS)

WORD = frozenset(map(ord, string.ascii_letters + string.digits + "_"))
DIGIT = frozenset(map(ord, string.digits))
BLANK = frozenset(map(ord, " \t\n\v\f\r"))
ALL = frozenset(range(SYMBOLS))
LINE_END = frozenset({ord("\n"), ord("\r")} | {ASCII + index for index, kind in enumerate(KINDS) if "end" in kind})
ASCII_CATEGORIES = {
    "P": set("!\"#%&'()*,-./:;?@[\\]_{}"),
    "S": set("$+<=>^`|~"),
    "L": set(string.ascii_letters),
    "N": set(string.digits),
    "Z": {" "},
    "M": set(),
    "C": {chr(code) for code in range(ASCII) if code < 32 or code == 127},
}


def category(letter: str) -> frozenset:
    own = frozenset(map(ord, ASCII_CATEGORIES[letter]))
    return own | {ASCII + index for index, kind in enumerate(KINDS) if kind[0] == letter}


class Unknown(Exception):
    """A pattern that isn't translated."""


class Parser:
    """Reads a pattern as a tree: ("set", symbols), ("all", parts), ("any", parts), ("times", part, least, most)."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.dot_matches_all = text.startswith("(?s)")
        if self.dot_matches_all:
            self.at = 4

    def parse(self) -> tuple:
        tree = self.alternatives()
        if self.at != len(self.text):
            self.fail()
        return tree

    def fail(self) -> None:
        raise Unknown(f"the pattern {self.text} isn't known at character {self.at + 1}")

    def peek(self, count: int = 1) -> str:
        return self.text[self.at : self.at + count]

    def take(self) -> str:
        if self.at >= len(self.text):
            self.fail()
        self.at += 1
        return self.text[self.at - 1]

    def alternatives(self) -> tuple:
        parts = [self.sequence()]
        while self.peek() == "|":
            self.at += 1
            parts.append(self.sequence())
        return parts[0] if len(parts) == 1 else ("any", parts)

    def sequence(self) -> tuple:
        parts = []
        while self.at < len(self.text) and self.peek() not in ("|", ")"):
            part = self.item()
            if part is not None:
                parts.append(self.repeated(part))
        return ("all", self.without_boundaries(parts))

    def item(self) -> tuple:
        # The whole text is matched, so these say nothing where they may stand at all.
        if self.peek() == "^" and self.at == 0:
            return self.at_end(1)
        if self.peek() == "$" and self.at == len(self.text) - 1:
            return self.at_end(1)
        character = self.take()
        if character == "(":
            if self.peek() == "?":
                if self.peek(2) != "?:":
                    self.fail()
                self.at += 2
            tree = self.alternatives()
            if self.take() != ")":
                self.fail()
            return tree
        if character == "[":
            return ("set", self.characters())
        if character == ".":
            return ("set", ALL if self.dot_matches_all else ALL - LINE_END)
        if character == "\\":
            if self.peek() == "b":
                self.at += 1
                return ("boundary",)
            return ("set", self.escape())
        if character in "*+?{}^$])":
            self.fail()
        return ("set", self.literal(character))

    def at_end(self, count: int) -> None:
        self.at += count

    def literal(self, character: str) -> frozenset:
        if ord(character) >= ASCII:
            self.fail()
        return frozenset({ord(character)})

    def escape(self) -> frozenset:
        letter = self.take()
        if letter == "p":
            if self.take() != "{":
                self.fail()
            name, brace = self.take(), self.take()
            if name not in ASCII_CATEGORIES or brace != "}":
                self.fail()
            return category(name)
        if letter == "x":
            code = int(self.peek(2), 16)
            self.at += 2
            return self.literal(chr(code))
        known = {"w": WORD, "d": DIGIT, "s": BLANK, "S": ALL - BLANK, "W": ALL - WORD, "D": ALL - DIGIT}
        if letter in known:
            return known[letter]
        if letter in "tnr":
            return frozenset({ord({"t": "\t", "n": "\n", "r": "\r"}[letter])})
        if letter.isalnum():
            self.fail()
        return self.literal(letter)

    def characters(self) -> frozenset:
        negated = self.peek() == "^"
        self.at += negated
        found = frozenset()
        while self.peek() != "]":
            if self.peek() == "[" or self.peek(2) == "&&":
                self.fail()
            first = self.escape() if self.take() == "\\" else self.literal(self.text[self.at - 1])
            follows = self.text[self.at + 1 : self.at + 2]
            if len(first) == 1 and self.peek() == "-" and follows not in ("]", ""):
                self.at += 1
                last = self.escape() if self.take() == "\\" else self.literal(self.text[self.at - 1])
                if len(last) != 1 or min(last) < min(first):
                    self.fail()
                first = frozenset(range(min(first), min(last) + 1))
            found |= first
        self.at += 1
        return ALL - found if negated else found

    def repeated(self, part: tuple) -> tuple:
        mark = self.peek()
        if mark in ("*", "+", "?"):
            self.at += 1
            least, most = {"*": (0, None), "+": (1, None), "?": (0, 1)}[mark]
        elif mark == "{":
            end = self.text.index("}", self.at)
            numbers = self.text[self.at + 1 : end].split(",")
            self.at = end + 1
            least = int(numbers[0])
            most = least if len(numbers) == 1 else int(numbers[1]) if numbers[1] else None
        else:
            return part
        if self.peek() in ("*", "+", "?") or part[0] == "boundary":
            self.fail()
        return ("times", part, least, most)

    def without_boundaries(self, parts: list) -> list:
        """A word's boundary that is one whatever is matched says nothing; others aren't known."""
        for index, part in enumerate(parts):
            if part[0] != "boundary":
                continue
            around = [self.edge(parts[place]) for place in (index - 1, index + 1) if 0 <= place < len(parts)]
            sides = [(edge <= WORD, not edge & WORD) for edge in around if edge]
            if len(sides) != 2 or not ((sides[0][0] and sides[1][1]) or (sides[0][1] and sides[1][0])):
                self.fail()
        return [part for part in parts if part[0] != "boundary"]

    @staticmethod
    def edge(part: tuple) -> frozenset:
        """The characters that a part begins and ends with, if it always has one."""
        if part[0] == "set":
            return part[1]
        if part[0] == "times" and part[2] > 0 and part[1][0] == "set":
            return part[1][1]
        return frozenset()


class Automaton:
    """The smallest table for a pattern: `steps[state][class]` is the next state or None; state 0 is the first."""

    DEAD = 255  # in the tables of Swift, where states are bytes

    def __init__(self, pattern: str) -> None:
        self.moves, self.silent = [], []  # of the automaton that may be in several states: (symbols, target), targets
        start, end = self.state(), self.state()
        self.build(Parser(pattern).parse(), start, end)
        self.classes = self.divide()
        self.steps, self.accepting = self.determine(start, end)
        self.minimise()

    def state(self) -> int:
        self.moves.append([])
        self.silent.append([])
        return len(self.moves) - 1

    def build(self, tree: tuple, start: int, end: int) -> None:
        kind = tree[0]
        if kind == "set":
            self.moves[start].append((tree[1], end))
        elif kind == "all":
            for part in tree[1]:
                following = self.state()
                self.build(part, start, following)
                start = following
            self.silent[start].append(end)
        elif kind == "any":
            for part in tree[1]:
                self.build(part, start, end)
        else:
            _, part, least, most = tree
            for _ in range(least):
                following = self.state()
                self.build(part, start, following)
                start = following
            if most is None:
                loop = self.state()
                self.silent[start].append(loop)
                back = self.state()
                self.build(part, loop, back)
                self.silent[back].append(loop)
                self.silent[loop].append(end)
            else:
                for _ in range(most - least):
                    self.silent[start].append(end)
                    following = self.state()
                    self.build(part, start, following)
                    start = following
                self.silent[start].append(end)

    def divide(self) -> list:
        """The class of each symbol: those that no move tells apart share one."""
        sets = list({symbols for moves in self.moves for symbols, _ in moves})
        marks, classes = {}, []
        for symbol in range(SYMBOLS):
            mark = tuple(symbol in symbols for symbols in sets)
            classes.append(marks.setdefault(mark, len(marks)))
        return classes

    def closure(self, states: set) -> frozenset:
        found, waiting = set(), list(states)
        while waiting:
            state = waiting.pop()
            if state not in found:
                found.add(state)
                waiting += self.silent[state]
        return frozenset(found)

    def determine(self, start: int, end: int) -> tuple:
        examples = {}
        for symbol, group in enumerate(self.classes):
            examples.setdefault(group, symbol)
        first = self.closure({start})
        numbers, rows, order = {first: 0}, [], [first]
        for states in order:
            row = []
            for group in range(len(examples)):
                reached = {
                    target for state in states for symbols, target in self.moves[state] if examples[group] in symbols
                }
                following = self.closure(reached)
                if not following:
                    row.append(None)
                    continue
                if following not in numbers:
                    numbers[following] = len(numbers)
                    order.append(following)
                row.append(numbers[following])
            rows.append(row)
        return rows, {numbers[states] for states in order if end in states}

    def minimise(self) -> None:
        groups = [int(state in self.accepting) for state in range(len(self.steps))]
        while True:
            marks = {}
            divided = [
                marks.setdefault(
                    (groups[state], *(None if to is None else groups[to] for to in self.steps[state])), len(marks)
                )
                for state in range(len(self.steps))
            ]
            if len(marks) == len(set(groups)):
                break
            groups = divided
        # States are numbered as they are met, so the first stays 0.
        numbers = {}
        for group in groups:
            numbers.setdefault(group, len(numbers))
        rows = [None] * len(numbers)
        for state, row in enumerate(self.steps):
            rows[numbers[groups[state]]] = [None if to is None else numbers[groups[to]] for to in row]
        self.accepting = {numbers[groups[state]] for state in self.accepting}
        self.steps = rows
        if len(rows) >= self.DEAD:
            raise Unknown("a pattern needs more states than fit in a byte")

    def runs(self) -> list:
        """(class, how many symbols in a row are of it)."""
        found = []
        for group in self.classes:
            if found and found[-1][0] == group:
                found[-1][1] += 1
            else:
                found.append([group, 1])
        return found

    def words(self, limit: int) -> list:
        """All that the pattern matches, if that is a few ASCII words; else nothing."""
        found, waiting = [], [(0, "")]
        members = {}
        for symbol, group in enumerate(self.classes):
            members.setdefault(group, []).append(symbol)
        while waiting:
            state, text = waiting.pop()
            if state in self.accepting:
                found.append(text)
            if len(text) > 64 or len(found) + len(waiting) > 4 * limit:
                return []
            for group, following in enumerate(self.steps[state]):
                if following is not None:
                    if any(symbol >= ASCII for symbol in members[group]):
                        return []
                    waiting += [(following, text + chr(symbol)) for symbol in members[group]]
        return sorted(found) if len(found) <= limit else []

    def matches(self, text: str, symbol_of: object) -> bool:
        state = 0
        for character in text:
            state = self.steps[state][self.classes[symbol_of(character)]]
            if state is None:
                return False
        return state in self.accepting
