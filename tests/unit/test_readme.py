"""The example of the README gives the result it shows."""

import contextlib
import io
import re

from snippets.machine.examples import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_example_gives_the_result_below_it():
    code, shown = re.search(r"```python\n(.*?)```\s*```text\n(.*?)```", README, re.DOTALL).groups()
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(code, "README.md", "exec"), {})
    assert printed.getvalue() == shown
