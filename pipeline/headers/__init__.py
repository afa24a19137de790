"""What the headers of two editions of a plan have in common, and whether next year's numbers will be read as this year's were."""

from pipeline.headers.compare import Comparison, compare
from pipeline.headers.edition import edition_of
from pipeline.headers.render import rendered

__all__ = ["Comparison", "compare", "edition_of", "rendered"]
