"""Compare a result with its record, the `.out` file a reviewer reads."""

import difflib
import re

from snippets.machine.examples import ROOT, Example
from snippets.machine.run import Result

NUMBER = re.compile(r"(?<![\w.])[-+]?\d+(?:\.\d+)?(?:e[-+]?\d+)?(?![\w])")
RELATIVE = 1e-6
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


def write(example: Example, result: Result) -> None:
    """Write the record; lines that agree with the one there is stay as they were reviewed."""
    lines = text(example, result).splitlines()
    if example.record.exists():
        recorded = example.record.read_text(encoding="utf-8").splitlines()
        lines = _adopt(recorded, lines, example.tolerance)
    example.record.write_text("\n".join(lines) + "\n", encoding="utf-8")


def recorded(example: Example) -> Result | None:
    """Return what the record says an example prints and draws, with figures that have no SVG."""
    try:
        whole = example.record.read_text(encoding="utf-8").rstrip("\n")
    except FileNotFoundError:
        return None
    # Before the first title, title, text, title, text, ...: only the record of a lab has titles.
    pieces = CELL.split(whole) if example.name.startswith("labs/") else [whole]
    found = {"": pieces[0], **dict(zip(pieces[1::2], pieces[2::2]))}
    return Result("", cells={n: _outputs(t) for n, t in found.items() if ", " not in n and t})


def _outputs(said: str) -> list[dict]:
    printed, *drawn = FIGURE.split(said)
    outputs = [{"text": printed.rstrip() + "\n"}] if printed.strip() else []
    for width, height, words in zip(drawn[::3], drawn[1::3], drawn[2::3]):
        alt, _, summary = words.partition("\n")
        found = {"alt": alt.removeprefix("alt: "), "caption": "", "svg": ""}
        if summary.startswith("caption: "):
            caption, _, summary = summary.partition("\n")
            found["caption"] = caption.removeprefix("caption: ")
        outputs.append(found | {"size": [int(width), int(height)], "summary": summary.rstrip("\n")})
    return outputs


def difference(example: Example, result: Result) -> str | None:
    """Return a unified diff of record and result, empty if they agree, None without a record.

    Text must be the same, blanks collapsed. Integers must be equal. Decimals may differ by one
    unit of the last printed digit, by a relative 1e-6, or by the tolerance the example states,
    whichever is larger; -0 equals 0.
    """
    try:
        recorded = example.record.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return None
    computed = text(example, result).splitlines()
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
