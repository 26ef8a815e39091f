"""What the form on the page "My loss is stuck" needs of the package: constants and texts."""

import inspect
import json

from symbreak.diagnosis import costs
from symbreak.diagnosis.findings import KINDS

NUMBERS = ("LN_2", "AT", "JUMP", "JUMP_FLOOR", "ROUNDING", "CLIPPED")


def table() -> str:
    """Return what costs alone can find, the strongest first, and the constants it takes, as JSON.

    JavaScript reads the patterns as Python does.
    """
    source = inspect.getsource(costs)
    names = [name for name in KINDS if f'"{name}"' in source]
    found = {name: getattr(costs, name) for name in NUMBERS}
    found |= {"NUMBER": costs.NUMBER}
    found |= {name: getattr(costs, name).pattern for name in ("LOGGED", "AFTER")}
    found["findings"] = {
        name: {
            "means": KINDS[name]["means"],
            "change": KINDS[name].get("change", ""),
            "over": [other for other in names if other in KINDS[name]["over"]],
        }
        for name in names
    }
    return json.dumps(found)
