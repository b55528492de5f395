"""What a reading process sends is what it read."""

from __future__ import annotations

import io
import pickle
from multiprocessing.reduction import ForkingPickler
from pathlib import Path

from archive.ingest.passing import pass_by_fields
from archive.ingest.readers import ReadTask, read_messages
from archive.ingest.reading import ReadOptions, load_knowledge
from tests.conftest import REPOSITORY


def test_readings_arrive_as_they_were_sent() -> None:
    pass_by_fields()
    knowledge = load_knowledge()
    for path in sorted(Path(REPOSITORY / "sample" / "raw").rglob("*.*")):
        sent = list(read_messages(ReadTask(path, path.name), ReadOptions(), knowledge))
        packed = bytes(ForkingPickler.dumps(sent))
        assert pickle.load(io.BytesIO(packed)) == sent
