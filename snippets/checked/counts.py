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
usual = mutants["1"]  # tests were written for this sample, not for the other
other = mutants["2"]  # python tests/mutate.py --count 100 --seed 2
show_table(
    ["what", "number"],
    [
        ("generated inputs, at least", thousands),
        ("breaks of the usual sample", usual["sample"]),
        ("noticed of these", usual["killed"]),
        ("breaks of another sample", other["sample"]),
        ("noticed of these", other["killed"]),
    ],
)
