"""Numbers that are typed in prose.

A decimal or a percentage is to be a reference to a value of an example, see `values`; those that no
example computes, constants and quotations, stand in one list with the reason. A whole number of two
digits or more has to occur in an example of its page, or in the list.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

import yaml

from snippets.machine import examples, fences, values

LIST = "snippets/typed.yml"
# Without its sign. After a letter and a hyphen it belongs to a name: "GPT-40".
NUMBER = re.compile(
    r"(?<![\w.^/])(?<![^\W\d]-)(?:\d{1,3}(?:[,_]\d{3})+|\d+)(?:\.\d+)?(?:e[-+]?\d+)?(?!\w)"
)
# A decimal, a percentage, a power of ten, a version.
DECIMAL = re.compile(
    r"(?<![\w.^/])(?<![^\W\d]-)(?:(?:\d{1,3}(?:[,_]\d{3})+|\d+)(?:\.\d+)+(?:e[-+]?\d+)?(?!\w)"
    r"(?:\s?\\?%)?|\d+e[-+]?\d+(?!\w)|(?:\d{1,3}(?:[,_]\d{3})+|\d+)\s?\\?%)"
)
COMMENT = r"<!--.*?-->"
# Whole numbers in formulas are indices and exponents.
FORMULA = r"\$\$.*?\$\$|\\begin\{.*?\\end\{\w+\*?\}|(?<!\\)\$[^$`]+\$"
QUESTION = "??? question "
NO_LINE = ("@snippet ", "@paste ", ":::")
# Targets of links, tags, attributes, and the number of an item of a list.
NO_PROSE = re.compile(r"\]\([^)]*\)|</?[a-zA-Z][\w-]*(?:\s[^>]*)?>|\{[:.#][^}]*\}|^\s*\d+\.(?=\s)")


@dataclass(frozen=True)
class Allowed:
    """An entry of the list: a number that may be typed, and why; with a page, there alone."""

    number: str
    because: str
    page: str = ""


def read() -> tuple[list[Allowed], list[str]]:
    """Return the list, and what is wrong with it."""
    try:
        found = yaml.safe_load((examples.ROOT / LIST).read_text(encoding="utf-8")) or ()
        return [Allowed(**entry | {"number": str(entry["number"])}) for entry in found], []
    except FileNotFoundError:
        return [], []
    except (yaml.YAMLError, TypeError, KeyError) as error:
        form = (
            "entries such as '- {number: \"0.5\", because: one half}', with page: on one page alone"
        )
        return [], [f"{LIST} must hold {form}: {type(error).__name__}: {error}"]


def unused(allowed: Iterable[Allowed], texts: dict[str, str]) -> Iterator[str]:
    """Find entries that no text has: the list is reviewed, and holds nothing that is gone."""
    for entry in allowed:
        if not any(
            entry.number in text.replace("\\%", "%").replace(" %", "%")
            for place, text in texts.items()
            if entry.page in ("", place)
        ):
            yield f"{LIST}: {entry.number!r} is typed on no page{entry.page and f' {entry.page}'}"


def faults(text: str, known: list[float], listed: Collection[str]) -> Iterator[tuple[int, str]]:
    """Find typed numbers that are neither listed nor, if whole, in an example of the page."""
    text = _blank(COMMENT, values.REFERENCE.sub(" ", text))
    say = f"refer to a value, or list it in {LIST} with the reason; write {values.FORM}"
    for line, prose in _prose(text):
        for found in DECIMAL.finditer(prose):
            number = re.sub(r"[\s\\]", "", found[0])
            if number not in listed:
                yield line, f"{number} is typed: {say}"
    for line, prose in _prose(_blank(FORMULA, DECIMAL.sub("", text))):
        for found in NUMBER.finditer(prose):
            if not _backed(found[0], known) and found[0] not in listed:
                say = f"print it in one, or list it in {LIST}"
                yield line, f"no example of this page has the number {found[0]!r}: {say}"


def numbers(text: str) -> list[float]:
    return [_value(number) for number in NUMBER.findall(text)]


def unbacked(text: str, known: list[float]) -> Iterator[str]:
    """Find the numbers in a line that are not known: decimals, and whole numbers from 10 on."""
    for found in NUMBER.finditer(text):
        percent = text[found.end() :].startswith("%")
        if not _backed(found[0], known + [100 * k for k in known if percent and k <= 1]):
            yield found[0]


def _prose(text: str) -> Iterator[tuple[int, str]]:
    for number, line in fences.outside(text):
        if line.lstrip().startswith(QUESTION):  # its code is an edit, which a test makes
            line = fences.CODE.sub("", line)
        if not line.lstrip().startswith(NO_LINE):
            yield number, NO_PROSE.sub("]", line)


def _blank(pattern: str, text: str) -> str:
    """Remove what a pattern finds, and keep the line numbers."""
    return re.sub(pattern, lambda found: "\n" * found[0].count("\n"), text, flags=re.DOTALL)


def _value(number: str) -> float:
    return float(number.replace(",", "").replace("_", ""))


def _backed(number: str, known: list[float]) -> bool:
    value = _value(number)
    if value < 10 and value == int(value) and "." not in number:
        return True
    digits = len(number.partition(".")[2]) if "e" not in number else 300
    return any(k == value or round(k, digits) == value for k in known)
