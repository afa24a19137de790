"""What a file's bytes are, whatever its name says."""

from __future__ import annotations

import re
from pathlib import PurePath

PDF = "application/pdf"
TEXT = "text/plain"
MARKDOWN = "text/markdown"

# PDF readers look for the mark in the first kilobyte: mail gateways and old producers put bytes before it.
PDF_MARK_WITHIN = 1024
# At the start or after a control character (a line break, binary bytes): a text that talks of "%PDF-1.7" is a text.
PDF_MARK = re.compile(rb"(?<![^\x00-\x1f])%PDF-\d")

# First bytes -> (media type, what a person calls it). They are known in order to say what they are: nothing reads them yet.
MARKS: tuple[tuple[bytes, str, str], ...] = (
    (b"PK\x03\x04", "application/zip", "Office 文書 (docx, xlsx, pptx) または ZIP"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage", "旧形式の Office 文書 (doc, xls, ppt)"),
    (b"\x89PNG\r\n\x1a\n", "image/png", "画像 (PNG)"),
    (b"\xff\xd8\xff", "image/jpeg", "画像 (JPEG)"),
    (b"GIF8", "image/gif", "画像 (GIF)"),
    (b"II*\x00", "image/tiff", "画像 (TIFF)"),
    (b"MM\x00*", "image/tiff", "画像 (TIFF)"),
    (b"%!PS", "application/postscript", "PostScript"),
    (b"{\\rtf", "application/rtf", "リッチテキスト (RTF)"),
    (b"\x1f\x8b", "application/gzip", "圧縮ファイル (gzip)"),
    (b"<!doctype html", "text/html", "HTML"),
    (b"<html", "text/html", "HTML"),
    (b"PAR1", "application/vnd.apache.parquet", "Parquet"),
)


def media_type(data: bytes) -> str | None:
    """The media type of a file's bytes: PDF, one of MARKS, TEXT for anything that may be text, None for no bytes or blanks alone.

    Markdown is told from plain text only once it is read: see `pipeline.read.read`.
    """
    if PDF_MARK.search(data[:PDF_MARK_WITHIN]):
        return PDF
    start = data[:64].removeprefix(b"\xef\xbb\xbf").lstrip()
    for mark, kind, _ in MARKS:
        if data.startswith(mark) or (kind == "text/html" and start.lower().startswith(mark)):
            return kind
    return TEXT if data.strip(b"\x00 \t\r\n\f\xef\xbb\xbf\xfe\xff") else None


def called(media: str) -> str:
    """What a person calls a media type of MARKS; the type itself for any other."""
    return next((name for _, kind, name in MARKS if kind == media), media)


def misnamed(name: str, data: bytes) -> bool:
    """Whether a file is called `.pdf` and holds no PDF. `data` are its bytes, or the first PDF_MARK_WITHIN of them."""
    return called_pdf(name) and media_type(data) != PDF


def called_pdf(name: str) -> bool:
    """Whether a file's name says that it is a PDF."""
    return PurePath(name).suffix.lower() == ".pdf"
