"""What an analyst imports: the tables, one row an indicator and year over all documents, targets against results, and a number on its page.

A package beside `pipeline`, so that opening the tables loads none of what reads documents.
"""

from yojitsu.compare import compare
from yojitsu.fact import Fact, fact
from yojitsu.panel import panel
from yojitsu.tables import load

__all__ = ["Fact", "compare", "fact", "load", "panel"]
