"""Other machines compute the same records."""
# files: machines.json

import json
from pathlib import Path

from symbreak import show_table

found = json.loads(Path(__file__).with_name("machines.json").read_text())
show_table(
    ["machine", "records that agree"],
    [(name, f"{row['agree']} of {row['of']}") for name, row in found.items()],
)
