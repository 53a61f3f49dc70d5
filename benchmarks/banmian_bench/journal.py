"""Replies on disk as they come, so that an interrupted run goes on where it stopped.

A journal is a predictions file in the making, beside the finished one; when the last text is
answered it is renamed. What is left of one is taken up again only under the same header: system,
version, fingerprint and signature.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from banmian.errors import DataFault
from banmian.records import decode_line, encode_line
from banmian_bench.predictions import reply_from, reply_line
from banmian_bench.protocol import Reply, Request


@dataclass(frozen=True, slots=True)
class Journal:
    """The journal of the predictions file at ``predictions``, under ``header``."""

    predictions: Path
    header: Mapping[str, Any]

    @property
    def path(self) -> Path:
        """Where it lies while the run goes on."""
        return self.predictions.with_name(f".{self.predictions.name}.journal")

    def answered(self, requests: Sequence[Request]) -> int:
        """How many of ``requests``, from the first, an interrupted run has answered.

        What stands behind them in the journal (a half-written line, most often) is cut off. A
        journal of another header, or none, has answered none.
        """
        if not self.path.is_file():
            return 0
        count = end = 0
        with self.path.open("rb") as file:
            if file.readline() != encode_line(self.header).encode("utf-8"):
                return 0
            end = file.tell()
            for request, line in zip(requests, file, strict=False):
                if not _answers(line, request):
                    break
                count += 1
                end += len(line)
        with self.path.open("r+b") as file:
            file.truncate(end)
        return count

    def write(self, replies: Iterable[Reply], *, after: int = 0) -> None:
        """Write each reply as it comes, ``after`` those that stand there; then rename."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("a" if after else "w", encoding="utf-8", newline="\n") as file:
            if not after:
                file.write(encode_line(self.header))
            for reply in replies:
                file.write(reply_line(reply))
                file.flush()
        self.path.replace(self.predictions)


def _answers(line: bytes, request: Request) -> bool:
    try:
        reply = reply_from(decode_line(line.decode("utf-8")))
    except (DataFault, UnicodeDecodeError):
        return False
    whole = line.endswith(b"\n")
    return whole and (reply.id, reply.text_sha256) == (request.id, request.text_sha256)
