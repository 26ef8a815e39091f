"""Run one lab in a Jupyter kernel: `python -m snippets.kernel labs/<name>`.

The kernel is given the code cells twice, as they are published and with the answers filled in, each
time from the start. What happens in the kernel besides is `prepare`: it is no part of a notebook.
"""

import math
import os
import re
import signal
import sys
import tempfile
import threading
import time
import warnings

from snippets.catalog import ROOT
from snippets.labs import Lab, LabResult, report, store

FIGURE = "application/vnd.symbreak.figure+json"


class _FailedError(Exception):
    pass


def execute(lab: Lab) -> LabResult:
    result, start = LabResult(lab.key()), time.monotonic()
    try:
        result.cells = _run(lab, lab.code)
        if lab.answers:
            result.answered = _run(lab, lab.code | lab.answers)
        result.stdout = report(lab, result.cells, result.answered)
    except _FailedError as failure:
        result.error = str(failure)
    result.seconds = time.monotonic() - start
    return result


def _run(lab: Lab, code: dict[str, str]) -> dict[str, list[dict]]:
    import nbformat.v4 as v4
    from jupyter_client import AsyncKernelManager
    from nbclient import NotebookClient

    hidden = v4.new_code_cell(f"from snippets import kernel\n\nkernel.prepare({lab.name!r})")
    cells = [v4.new_code_cell(source) for source in code.values()]
    with tempfile.TemporaryDirectory(prefix="lab-") as folder:
        # Sockets in a folder of its own: kernels that start together may pick the same port.
        manager = AsyncKernelManager(
            kernel_name="python3", transport="ipc", connection_file=f"{folder}/kernel.json"
        )
        client = NotebookClient(v4.new_notebook(cells=[hidden, *cells]), km=manager)
        _execute_all(client, lab, code, hidden, cells)
    return {name: _outputs(cell) for name, cell in zip(code, cells)}


def _execute_all(client, lab: Lab, code: dict[str, str], hidden, cells) -> None:
    with client.setup_kernel(cwd=str(ROOT)):
        _die_with_parent(client.km.provisioner.pid)
        _one(client, hidden, 0, "the hidden setup", time.monotonic() + 60, lab)
        deadline = time.monotonic() + lab.limit
        for number, (name, cell) in enumerate(zip(code, cells), start=1):
            which = ", with the answer," if cell.source == lab.answers.get(name) else ""
            _one(client, cell, number, f"cell {name!r}{which}", deadline, lab)


def _one(client, cell, number: int, what: str, deadline: float, lab: Lab) -> None:
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

    where = f"docs/{lab.name}.py: {what}"
    client.timeout = max(math.ceil(deadline - time.monotonic()), 1)
    try:
        client.execute_cell(cell, number, store_history=number > 0)
    except CellTimeoutError:
        raise _FailedError(f"{where} did not end within {lab.limit} s") from None
    except CellExecutionError as error:
        raise _FailedError(f"{where} failed\n{_plain(error.traceback)}") from None
    except DeadKernelError:
        raise _FailedError(f"{where} ended the process") from None
    for output in cell.outputs:
        if output.output_type == "error":  # raised while a figure was published
            raise _FailedError(f"{where} failed\n{_plain(chr(10).join(output.traceback))}")
        if output.get("name") == "stderr":
            raise _FailedError(f"{where} wrote to stderr\n{_plain(output.text)}")
        figure = output.get("data", {}).get(FIGURE)
        if figure and not figure["alt"]:
            raise _FailedError(f"{where}: a figure has no alt text; set fig.alt to what it shows")


def _plain(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", text).replace(f"{ROOT}{os.sep}", "").strip()


def _outputs(cell) -> list[dict]:
    """Reduce the outputs to figures and, between them, what was printed."""
    found = []
    for output in cell.outputs:
        data = output.get("data", {})
        if FIGURE in data:
            found.append({**data[FIGURE], "png": data["image/png"]})
            continue
        text = output.get("text", data.get("text/plain", ""))
        if found and "text" in found[-1]:
            found[-1]["text"] += text
        else:
            found.append({"text": text})
    return found


def _die_with_parent(pid: int) -> None:
    """Kill the kernel and this process when whoever started it is gone."""

    def wait() -> None:
        sys.stdin.read()
        os.kill(pid, signal.SIGKILL)
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


# In the kernel --------------------------------------------------------------------------------


def prepare(salt: str) -> None:
    """Make warnings errors while a cell runs, and publish its figures as the site needs them."""
    from IPython import get_ipython

    shell, numbers = get_ipython(), iter(range(1, 1000))
    shell.run_line_magic("xmode", "Plain")
    caught = []

    def before() -> None:
        caught.append(warnings.catch_warnings())
        caught[-1].__enter__()
        warnings.simplefilter("error")

    def after() -> None:
        try:
            if "matplotlib.pyplot" in sys.modules:
                _publish_figures(salt, numbers)
        finally:
            caught.pop().__exit__(None, None, None)

    shell.events.register("pre_execute", before)
    shell.events.register("post_execute", after)
    before()  # for this very cell, which `after` leaves


def _publish_figures(salt: str, numbers) -> None:
    import base64
    import io

    import matplotlib.pyplot as plt
    from IPython.display import publish_display_data

    from snippets import figures
    from symbreak.plots import COLORS

    for number in plt.get_fignums():
        figure, file = plt.figure(number), io.BytesIO()
        data = figures.publish(figure, salt=f"{salt} {next(numbers)}")
        figure.savefig(file, format="png", dpi=110, facecolor=COLORS["paper"])
        png = base64.b64encode(file.getvalue()).decode()
        publish_display_data({FIGURE: data, "image/png": png, "text/plain": data["alt"]})
    plt.close("all")


def main(name: str) -> None:
    lab = Lab(name)
    result = execute(lab)
    if Lab(name).key() == result.key:
        store(lab, result)


if __name__ == "__main__":
    main(sys.argv[1])
