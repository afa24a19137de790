"""A document's pages in, facts out. Knows no file, no parquet and no other document."""

from extractors.extract import explain, extract

__all__ = ["explain", "extract"]
