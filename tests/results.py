"""Results of commands that take long, in files which examples show: `snippets/<name>.json`."""

import json
from glob import glob
from itertools import chain
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NUMBER = (int, float)
ROW = {
    "name": str,
    "problem": str,
    "a": str,
    "b": str,
    "ratio": NUMBER,
    "quartiles": [NUMBER],
    "target": str,
    "holds": str,
    "amounts": {str: NUMBER},
    "unit": str,
}
KIND = {"with": str, "what": str, "number": int, "allowed": [float], "largest": float}
# Which command writes a file, and its form: {name: form}, {str: form of each}, [form of each].
FILES = {
    "bench/bench": ("make bench", {str: {"machine": str, "rows": [ROW]}}),
    "checked/faults": ("make faults", {str: {"times": int, "right": (int, str)}}),
    "checked/machines": ("make machines", {str: {"agree": int, "of": int}}),
    "checked/mutants": ("make mutants", {str: {"sample": int, "of": int, "killed": int}}),
    "checked/oracles": (
        "make oracles",
        {"comparisons": int, "kinds": {str: KIND}},
    ),
    "checked/properties": ("make properties", {"inputs": int}),
}
# What the commands that are tests call; anything else is a part of them.
PYTEST = {
    "checked/faults": "-s tests/machine/test_faults.py",
    "checked/oracles": "tests/oracles",
    "checked/properties": "--hypothesis-profile many"
    " tests/unit/test_bad_input.py tests/unit/test_properties*.py",
}


def place(name):
    return ROOT / "snippets" / f"{name}.json"


def read(name):
    """Return what a file holds; a `ValueError` says which command writes it anew."""
    try:
        found = json.loads(place(name).read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError) as error:
        raise ValueError(_unlike(name, error)) from None
    return _checked(name, found)


def write(name, found):
    text = json.dumps(_checked(name, found), indent=1, ensure_ascii=False)
    place(name).write_text(text + "\n", encoding="utf-8")
    page = name.partition("/")[0]
    print(f"snippets/{name}.json is written. Read it: python -m snippets --update {page}")


def write_whole(name, find, config, failed):
    """Write what a run of pytest finds, if it is the whole command and nothing failed."""
    words = [sorted(glob(word, root_dir=ROOT)) or [word] for word in PYTEST[name].split()]
    if failed or [*config.invocation_params.args] != [*chain(*words)]:
        print(kept(name))
    else:
        write(name, find())


def kept(name):
    return f"snippets/{name}.json is as it was: `{FILES[name][0]}` writes it, as a whole"


def _checked(name, found):
    for fault in _faults(found, FILES[name][1]):
        raise ValueError(_unlike(name, fault))
    return found


def _unlike(name, fault):
    return f"snippets/{name}.json: {fault}; `{FILES[name][0]}` writes it anew, as a whole"


def _faults(found, form, where="it"):
    """Yield where something has not its form."""
    plain = not isinstance(form, (dict, list))
    if not isinstance(found, form if plain else type(form)):
        yield f"{where} must be of the form {form}, got {found!r}"
    elif isinstance(form, list):
        for number, value in enumerate(found):
            yield from _faults(value, form[0], f"{where}[{number}]")
    elif not plain and str not in form and found.keys() != form.keys():
        yield f"{where} must have the names {[*form]}, got {[*found]}"
    elif not plain:
        for name, value in found.items():
            yield from _faults(value, form.get(str) or form[name], f"{where}[{name!r}]")
