"""The build after a fault is right."""
# files: faults.json

import json
from pathlib import Path

from symbreak import show_table

found = json.loads(Path(__file__).with_name("faults.json").read_text())
rows = [(name, row["times"], row["right"]) for name, row in found.items()]
show_table(["fault", "times", "the next build was right"], rows)
