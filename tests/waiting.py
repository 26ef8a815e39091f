"""What the tests share that wait for other processes."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager

# Seconds. A busy machine needs 20 for a kernel; a test goes on as soon as it can.
PATIENCE = 120


def until(condition, said=lambda: ""):
    """Wait until the condition holds, and return what it returned."""
    end = time.monotonic() + PATIENCE
    while not (found := condition()):
        assert time.monotonic() < end, f"not within {PATIENCE} s: {said()}"
        time.sleep(0.05)
    return found


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@contextmanager
def serving(site):
    """Run `mkdocs serve` on a site, which gets its address `url` and its `log`."""
    address = f"127.0.0.1:{free_port()}"
    site.url, site.log = f"http://{address}/", site.root / "serve.log"
    with site.log.open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "mkdocs", "serve", "-a", address],
            cwd=site.root,
            env=site.environment(),
            stdout=log,
            stderr=log,
            start_new_session=True,  # a group of its own, as in a terminal
        )
    try:
        yield server
    finally:
        server.terminate()
        server.wait(PATIENCE)


def reload_until(site, condition, name=""):
    """Reload a page of a served site until the condition holds, and return the page."""

    def seen():
        try:
            with urllib.request.urlopen(site.url + name, timeout=PATIENCE) as answer:
                page = answer.read().decode()
        except OSError:  # not up yet
            return None
        return page if condition(page) else None

    return until(seen, lambda: site.log.read_text()[-3000:])


def processes(site, *names: str) -> list[str]:
    """Return the numbers of the processes that run one of these modules in the site's folder."""
    done = subprocess.run(["ps", "-eo", "pid,args"], capture_output=True, text=True, check=True)
    lines = [line for line in done.stdout.splitlines() if any(name in line for name in names)]
    return [pid for pid in (line.split()[0] for line in lines) if _folder(pid) == str(site.root)]


def _folder(pid: str) -> str:
    try:
        return os.readlink(f"/proc/{pid}/cwd")
    except OSError:
        return ""
