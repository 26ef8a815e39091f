"""Compare a result with its record, the `.out` file a reviewer reads."""

import difflib
import re
from collections.abc import Iterator
from dataclasses import replace

from snippets.machine.examples import ROOT, Example
from snippets.machine.run import Result

NUMBER = re.compile(r"(?<![\w.])[-+]?\d+(?:\.\d+)?(?:e[-+]?\d+)?(?![\w])")
RELATIVE = 1e-6
NUMBERS = "--- numbers of the prose ---"  # below it: what pages refer to
CELL = re.compile(r"(?:^|\n\n)=== ([^\n]+) ===\n")
FIGURE = re.compile(r"(?:^|\n\n)--- figure \d+, (\d+) x (\d+) ---\n")


def text(example: Example, result: Result) -> str:
    """Return the record of a result: what each cell printed and drew, then what the answers did."""
    if any(not cell.name for cell in example.code):  # one cell, which needs no title
        parts = [_said(result.cells.get("", []))]
    else:
        said = {name: _said(outputs) for name, outputs in result.cells.items()}
        parts = [f"=== {name} ===\n{text}" for name, text in said.items() if text]
        for name, outputs in result.answered.items():
            if text := _said([new for new in outputs if new not in result.cells.get(name, [])]):
                parts.append(f"=== {name}, answered ===\n{text}")
    return "\n\n".join(part for part in parts if part) + "\n"


def _whole(example: Example, result: Result, numbers: dict[str, str]) -> list[str]:
    """Return the lines of a record, with the numbers that pages show at its end."""
    return text(example, result).splitlines() + _lines(numbers)


def _lines(numbers: dict[str, str]) -> list[str]:
    said = [f"{key}: {number}" for key, number in sorted(numbers.items())]
    return ["", NUMBERS, *said] if said else []


def _said(outputs: list[dict]) -> str:
    parts, number = [], 0
    for output in outputs:
        if "text" in output:
            lines = output["text"].rstrip().splitlines()
            parts.append("\n".join(line.rstrip() for line in lines))
            continue
        number += 1
        size = " x ".join(map(str, output["size"]))
        caption = f"\ncaption: {output['caption']}" if output["caption"] else ""
        head = f"--- figure {number}, {size} ---\nalt: {output['alt']}{caption}"
        parts.append(f"{head}\n{output['summary']}")
    return "\n\n".join(part for part in parts if part)


def write(example: Example, result: Result, numbers: dict[str, str]) -> None:
    """Write the record; lines that agree with the one there is stay as they were reviewed."""
    lines = _whole(example, result, numbers)
    if example.record.exists():
        recorded = example.record.read_text(encoding="utf-8").splitlines()
        lines = _adopt(recorded, lines, example.tolerance)
    example.record.write_text("\n".join(lines) + "\n", encoding="utf-8")


def shown(example: Example, result: Result) -> tuple[Result, dict[str, str]]:
    """Return what the record says an example prints and captions, and the numbers for prose.

    Drawings are those of the result; where it has none, a figure has no SVG.
    """
    try:
        body, numbers = _read(example)
    except FileNotFoundError:
        return result, {}
    # Before the first title, title, text, title, text, ...: only the record of a lab has titles.
    whole = "\n".join(body).rstrip("\n")
    pieces = CELL.split(whole) if example.name.startswith("labs/") else [whole]
    found = {"": pieces[0], **dict(zip(pieces[1::2], pieces[2::2]))}
    said = {name: _outputs(text) for name, text in found.items() if ", " not in name and text}
    drawn = {name: iter(c for c in cell if "svg" in c) for name, cell in result.cells.items()}
    cells = {
        name: [
            new if "text" in new else {"svg": ""} | next(drawn.get(name, iter(())), {}) | new
            for new in outputs
        ]
        for name, outputs in said.items()
    }
    return replace(result, cells=cells), numbers


def _read(example: Example) -> tuple[list[str], dict[str, str]]:
    """Return the lines of a record, and the numbers at its end."""
    body, _, said = example.record.read_text(encoding="utf-8").partition(f"\n{NUMBERS}\n")
    return body.splitlines(), dict(line.rpartition(": ")[::2] for line in said.splitlines())


def _outputs(said: str) -> list[dict]:
    printed, *drawn = FIGURE.split(said)
    outputs = [{"text": printed.rstrip() + "\n"}] if printed.strip() else []
    for width, height, words in zip(drawn[::3], drawn[1::3], drawn[2::3]):
        alt, _, summary = words.partition("\n")
        found = {"alt": alt.removeprefix("alt: "), "caption": ""}
        if summary.startswith("caption: "):
            caption, _, summary = summary.partition("\n")
            found["caption"] = caption.removeprefix("caption: ")
        outputs.append(found | {"size": [int(width), int(height)], "summary": summary.rstrip("\n")})
    return outputs


def difference(example: Example, result: Result, numbers: dict[str, str]) -> str | None:
    """Return a unified diff of record and result, empty if they agree, None without a record.

    Text must be the same, blanks collapsed. Integers must be equal. Decimals and percentages may
    differ by one unit of the last digit that is shown; -0 equals 0. In the description of a figure,
    which no page shows, they may differ by a relative 1e-6 or by the tolerance the example states.
    """
    try:
        body, known = _read(example)
    except FileNotFoundError:
        return None
    recorded = body + _lines({key: known[key] for key in known.keys() & numbers.keys()})
    computed = _whole(example, result, numbers)
    if computed == recorded:
        return ""
    return "\n".join(
        difflib.unified_diff(
            recorded,
            _adopt(recorded, computed, example.tolerance),
            str(example.record.relative_to(ROOT)),
            "computed now",
            lineterm="",
        )
    )


def _adopt(recorded: list[str], computed: list[str], tolerance: float) -> list[str]:
    """Replace each computed line that agrees with its recorded line by that line."""
    slack = [tolerance if described else None for described in _described(recorded)]
    if len(recorded) != len(computed):
        pairs = _align(recorded, computed)
    else:
        pairs = zip(range(len(recorded)), range(len(recorded)))
    adopted = list(computed)
    for old, new in pairs:
        if agree(recorded[old], computed[new], slack[old]):
            adopted[new] = recorded[old]
    return adopted


def _described(lines: list[str]) -> Iterator[bool]:
    """Tell of each line whether it describes a figure: such a line is on no page."""
    inside = False
    for line in lines:
        if line.startswith(("--- ", "=== ")):
            inside = line.startswith("--- figure ")
        yield inside and not line.startswith(("alt: ", "caption: "))


def _align(recorded: list[str], computed: list[str]) -> Iterator[tuple[int, int]]:
    """Pair the lines of two texts of different length by their words."""
    words = [[NUMBER.sub("#", " ".join(line.split())) for line in t] for t in (recorded, computed)]
    matcher = difflib.SequenceMatcher(None, *words, autojunk=False)
    for old, new, size in matcher.get_matching_blocks():
        yield from zip(range(old, old + size), range(new, new + size))


def agree(old: str, new: str, slack: float | None = None) -> bool:
    """Tell whether a computed line is the recorded one; `slack` is for what no page shows."""
    if _words(old) != _words(new):
        return False
    pairs = zip(NUMBER.finditer(old), NUMBER.finditer(new), strict=True)
    return all(_close(a[0], b[0], old[a.end() :].startswith("%"), slack) for a, b in pairs)


def _words(line: str) -> list[str]:
    # Blanks around numbers carry alignment only: "[ 0.1" and "[-0.1" have the same words.
    return [" ".join(part.split()) for part in NUMBER.split(line)]


def _close(old: str, new: str, percent: bool, slack: float | None) -> bool:
    whole = [re.fullmatch(r"[-+]?\d+", number) for number in (old, new)]
    if any(whole) and not percent:
        return all(whole) and int(old) == int(new)
    mantissa, _, exponent = old.partition("e")
    allowed = 10.0 ** (int(exponent or 0) - len(mantissa.partition(".")[2]))
    if slack is not None:
        allowed = max(allowed, RELATIVE * abs(float(old)), slack)
    return abs(float(old) - float(new)) <= allowed * (1 + 1e-9)
