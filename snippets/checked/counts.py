"""How many calls were generated, and how many breaks of the code noticed."""
# files: mutants.json properties.json

import json
from pathlib import Path

from symbreak import show_table


def read(name):
    return json.loads(Path(__file__).with_name(name).read_text())


inputs = read("properties.json")["inputs"]
thousands = inputs // 1000 * 1000
mutants = read("mutants.json")
sample = mutants["3"]  # by its seed
show_table(
    ["what", "number"],
    [
        ("generated inputs, at least", thousands),
        ("breaks of the code", sample["sample"]),
        ("noticed of these", sample["killed"]),
    ],
)
