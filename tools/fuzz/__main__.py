"""Search for files that make geo fail otherwise than with a message of one line.

Usage: python -m tools.fuzz [TARGET ...] [--seconds N] [--seed N] [--engine atheris|plain]

Each target, such as ``table.xlsx``, starts from sound files and from those of ``tests/corpus/TARGET/``, which once made
geo fail. With atheris installed, files that reach new code are damaged further, and are kept in ``.fuzz/corpus/``;
without it files are damaged at random. What is found is written to ``.fuzz/found/``. Exits with 1 if anything is.
"""

import argparse
import hashlib
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path

from .seeds import SEEDS, seeds

ROOT = Path(__file__).parents[2]
KEPT = ROOT / "tests/corpus"
WORK = ROOT / ".fuzz"


def parse() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="tools.fuzz", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=f"some of {', '.join(SEEDS)}; all by default")
    parser.add_argument("--seconds", type=int, default=600, help="for all targets together [600]")
    parser.add_argument("--seed", type=int, default=int(time.time()), help="for the same search again [the time]")
    parser.add_argument(
        "--engine", choices=["atheris", "plain"], default="atheris" if find_spec("atheris") else "plain"
    )
    asked = parser.parse_args()
    if unknown := sorted(set(asked.targets) - set(SEEDS)):
        parser.error(f"no target {', '.join(unknown)}; there are {', '.join(SEEDS)}")
    return asked


def corpus_of(name: str) -> Path:
    """Return the folder of files that a search starts from: its seeds, those kept, and those learnt before."""
    folder = WORK / "corpus" / name
    folder.mkdir(parents=True, exist_ok=True)
    kept = [path.read_bytes() for path in sorted((KEPT / name).glob("*"))]
    for data in (*seeds(name), *kept):
        (folder / hashlib.sha1(data, usedforsecurity=False).hexdigest()).write_bytes(data)
    return folder


def search(name: str, seconds: float, asked: argparse.Namespace) -> int:
    """Search one target for some time; return how many files ended the process that read them."""
    found = WORK / "found"
    found.mkdir(parents=True, exist_ok=True)
    corpus = corpus_of(name)
    until = time.monotonic() + seconds
    crashes = 0
    while (left := until - time.monotonic()) > 1:
        command = [
            sys.executable, "-m", "tools.fuzz.child", name, "--engine", asked.engine, "--seconds", str(int(left)),
            "--seed", str(asked.seed + crashes), "--found", str(found), "--corpus", str(corpus),
        ]  # fmt: skip
        ended = subprocess.run(command, cwd=ROOT, check=False).returncode
        current = found / f"{name}.current"
        if ended == 0:
            current.unlink(missing_ok=True)
            break
        crashes += 1
        if current.exists():
            saved = current.rename(found / f"{name}-crash-{hashlib.sha256(current.read_bytes()).hexdigest()[:8]}")
            print(f"FOUND {saved}: the process ended with {ended}", flush=True)
        elif crashes > 3:
            break
    return crashes


def main() -> None:
    """Search all targets in turn."""
    asked = parse()
    names = asked.targets or list(SEEDS)
    print(f"{len(names)} targets, {asked.seconds} s, engine {asked.engine}, --seed {asked.seed}", flush=True)
    before = set((WORK / "found").glob("*"))
    for name in names:
        search(name, asked.seconds / len(names), asked)
    new = sorted(set((WORK / "found").glob("*")) - before)
    print(f"found {len([path for path in new if path.suffix != '.txt'])} in {WORK / 'found'}")
    sys.exit(1 if new else 0)


if __name__ == "__main__":
    main()
