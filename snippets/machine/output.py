"""What a renderer reads, under `.cache/`: a file for each verdict, a notebook for each lab."""

import json
from collections.abc import Callable, Iterable
from pathlib import Path

from snippets.machine import cache, values
from snippets.machine.examples import CACHE
from snippets.machine.labs import Lab
from snippets.machine.verdict import Verdict

VERDICTS = CACHE / "verdicts"
BOXES = CACHE / "boxes.json"
FIGURE = ("alt", "caption", "size", "svg")
NOTEBOOKS = CACHE / "notebooks"


def write(verdicts: dict[str, Verdict], texts: dict[str, str]) -> None:
    """Write what has changed, and remove what is no example any more; `texts` are the boxes."""
    files = {BOXES: json.dumps(texts)}
    numbers = {name: verdict.numbers for name, verdict in verdicts.items()}
    for name, verdict in verdicts.items():
        files[path(name)] = json.dumps(shown(verdict), ensure_ascii=False)
        if isinstance(verdict.example, Lab):
            files[NOTEBOOKS / f"{name}.ipynb"] = _page(verdict, numbers)
    for file, content in files.items():
        cache.write_changed(file, content.encode())
    for old in [*VERDICTS.glob("*.json"), *NOTEBOOKS.rglob("*.ipynb")]:
        if old not in files:
            old.unlink(missing_ok=True)


def path(name: str) -> Path:
    return VERDICTS / f"{name.replace('/', '.')}.json"


def read(name: str) -> dict | None:
    """Return what `shown` says of an example, None if there is no such example."""
    try:
        return json.loads(path(name).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None


def numbers(name: str) -> dict[str, str]:
    """Return the numbers of an example that prose refers to, see `values`."""
    return (read(name) or {}).get("numbers", {})


def read_boxes() -> dict[str, str]:
    """Return the texts of the boxes to paste, by `<notebook> <experiment>`."""
    return json.loads(BOXES.read_text(encoding="utf-8")) if BOXES.exists() else {}


def shown(verdict: Verdict) -> dict:
    """Return all that a page shows of an example or a lab."""
    example, result = verdict.example, verdict.result
    found = {
        "name": example.name,
        "place": example.place,
        "claim": example.claim,
        "code": example.source,
        "status": verdict.status,
        "message": verdict.message,
        "holds": verdict.holds,
        "stamp": result.stamp,
        "versions": result.versions,
        "lacks": {part: verdict.lacks(part) for part in ("output", "figures", "table")},
        "output": result.stdout,
        "numbers": verdict.numbers,
        "figures": [{key: figure[key] for key in FIGURE} for figure in result.figures],
    }
    if isinstance(example, Lab):
        found |= {"cells": result.cells, "folded": sorted(example.folded)}
        found |= {"blanks": list(example.answers), "prose": example.prose}
    return found


# Notebooks ------------------------------------------------------------------------------------


def _page(verdict: Verdict, numbers: dict[str, dict[str, str]]) -> str:
    """Return the notebook that becomes the page of a lab; marks stand for its figures."""

    def prose(text: str) -> str:
        return values.replace(text, "labs", lambda name: numbers.get(name, {}))

    return notebook(lab_cells(verdict.example, verdict.result.cells, _mark, prose))


def _mark(output: dict, number: int) -> dict:
    return {"text/html": f'<div data-figure="{number}"></div>'}


def lab_cells(
    lab: Lab,
    results: dict[str, list[dict]],
    figure: Callable[[dict, int], dict],
    prose: Callable[[str], str] = str,
) -> list[dict]:
    """Return the cells of a notebook; `figure` and `prose` say how drawings and texts look."""
    found = []
    for number, cell in enumerate(lab.cells):
        if not cell.name:
            found.append(markdown(f"text-{number}", prose(cell.source)))
            continue
        outputs = [
            {"output_type": "stream", "name": "stdout", "text": output["text"]}
            if "text" in output
            else {"output_type": "display_data", "data": figure(output, place), "metadata": {}}
            for place, output in enumerate(results.get(cell.name, []))
        ]
        found.append(code(cell.name, cell.source, outputs))
    return found


def markdown(name: str, source: str) -> dict:
    return {"cell_type": "markdown", "id": name, "metadata": {}, "source": source}


def code(name: str, source: str, outputs: Iterable[dict] = ()) -> dict:
    cell = {"cell_type": "code", "id": name, "metadata": {}, "source": source}
    return cell | {"execution_count": None, "outputs": list(outputs)}


def notebook(cells: list[dict]) -> str:
    """Return the text of a notebook that any Jupyter opens."""
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
    found = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(found, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
