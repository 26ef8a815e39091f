"""Numbers in prose are values of an example: `{=tanh costs[-1] .3f}` on a page.

An example keeps the numbers and small arrays that it assigns to names of its own. A reference names
the example (of another page: `{=zero-init/tanh ...}`), the value with its indices, and a format of
Python. Where a number is shown it has the digits of the record, which a reviewer has read, and a
run agrees with it like a printout: see `record`.
"""

import contextlib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from snippets.machine import fences

# One without its end is found too, to be named.
REFERENCE = re.compile(r"\{=([^{}\n]*)(?:\}|(?=\{)|$)", re.MULTILINE)
FORMULA = re.compile(r"(?<!\\)\$\$.+?\$\$|(?<!\\)\$[^$`]+\$", re.DOTALL)
FORM = (
    "{=<example> <value> <format>} on one line, such as {=tanh cost .3f}; "
    "formats: .3f .1% .2e d ,d +.3f"
)
PARTS = re.compile(
    r"[ ]*(?P<example>[a-z0-9-]+(?:/[a-z0-9-]+)?)"
    r"[ ]+(?P<name>[^\W\d]\w*)(?P<indices>(?:\[[^\[\]]*\])*)"
    r"[ ]+(?P<format>[+,]?,?(?:\.\d+[f%e]|d))[ ]*"
)


@dataclass(frozen=True)
class Reference:
    """One reference of a page: what it names, and where it stands."""

    source: str  # as it was typed
    place: str = ""  # docs/<page>.md:<line>
    example: str = ""  # <page>/<name>
    value: str = ""  # name and indices
    format: str = ""

    @property
    def key(self) -> str:
        return f"{self.value} {self.format}"


def references(text: str, folder: str, place: str = "") -> Iterator[Reference]:
    """Yield the references of a text; one that cannot be read names no example."""
    for line, prose in fences.outside(text):
        for found in REFERENCE.finditer(fences.CODE.sub("", prose)):
            yield _reference(found, folder, f"{place}:{line}")


def _reference(found: re.Match, folder: str, place: str = "") -> Reference:
    parts = PARTS.fullmatch(found[1])
    if not parts or not found[0].endswith("}"):
        return Reference(found[0], place)
    name = parts["example"] if "/" in parts["example"] else f"{folder}/{parts['example']}"
    return Reference(found[0], place, name, parts["name"] + parts["indices"], parts["format"])


def numbers(asked: Iterable[Reference], kept: dict) -> dict[str, str]:
    """Return the kept values as the references show them, by `key`; what cannot be is left out."""
    found = {}
    for reference in asked:
        with contextlib.suppress(ValueError):
            found[reference.key] = written(reference, kept)
    return found


def written(reference: Reference, kept: dict) -> str:
    """Return a kept value as it is shown; a `ValueError` says why there is none."""
    name, *indices = re.findall(r"[^\[\]]+", reference.value)
    if name not in kept:
        keeps = f"it keeps {_list(kept)} (numbers, at most 256 under a name)"
        raise ValueError(f"{reference.example} keeps no {name!r}; {keeps}")
    value, so_far = kept[name], name
    for place in indices:
        for index in [place] if isinstance(value, dict) else place.replace(" ", "").split(","):
            value, so_far = _entry(value, index, so_far), f"{so_far}[{index}]"
    if isinstance(value, (list, dict)):
        raise ValueError(f"{so_far} of {reference.example} is {_size(value)}: add an index")
    if value is None:
        raise ValueError(f"{so_far} of {reference.example} is no number")
    if reference.format.endswith("d") and not float(value).is_integer():
        raise ValueError(f"{so_far} of {reference.example} is {value!r}, and 'd' is for integers")
    text = format(int(value) if reference.format.endswith("d") else value, reference.format)
    return text.lstrip("-") if not text.strip("-+0.,%") else text  # zero has no sign


def _entry(value, index: str, so_far: str):
    if isinstance(value, dict):
        if index not in value:
            raise ValueError(f"{so_far} has no entry {index!r}; it has {_list(value)}")
        return value[index]
    if not isinstance(value, list):
        raise ValueError(f"{so_far} is a number, and has no entry {index!r}")
    if not re.fullmatch(r"-?\d+", index) or not -len(value) <= int(index) < len(value):
        raise ValueError(f"{so_far} is {_size(value)}, and has no entry {index!r}")
    return value[int(index)]


def _list(names) -> str:
    return ", ".join(map(str, names)) or "nothing"


def _size(value) -> str:
    return f"a list of {len(value)}" if isinstance(value, list) else f"a table of {_list(value)}"


def replace(text: str, folder: str, lookup: Callable[[str], dict[str, str]]) -> str:
    """Put the numbers in place of the references; `lookup` returns those of an example.

    What is not there stays as it was typed: `prose` reports it.
    """

    def number(found: re.Match) -> str:
        reference = _reference(found, folder)
        return lookup(reference.example).get(reference.key, found[0])

    def in_formula(found: re.Match) -> str:
        return REFERENCE.sub(lambda one: _as_tex(number(one)), found[0])

    def in_prose(part: str) -> str:
        return REFERENCE.sub(number, FORMULA.sub(in_formula, part))

    return fences.change(text, in_prose)


def _as_tex(number: str) -> str:
    mantissa, mark, exponent = number.partition("e")
    power = rf" \cdot 10^{{{int(exponent)}}}" if mark and exponent.lstrip("+-").isdigit() else ""
    mantissa = mantissa if power else number
    return mantissa.replace("%", r"\%").replace(",", "{,}") + power
