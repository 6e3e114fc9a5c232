"""An answer as a record of a WARC file (ISO 28500): the same answer at the same moment gives the same bytes."""

from __future__ import annotations

import io
import uuid

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from clippings.fetching._asking import Answer

_CHUNKED = "transfer-encoding"


class _AsSent(StatusAndHeaders):  # type: ignore[misc]
    """A head whose bytes are those that were sent; warcio would rewrite letters beyond ASCII."""

    def compute_headers_buffer(self, _: object = None) -> None:
        lines = [f"{self.protocol} {self.statusline}", *(f"{name}: {value}" for name, value in self.headers), "", ""]
        self.headers_buff = "\r\n".join(lines).encode("latin-1")


def record(answer: Answer, date: str) -> bytes:
    """Return the record of an answer, packed by itself, so that records can be put one behind the other.

    Head and body stand as they were sent; chunks are joined, and the header that speaks of them is renamed.

    Args:
        answer: of the server.
        date: the moment it was received, such as ``2031-11-02T12:00:00Z``.
    """
    headers = [(f"X-Archive-Orig-{k}" if k.lower() == _CHUNKED else k, v) for k, v in answer.headers]
    head = _AsSent(f"{answer.status} {answer.phrase}", headers, protocol=answer.protocol)
    named = uuid.uuid5(uuid.NAMESPACE_URL, f"{answer.url} {date}")
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True, warc_version="WARC/1.1")
    writer.write_record(
        writer.create_warc_record(
            answer.url,
            "response",
            payload=io.BytesIO(answer.sent),
            length=len(answer.sent),
            http_headers=head,
            warc_headers_dict={"WARC-Record-ID": f"<urn:uuid:{named}>", "WARC-Date": date},
        )
    )
    return out.getvalue()
