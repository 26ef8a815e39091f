"""Markdown outside its code."""

import re
from collections.abc import Callable, Iterator
from itertools import groupby

CODE = re.compile(r"(`[^`\n]+`)")
FENCE = re.compile(r"^\s*(```+(?=[^`]*$)|~~~+)")


def outside(text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines that stand in no fenced code, with their numbers."""
    fence = ""
    for number, line in enumerate(text.splitlines(), start=1):
        mark = FENCE.match(line)
        if not fence and mark:
            fence = mark[1]
        elif fence and mark and mark[1].startswith(fence) and line.strip() == mark[1]:
            fence = ""
        elif not fence:
            yield number, line


def change(text: str, to: Callable[[str], str]) -> str:
    """Change a text except for its fenced code and the code within its lines."""
    prose = {number for number, _ in outside(text)}
    lines = enumerate(text.splitlines(keepends=True), start=1)
    found = []
    for is_prose, group in groupby(lines, key=lambda numbered: numbered[0] in prose):
        whole = "".join(line for _, line in group)
        parts = CODE.split(whole) if is_prose else ["", whole]
        found += [part if i % 2 else to(part) for i, part in enumerate(parts)]
    return "".join(found)
