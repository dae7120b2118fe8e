"""What the user sees: steps, failures in one line, and logs of what ran."""

import os
import shlex
import shutil
import signal
import subprocess
import sys
import time
from contextlib import contextmanager

from . import paths

LOW_DISK_BYTES = 4 * 1024**3
FULL_DISK_WORDS = ("No space left on device", "Disk quota exceeded")
NO_NETWORK_WORDS = (
    "Temporary failure resolving",
    "Temporary failure in name resolution",
    "Could not resolve",
    "Name or service not known",
    "Network is unreachable",
    "Failed to establish a new connection",
    "Could not connect to",
    "EAI_AGAIN",
    "ENOTFOUND",
)


class Failure(Exception):
    """Something the user has to know, in one line: what failed, what to do."""


class CommandFailed(Failure):
    """A program that ended badly; its output is in the named log."""


def say(text: str = "") -> None:
    print(text, flush=True)


class Steps:
    """Numbered steps with the time each took: ``[2/6] Odoo 19 … done (12 s)``."""

    def __init__(self, total: int):
        self.total = total
        self.number = 0

    @contextmanager
    def step(self, title: str):
        """Run one step; the body may call the yielded function for a note."""
        self.number += 1
        note = []
        print(f"[{self.number}/{self.total}] {title} … ", end="", flush=True)
        started = time.monotonic()
        try:
            yield note.append
        except BaseException:
            print("failed", flush=True)
            raise
        seconds = time.monotonic() - started
        text = note[-1] if note else f"done ({seconds:.0f} s)"
        print(text, flush=True)


def explain(output: str) -> str:
    """Return the likely reason for a failure in a program's output."""
    if any(words in output for words in FULL_DISK_WORDS):
        return "the disk is full: free some space and repeat"
    if any(words in output for words in NO_NETWORK_WORDS):
        return "no network: check the connection and repeat"
    if "Release file" in output and "is expired" in output:
        return "the package mirror is out of date, or this machine's clock is wrong"
    return "see the log, then repeat the command"


def check_disk_space(needed: int = LOW_DISK_BYTES) -> None:
    """Refuse to begin a download that would fill the disk."""
    free = shutil.disk_usage(paths.ROOT).free
    if free < needed:
        raise Failure(
            f"Only {free / 1024**3:.1f} GB free in {paths.ROOT}, "
            f"{needed / 1024**3:.0f} GB are needed: free some space and repeat."
        )


def run_logged(command, log_name: str, title: str, **options) -> str:
    """Run a program, its output going to ``.local/log/<log_name>.log``.

    Returns the output; raises :class:`CommandFailed` with one clear line.
    """
    paths.LOG.mkdir(parents=True, exist_ok=True)
    log = paths.LOG / f"{log_name}.log"
    with log.open("ab+") as stream:
        begin = stream.seek(0, os.SEEK_END)
        stream.write(f"$ {shlex.join(map(str, command))}\n".encode())
        stream.flush()
        try:
            code = subprocess.run(
                [str(word) for word in command],
                stdin=subprocess.DEVNULL,
                stdout=stream,
                stderr=subprocess.STDOUT,
                **options,
            ).returncode
        except OSError as error:
            raise CommandFailed(f"{title} failed: {error}.") from error
        stream.seek(begin)
        output = stream.read().decode(errors="replace")
    if code:
        raise CommandFailed(f"{title} failed (log: {log}): {explain(output)}.")
    return output


def main(function) -> None:
    """Run a script's main function: failures are one line, never a traceback."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop)
    try:
        sys.exit(function(sys.argv[1:]))
    except Failure as failure:
        sys.exit(f"error: {failure}")
    except KeyboardInterrupt:
        sys.exit(130)
    except PermissionError as error:
        sys.exit(
            f"error: no right to write {error.filename}: this checkout was used by "
            "another user. Run as that user, or delete .local and repeat."
        )
    except OSError as error:
        if error.errno == 28:
            sys.exit("error: the disk is full: free some space and repeat.")
        raise


def _stop(number, _frame):
    raise SystemExit(128 + number)
