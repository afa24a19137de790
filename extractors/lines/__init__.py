"""Context from running lines: records under a header line, list items under a band, sentences."""

from extractors.lines.read import read_stretch

__all__ = ["read_stretch"]
