"""How much a browser may send: kept on the disk while it comes, and no more of it than is allowed."""

from __future__ import annotations

from typing import Any, Final

from django.core.files.uploadhandler import StopUpload, TemporaryFileUploadHandler

MOST_BYTES: Final = 32 << 20
"""Of one form. A reader of pages waits beside whoever sends this; more comes in by `manage.py ingest`."""
MOST_FILES: Final = 50
"""Of one form; a folder of more is sent as one zip file. Django itself refuses more than 100."""


class BoundedUpload(TemporaryFileUploadHandler):
    """Writes files to the disk, and reads the rest away once there are too many or too large ones, so that
    the browser can be told. `refused` says whether that happened."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.refused = False
        self._files = self._bytes = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        self._files += 1
        if self._files > MOST_FILES:
            self._refuse()
        super().new_file(*args, **kwargs)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self._bytes += len(raw_data)
        if self._bytes > MOST_BYTES:
            self._refuse()
        super().receive_data_chunk(raw_data, start)

    def _refuse(self) -> None:
        self.refused = True
        raise StopUpload(connection_reset=False)
