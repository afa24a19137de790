"""Bytes to Document: the one place that knows which reader reads which media."""

from __future__ import annotations

import hashlib
import pickle
import zlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

from extractors.vocabulary import Document
from pipeline.media import MARKDOWN, PDF, TEXT, called, media_type, misnamed
from pipeline.read.errors import Unreadable

if TYPE_CHECKING:
    from pipeline.read.pdf import Pdf

# A file that claims more than any printed report has is not given time for them.
PAGES_AT_MOST = 5000


def document_id(data: bytes) -> str:
    """The id of a document: from its bytes alone."""
    return "d_" + hashlib.sha256(data).hexdigest()[:16]


def read(data: bytes, name: str = "") -> Document:
    """The document in a file's bytes. `name` is the file's: only a `.pdf` that holds no PDF is judged by it.

    Raises Unreadable with a sentence for a person where the bytes hold no document that can be read.
    """
    media = media_type(data)
    if not data:
        raise Unreadable("ファイルが空です (0 バイト)。元のファイルを確かめてください。")
    if media is None:
        raise Unreadable("ファイルに空白しかありません。元のファイルを確かめてください。")
    if media == PDF:
        return _pdf(data)
    if misnamed(name, data):
        raise Unreadable(f"拡張子は .pdf ですが、中身は PDF ではありません ({'テキスト' if media == TEXT else called(media)})。")
    if media != TEXT:
        raise Unreadable(f"この形式は読めません: {called(media)}。PDF またはテキストで保存してください。")
    return _text(data)


def read_pages(data: bytes, first: int, last: int | None) -> bytes:
    """The pages of a PDF from `first` to before `last` (0-based; None: to the end) for `read_joined`, packed. Raises Unreadable as `read` does."""
    from pipeline.read.pdf import read_some

    part = read_some(data, first, last)
    return zlib.compress(pickle.dumps((document_id(data), part), pickle.HIGHEST_PROTOCOL), 1)


def read_joined(data: bytes, parts: Sequence[bytes]) -> Document:
    """What `read` gives, from all pages of a PDF as `read_pages` packed them, in order. Parts that do not fit together, or these bytes, are not used."""
    from pipeline.read.pdf import joined

    own = document_id(data)
    found = [pickle.loads(zlib.decompress(part)) for part in parts]
    pdf = joined([part for _, part in found], data) if all(name == own for name, _ in found) else None
    return _pdf(data, pdf)


def _pdf(data: bytes, pdf: Pdf | None = None) -> Document:
    # Imported here: a folder of text files needs no PDF library.
    from pipeline.read.legible import OCR_HELPS
    from pipeline.read.pdf import read_pdf

    pdf = pdf or read_pdf(data)
    bad = [page.unreadable for page in pdf.pages if page.unreadable]
    lost = [reason for reason in bad if reason not in OCR_HELPS]
    if lost and len(lost) == len(bad) and not any(page.glyphs and not page.unreadable for page in pdf.pages):
        # No text recognition brings back what is broken.
        raise Unreadable(lost[0])
    return Document(document_id(data), pdf.pages, PDF, paged=True, title=pdf.title, metadata=pdf.metadata)


def _text(data: bytes) -> Document:
    from pipeline.read.text import is_markdown, read_text

    pages = read_text(data)
    return Document(document_id(data), pages, MARKDOWN if is_markdown(pages) else TEXT, paged=False)


def pages_at_most(data: bytes) -> int:
    """How many pages a PDF claims to have, by a quick look; 0 where that cannot be told. A file may claim more than it has."""
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(data) as pdf:
            return min(len(pdf), PAGES_AT_MOST)
    except pypdfium2.PdfiumError:
        # Broken or locked: the reader says so.
        return 0
