"""A one-line progress bar on stderr, for people who wait at a terminal."""

import sys
import time


class Progress:
    """Draw a progress bar once a loop has lasted a second; silent unless stderr is a terminal."""

    def __init__(self, total: int):
        self.total = total
        self.live = sys.stderr is not None and sys.stderr.isatty()
        self.due = time.monotonic() + 1
        self.width = 0

    def __enter__(self):
        """Start."""
        return self

    def __call__(self, iteration: int):
        """Draw the bar, at most ten times a second."""
        if self.live and time.monotonic() > self.due:
            done = iteration / max(self.total, 1)
            bar = "#" * int(30 * done)
            line = f"[{bar:30}] {done:4.0%}  iteration {iteration} of {self.total}"
            print(f"\r{line}", end="", file=sys.stderr, flush=True)
            self.width = len(line)
            self.due = time.monotonic() + 0.1

    def __exit__(self, *error):
        """Wipe the line."""
        if self.width:
            print(f"\r{' ' * self.width}\r", end="", file=sys.stderr, flush=True)
