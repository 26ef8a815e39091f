"""Compare a result with its record, the `.out` file a reviewer reads."""

import difflib
import re

from snippets.catalog import ROOT, Snippet
from snippets.run import Result

NUMBER = re.compile(r"(?<![\w.])[-+]?\d+(?:\.\d+)?(?:e[-+]?\d+)?(?![\w])")
RELATIVE = 1e-6


def text(result: Result) -> str:
    """Return the record of a result: the printout, then each figure in words and numbers."""
    parts = ["\n".join(line.rstrip() for line in result.stdout.rstrip().splitlines())]
    for number, figure in enumerate(result.figures, start=1):
        caption = f"\ncaption: {figure['caption']}" if figure["caption"] else ""
        parts.append(f"--- figure {number} ---\nalt: {figure['alt']}{caption}\n{figure['summary']}")
    return "\n\n".join(part for part in parts if part) + "\n"


def write(snippet: Snippet, result: Result) -> None:
    snippet.record.write_text(text(result), encoding="utf-8")


def difference(snippet: Snippet, result: Result) -> str | None:
    """Return a unified diff of record and result, empty if they agree, None without a record.

    Text must be the same, blanks collapsed. Integers must be equal. Decimals may differ by one
    unit of the last printed digit, by a relative 1e-6, or by the tolerance the example states,
    whichever is larger; -0 equals 0.
    """
    try:
        recorded = snippet.record.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return None
    computed = text(result).splitlines()
    if computed == recorded:
        return ""
    return "\n".join(
        difflib.unified_diff(
            recorded,
            _adopt(recorded, computed, snippet.tolerance),
            str(snippet.record.relative_to(ROOT)),
            "computed now",
            lineterm="",
        )
    )


def _adopt(recorded: list[str], computed: list[str], tolerance: float) -> list[str]:
    """Replace each computed line that agrees with its recorded line by that line."""
    if len(recorded) != len(computed):
        pairs = _align(recorded, computed)
    else:
        pairs = zip(recorded, computed, strict=True)
    adopted = {id(new): old for old, new in pairs if agree(old, new, tolerance)}
    return [adopted.get(id(line), line) for line in computed]


def _align(recorded: list[str], computed: list[str]):
    """Pair the lines of two texts of different length by their words."""
    words = [[NUMBER.sub("#", " ".join(line.split())) for line in t] for t in (recorded, computed)]
    matcher = difflib.SequenceMatcher(None, *words, autojunk=False)
    for old, new, size in matcher.get_matching_blocks():
        yield from zip(recorded[old : old + size], computed[new : new + size], strict=True)


def agree(old: str, new: str, tolerance: float = 0.0) -> bool:
    """Tell whether a computed line is the recorded one, within the rule of `difference`."""
    if _words(old) != _words(new):
        return False
    numbers = zip(NUMBER.findall(old), NUMBER.findall(new), strict=True)
    return all(_close(a, b, tolerance) for a, b in numbers)


def _words(line: str) -> list[str]:
    # Blanks around numbers carry alignment only: "[ 0.1" and "[-0.1" have the same words.
    return [" ".join(part.split()) for part in NUMBER.split(line)]


def _close(old: str, new: str, tolerance: float) -> bool:
    whole = [re.fullmatch(r"[-+]?\d+", number) for number in (old, new)]
    if any(whole):
        return all(whole) and int(old) == int(new)
    mantissa, _, exponent = old.partition("e")
    unit = 10.0 ** (int(exponent or 0) - len(mantissa.partition(".")[2]))
    allowed = max(unit, RELATIVE * abs(float(old)), tolerance)
    return abs(float(old) - float(new)) <= allowed * (1 + 1e-9)
