"""Programs that run beside each other, and end when we do."""

import subprocess
import threading

from .console import Failure

_running: set[subprocess.Popen] = set()
_lock = threading.Lock()
_closed = False
PATIENCE_SECONDS = 15


def run(command, **options) -> subprocess.CompletedProcess:
    """Run a program to its end and return its output, errors mixed in."""
    with _lock:
        if _closed:
            raise Failure("stopped")
        process = subprocess.Popen(
            [str(word) for word in command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            **options,
        )
        _running.add(process)
    try:
        output, _ = process.communicate()
    finally:
        with _lock:
            _running.discard(process)
    return subprocess.CompletedProcess(command, process.returncode, output)


def end_all() -> None:
    """End what still runs; nothing can be started any more."""
    global _closed
    with _lock:
        _closed = True
        left = list(_running)
    for process in left:
        process.terminate()
    for process in left:
        try:
            process.wait(PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
