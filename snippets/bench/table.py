"""How fast training, examples and pages are, as `make bench` has measured."""
# files: bench.json

import json
from pathlib import Path

from symbreak import show_table

measured = json.loads(Path(__file__).with_name("bench.json").read_text())
rows = [row for group in measured.values() for row in group["rows"]]
named = {row["name"]: row for row in rows}


def digits(value):
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"


def contestant(row, side):
    if side not in row["amounts"]:
        return row[side]
    return f"{row[side]}, {digits(row['amounts'][side])} {row['unit']}"


lines = []
for row in rows:
    contestants = contestant(row, "a"), contestant(row, "b")
    result = digits(row["ratio"]), " to ".join(map(digits, row["quartiles"]))
    target = row["target"], row["holds"]
    lines.append((row["problem"], *contestants, *result, *target))
columns = ["problem", "A", "B", "A / B", "quartiles", "target", "holds"]
show_table(columns, lines)
machines = {}  # mostly one; after `make bench ONLY=wide` it may be two
for name, group in measured.items():
    machines.setdefault(group["machine"], []).append(name)
for machine, names in machines.items():
    print(
        f"\n{', '.join(names)}: " if len(machines) > 1 else "\n",
        machine,
        sep="",
    )
