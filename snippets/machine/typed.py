"""Numbers that are typed in prose.

A decimal or a percentage is to be a reference to a value of an example, see `values`; those that no
example computes, constants and quotations, stand in one list with the reason. A whole number of two
digits or more has to occur in an example of its page, or in the list. Pages that were written
before stand in the list too: there any number may be typed that an example of the page has.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import yaml

from snippets.machine import examples, fences, values

LIST = "snippets/typed.yml"
NOWHERE = "no example of this page has the number {!r}"
# Without its sign. After a letter and a hyphen it belongs to a name: "GPT-40".
NUMBER = re.compile(
    r"(?<![\w.^/])(?<![^\W\d]-)(?:\d{1,3}(?:[,_]\d{3})+|\d+)(?:\.\d+)?(?:e[-+]?\d+)?(?!\w)"
)
# Targets of links, tags, attributes outside formulas, and the number of an item of a list.
NO_PROSE = re.compile(r"\]\([^)]*\)|</?[a-zA-Z][^>]*>|\{[^}]*\}(?![^$]*\$)|^\s*\d+\.(?=\s)")

# A decimal, a percentage, a power of ten, a version.
DECIMAL = re.compile(
    r"(?<![\w.^/])(?<![^\W\d]-)(?:(?:\d{1,3}(?:[,_]\d{3})+|\d+)(?:\.\d+)+(?:e[-+]?\d+)?(?!\w)"
    r"(?:\s?\\?%)?|\d+e[-+]?\d+(?!\w)|(?:\d{1,3}(?:[,_]\d{3})+|\d+)\s?\\?%)"
)
COMMENT = r"<!--.*?-->"
QUESTION = "??? question "
NO_LINE = ("@snippet ", "@paste ", ":::")
ATTRIBUTES = re.compile(r"\]\([^)]*\)|</?[a-zA-Z][^>]*>|\{[:.#][^}]*\}")


@dataclass
class Listed:
    """The list: numbers that may be typed, and the pages with the old check."""

    allowed: list[tuple[str, str, str]] = field(default_factory=list)  # number, reason, place
    old: set[str] = field(default_factory=set)

    def allows(self, number: str, place: str) -> bool:
        return any(number == n and where in ("", place) for n, _, where in self.allowed)

    def unused(self, texts: list[str]) -> Iterator[str]:
        """Find entries that no text has: the list is reviewed, and holds nothing that is gone."""
        whole = "\n".join(texts).replace("\\%", "%").replace(" %", "%")
        for number, *_ in self.allowed:
            if number not in whole:
                yield f"{LIST}: {number!r} is typed on no page"


def read() -> tuple[Listed, list[str]]:
    """Return the list, and what is wrong with it."""
    try:
        found = yaml.safe_load((examples.ROOT / LIST).read_text(encoding="utf-8")) or {}
        allowed = [
            (str(one["number"]), one["because"], one.get("page", "")) for one in found["typed"]
        ]
        return Listed(allowed, set(found["old check"] or ())), []
    except FileNotFoundError:
        return Listed(), []
    except (yaml.YAMLError, TypeError, KeyError, AttributeError) as error:
        form = "`typed`, a list of {number: ..., because: ...}, and `old check`, a list of pages"
        return Listed(), [f"{LIST} must hold {form}: {type(error).__name__}: {error}"]


def strict(
    text: str, known: list[float], allows: Callable[[str], bool]
) -> Iterator[tuple[int, str]]:
    """Find typed numbers that are neither listed nor, if whole, in an example of the page."""
    text = re.sub(COMMENT, _blank, values.REFERENCE.sub(" ", text), flags=re.DOTALL)
    for line, prose in fences.outside(text):
        if prose.lstrip().startswith(QUESTION):  # its code is an edit, which a test makes
            prose = re.sub(r"`[^`]+`", "", prose)
        if not prose.lstrip().startswith(NO_LINE):
            for found in DECIMAL.finditer(ATTRIBUTES.sub("]", prose)):
                number = re.sub(r"[\s\\]", "", found[0])
                if not allows(number):
                    say = f"refer to a value, {values.FORM}, or list it in {LIST} with the reason"
                    yield line, f"{number} is typed: {say}"
    for line, prose in _prose(DECIMAL.sub("", text)):
        for found in NUMBER.finditer(prose):
            if not _backed(found[0], False, known) and not allows(found[0]):
                yield line, NOWHERE.format(found[0])


def numbers(text: str) -> list[float]:
    return [_value(number) for number in NUMBER.findall(text)]


def unbacked(text: str, known: list[float]) -> Iterator[tuple[int, str]]:
    """Find the numbers in a text that no example of its page contains or prints.

    Checked are all decimals, and whole numbers from 10 on outside formulas, each without its sign;
    fenced code and display formulas are left out.
    """
    for line, prose in _prose(values.REFERENCE.sub(" ", text)):
        for number in NUMBER.finditer(prose):
            percent = prose[number.end() :].lstrip().startswith(("%", "\\%"))
            if not _backed(number[0], percent, known):
                yield line, number[0]


def _prose(text: str) -> Iterator[tuple[int, str]]:
    for pattern in (COMMENT, r"\$\$.*?\$\$", r"\\begin\{.*?\\end\{\w+\*?\}"):
        text = re.sub(pattern, _blank, text, flags=re.DOTALL)
    text = re.sub(r"(?<!\\)\$[^$`]+\$", _decimals, text)
    for number, line in fences.outside(text):
        if not line.lstrip().startswith(NO_LINE):
            yield number, NO_PROSE.sub("]", line)


def _blank(found: re.Match) -> str:
    return "\n" * found[0].count("\n")  # keep the line numbers


def _decimals(formula: re.Match) -> str:
    """Keep the decimals of an inline formula: its whole numbers are indices and exponents."""
    found = re.findall(r"(?<![\w.])\d+\.\d+(?:\\?%)?", formula[0])
    return " ".join(found) + "\n" * formula[0].count("\n")


def _value(number: str) -> float:
    return float(number.replace(",", "").replace("_", ""))


def _backed(number: str, percent: bool, known: list[float]) -> bool:
    value = _value(number)
    if value < 10 and value == int(value) and "." not in number:
        return True
    digits = len(number.partition(".")[2]) if "e" not in number else 300
    candidates = known + [100 * k for k in known if percent and k <= 1]
    return any(k == value or round(k, digits) == value for k in candidates)
