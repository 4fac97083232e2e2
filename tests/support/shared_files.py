"""Files that are expensive to make, made once for all processes of a test run."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

from filelock import FileLock


def run_folder(worker_folder: Path) -> Path:
    """Return the folder that all processes of this run have in common.

    ``worker_folder`` is ``tmp_path_factory.getbasetemp()``; under pytest-xdist each worker has one of its own in it.
    """
    return worker_folder.parent if "PYTEST_XDIST_WORKER" in os.environ else worker_folder


def build_once(parent: Path, name: str, build: Callable[[Path], None]) -> Path:
    """Return the folder ``name`` in ``parent``, filled by the first process that asks for it; the others wait.

    A build that raised leaves nothing behind, so that the next process repeats it and reports the same error.
    """
    folder = parent / name
    with FileLock(parent / f"{name}.lock"):
        if not folder.exists():
            unfinished = parent / f"{name}.unfinished"
            shutil.rmtree(unfinished, ignore_errors=True)
            unfinished.mkdir()
            build(unfinished)
            unfinished.rename(folder)
    return folder
