"""What a reading process sends is what it read."""

from __future__ import annotations

import io
import pickle
from hashlib import sha256
from multiprocessing.reduction import ForkingPickler
from pathlib import Path

from archive.ingest.readers import ReadTask, read_messages
from archive.ingest.reading import ReadOptions, load_knowledge
from tests.conftest import REPOSITORY


def test_drafts_arrive_as_they_were_sent() -> None:
    knowledge = load_knowledge()
    for path in sorted(Path(REPOSITORY / "sample" / "raw").rglob("*.*")):
        task = ReadTask(path, path.name, sha256(path.read_bytes()).hexdigest())
        sent = list(read_messages(task, ReadOptions(), knowledge))
        packed = bytes(ForkingPickler.dumps(sent))
        assert pickle.load(io.BytesIO(packed)) == sent
