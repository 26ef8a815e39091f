"""Results of examples whose data cannot lie in this repository: kept beside them, shown from there.

An example that says `# data: SYMBREAK_CATS` reads its files from the folder which that variable
names. Where it is not set, nothing is run: the kept result, `<name>.json`, is shown and stamped.
"""

import hashlib
import json

from snippets.catalog import Snippet, package_digest
from snippets.run import Result


def load(snippet: Snippet) -> Result | None:
    """Return the kept result, with the stamp of the code that made it."""
    try:
        return Result(**{"key": ""} | json.loads(snippet.kept.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None
    except (ValueError, TypeError) as error:
        return Result("", error=f"snippets/{snippet.name}.json is damaged: {error}")


def keep(snippet: Snippet, result: Result) -> bool:
    """Keep a result that holds; tell whether this changed anything."""
    fields = {"stamp": stamp(snippet), "stdout": result.stdout, "figures": result.figures}
    text = json.dumps(fields, indent=1, ensure_ascii=False) + "\n"
    if snippet.kept.exists() and snippet.kept.read_text(encoding="utf-8") == text:
        return False
    snippet.kept.write_text(text, encoding="utf-8")
    return True


def stamp(snippet: Snippet) -> str:
    """Hash the example and the package as they are on disk now."""
    return hashlib.sha256(snippet.source.encode() + package_digest()).hexdigest()[:12]
