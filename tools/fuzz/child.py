"""Damage the files of one target until the time is over; runs in a process of its own, which a crash may end."""

import argparse
import faulthandler
import hashlib
import os
import random
import resource
import sys
import time
import traceback
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from typing import Any

from .mutate import mutate

#: Seconds that a file may take, and megabytes by which one may raise the memory of the process.
SECONDS = 30
MEGABYTES = 400
#: Whose lines and branches tell whether a file reaches new code.
LEARNED = ["geo", "openpyxl"]


class Session:
    """Runs files through a target and stores those that uncover faults, one for each place in the code."""

    def __init__(self, name: str, found: Path) -> None:
        self.name, self.found, self.runs = name, found, 0
        self._check = import_module("tools.fuzz.targets").check
        self._known: set[str] = set()
        self._current = found / f"{name}.current"
        self._memory = 0

    def run(self, data: bytes) -> None:
        """Run one file; what it uncovers is printed and stored."""
        self.runs += 1
        self._current.write_bytes(data)
        faulthandler.dump_traceback_later(SECONDS, exit=True)
        try:
            self._check(self.name, data)
        except BaseException as error:  # also KeyboardInterrupt and SystemExit are no way to refuse a file
            if isinstance(error, KeyboardInterrupt):
                raise
            self._store(data, error)
        finally:
            faulthandler.cancel_dump_traceback_later()
        used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
        if self._memory and used > self._memory + MEGABYTES:
            self._store(data, MemoryError(f"from {self._memory} to {used} MB"))
        self._memory = used

    def _store(self, data: bytes, error: BaseException) -> None:
        frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "/geo/" in frame.filename]
        place = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else ""
        key = f"{type(error).__name__} {place}"
        if key in self._known:
            return
        self._known.add(key)
        path = self.found / f"{self.name}-{hashlib.sha256(data).hexdigest()[:8]}"
        path.write_bytes(data)
        print(f"FOUND {path}: {key}: {str(error)[:300]!r}", flush=True)
        path.with_name(f"{path.name}.txt").write_text("".join(traceback.format_exception(error)))

    def close(self) -> None:
        """Say how many files were run."""
        self._current.unlink(missing_ok=True)
        print(f"{self.name}: {self.runs} files", flush=True)


def plain(session: Session, start: Iterable[bytes], until: float, seed: int) -> None:
    """Damage the files of a corpus without learning."""
    rng = random.Random(seed)
    files = list(start)
    for data in files:
        session.run(data)
    while time.monotonic() < until:
        session.run(mutate(rng.choice(files), rng))


def learning(name: str, found: Path, start: Path, seconds: int, seed: int) -> None:
    """Let atheris choose what to damage: what reached new code joins the corpus in the folder ``start``."""
    import atheris

    # The modules of geo import each other when they are used, so that the hook stays.
    atheris.instrument_imports(include=LEARNED, enable_loader_override=False).__enter__()
    session = Session(name, found)
    rng = random.Random(seed)

    def change(data: bytes, size: int, _seed: int) -> Any:
        rng.seed(_seed)
        return mutate(data, rng)[:size] if rng.random() < 0.8 else atheris.Mutate(data, size)

    arguments = [
        "fuzz", f"-max_total_time={seconds}", f"-seed={seed}", f"-timeout={SECONDS}", "-rss_limit_mb=4000",
        f"-max_len={1 << 18}", f"-artifact_prefix={found / name}-", "-print_final_stats=1", "-verbosity=0", str(start),
    ]  # fmt: skip
    atheris.Setup(arguments, session.run, custom_mutator=change)
    atheris.Fuzz()


def main() -> None:
    """Fuzz one target; called by ``python -m tools.fuzz``."""
    parser = argparse.ArgumentParser()
    parser.add_argument("name")
    parser.add_argument("--engine", choices=["atheris", "plain"])
    parser.add_argument("--seconds", type=int)
    parser.add_argument("--seed", type=int)
    parser.add_argument("--found", type=Path)
    parser.add_argument("--corpus", type=Path)
    asked = parser.parse_args()
    os.fsync = lambda _file: None  # a disk is no part of the search
    sys.setrecursionlimit(1000)
    if asked.engine == "atheris":
        learning(asked.name, asked.found, asked.corpus, asked.seconds, asked.seed)
    until = time.monotonic() + asked.seconds
    session = Session(asked.name, asked.found)
    files = [path.read_bytes() for path in sorted(asked.corpus.iterdir())]
    plain(session, files, until, asked.seed)
    session.close()


if __name__ == "__main__":
    main()
