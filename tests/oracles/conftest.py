"""After the tests, print what was compared and how far apart it was."""

from oracles.compare import LARGEST


def pytest_terminal_summary(terminalreporter):
    if not LARGEST:
        return
    terminalreporter.section("largest deviations from other implementations")
    width = max(map(len, LARGEST))
    terminalreporter.write_line(f"{'compared':{width}}  number  tolerance  largest")
    for what, (number, tolerance, largest) in sorted(LARGEST.items()):
        line = f"{what:{width}}  {number:6d}    {tolerance:.0e}    {largest:.1e}"
        terminalreporter.write_line(line)
