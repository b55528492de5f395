"""Spoiled files of every format end no ingest, are all accounted for, and leave the archive whole."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from archive.models import Article
from benchmarks.mutations import Verdict, account, sound_files, spoiled, write_out
from tests.conftest import REPOSITORY
from tests.ingest.conftest import Ingest
from tests.ingest.test_run import differences


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_spoiled_files_end_no_ingest(ingest: Ingest, inbox: Path, seed: int) -> None:
    """A hundred each; `python -m benchmarks.mutations` takes ten thousand."""
    seeds = sound_files([REPOSITORY / "sample" / "raw"])
    write_out(list(spoiled(seeds, 100, random.Random(seed))), inbox)
    called = ingest(inbox)
    assert called.code == 0
    verdict = Verdict()
    account([json.dumps(line) for line in called.report], 100, verdict)
    assert verdict.faults == []
    assert verdict.outcomes["new"] > 20
    assert Article.objects.count() > 20
    assert differences() == []
