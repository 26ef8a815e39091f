"""Skip the folder where a package is missing; say at the end how far apart the results were."""

import pytest
import results

from oracles.compare import LARGEST, shown

REASON = "`make oracles` installs what these tests need, and runs them"


def pytest_pycollect_makemodule():
    for package in ("torch", "mpmath", "sklearn"):
        pytest.importorskip(package, reason=REASON)


def pytest_terminal_summary(terminalreporter, exitstatus, config):
    if not LARGEST:
        return
    terminalreporter.section("largest deviations from other implementations")
    width = max(map(len, LARGEST))
    terminalreporter.write_line(f"{'compared':{width}}  number  tolerance  largest")
    for what, (number, tolerance, largest) in sorted(LARGEST.items()):
        line = f"{what:{width}}  {number:6d}    {tolerance:.0e}    {largest:.1e}"
        terminalreporter.write_line(line)
    results.write_whole("checked/oracles", shown, config, exitstatus)
