"""Results of examples that cannot run everywhere: kept beside them, shown from there.

There are two reasons. An example that says `# data: SYMBREAK_CATS` reads files that cannot lie in
this repository, from the folder which that variable names. One that says `# needs: torch` imports a
package that is not in requirements.lock. Where the variable is not set or the package not
installed, nothing is run: the kept result, `<name>.json`, is shown and stamped.
"""

import hashlib
import json

from snippets.machine.examples import Example, package_version
from snippets.machine.run import Result


def load(example: Example) -> Result | None:
    """Return the kept result, with the stamp of the code that made it."""
    try:
        kept = json.loads(example.kept.read_text(encoding="utf-8"))
        modules = dict.fromkeys(kept.pop("modules"), "")
        return Result("", modules=modules, **kept)
    except FileNotFoundError:
        return None
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        return Result("", error=f"{example.kept.name} of {example.place} is damaged: {error}")


def keep(example: Example, result: Result) -> bool:
    """Keep a result that holds; tell whether this changed anything."""
    fields: dict[str, object] = {"stamp": stamp(example, result.modules)}
    if example.needs:
        # "2.13.0+cpu" computes what "2.13.0" does.
        public = {name: package_version(name).partition("+")[0] for name in example.needs}
        fields["versions"] = [f"{name} {number}" for name, number in public.items()]
    fields |= {"modules": list(result.modules), "cells": result.cells, "values": result.values}
    text = json.dumps(fields, indent=1, ensure_ascii=False) + "\n"
    if example.kept.exists() and example.kept.read_text(encoding="utf-8") == text:
        return False
    example.kept.write_text(text, encoding="utf-8")
    return True


def stamp(example: Example, modules: dict[str, str]) -> str:
    """Hash the example and the modules of the package that it used, with their contents."""
    return hashlib.sha256(repr([example.source, sorted(modules.items())]).encode()).hexdigest()[:12]


def is_stale(example: Example, result: Result, package: dict[str, str]) -> bool:
    """Tell whether the example or a module that it used has changed since."""
    return stamp(example, {name: package.get(name, "") for name in result.modules}) != result.stamp
