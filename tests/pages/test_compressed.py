"""Pages go out compressed where the browser reads that, and whole where it does not."""

from __future__ import annotations

import gzip
from collections.abc import Callable

import pytest
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.test import Client, RequestFactory

from archive.middleware import CompressedPagesMiddleware

TEXT = "قال الوزير إن السد اكتمل. " * 40
Answer = Callable[[HttpRequest], HttpResponseBase]


def packed(answer: Answer, accepts: str = "gzip, deflate, br") -> HttpResponseBase:
    request = RequestFactory().get("/", headers={"accept-encoding": accepts})
    response = CompressedPagesMiddleware(answer)(request)
    assert isinstance(response, HttpResponseBase)
    return response


@pytest.mark.parametrize(
    "kind",
    ["text/html; charset=utf-8", "text/csv", "application/json", "application/atom+xml", "image/svg+xml"],
)
def test_words_are_compressed(kind: str) -> None:
    response = packed(lambda _request: HttpResponse(TEXT, content_type=kind))
    assert isinstance(response, HttpResponse)
    assert response.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in response.headers["Vary"]
    assert len(response.content) < len(TEXT.encode()) / 5
    assert gzip.decompress(response.content).decode() == TEXT


@pytest.mark.parametrize("kind", ["application/zip", "application/pdf", "image/png"])
def test_what_is_packed_already_is_left_as_it_is(kind: str) -> None:
    response = packed(lambda _request: HttpResponse(TEXT, content_type=kind))
    assert "Content-Encoding" not in response.headers


def test_who_does_not_read_it_gets_the_page_whole() -> None:
    response = packed(lambda _request: HttpResponse(TEXT), accepts="identity")
    assert isinstance(response, HttpResponse)
    assert response.content.decode() == TEXT


@pytest.mark.django_db
def test_a_stream_is_compressed_as_it_runs_and_ends_as_it_began() -> None:
    ended = []

    class Pieces:
        def __init__(self) -> None:
            self.left = 50

        def __iter__(self) -> Pieces:
            return self

        def __next__(self) -> bytes:
            self.left -= 1
            if self.left < 0:
                raise StopIteration
            return TEXT.encode()

        def close(self) -> None:
            ended.append(self.left)

    response = packed(
        lambda _request: StreamingHttpResponse(Pieces(), content_type="text/csv; charset=utf-8")
    )
    assert isinstance(response, StreamingHttpResponse)
    sent = b"".join(response.streaming_content)  # type: ignore[arg-type]
    response.close()
    assert gzip.decompress(sent).decode() == TEXT * 50
    assert len(ended) == 1


@pytest.mark.django_db
def test_a_page_of_the_archive_comes_compressed(reader: Client) -> None:
    whole = reader.get("/help/").content
    response = reader.get("/help/", headers={"accept-encoding": "gzip"})
    assert gzip.decompress(response.content) == whole
    assert len(response.content) < len(whole) / 2
