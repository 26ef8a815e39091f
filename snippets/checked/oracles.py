"""Three other programs compute the same runs, gradients and predictions."""
# files: oracles.json

import json
from pathlib import Path

from symbreak import show_table

found = json.loads(Path(__file__).with_name("oracles.json").read_text())
comparisons = found["comparisons"]
kinds = found["kinds"]
show_table(
    ["compared with", "what", "comparisons", "allowed", "largest seen"],
    [
        (
            kind["with"],
            kind["what"],
            kind["number"],
            ", ".join(f"{tolerance:.0e}" for tolerance in kind["allowed"]),
            f"{kind['largest']:.2g}",
        )
        for kind in kinds.values()
    ],
)
