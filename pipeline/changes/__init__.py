"""What changed between two outputs of yojitsu: documents, facts, revisions, coverage, findings."""

from pipeline.changes.compare import compare
from pipeline.changes.model import Changes
from pipeline.changes.report import write_report
from pipeline.whole import NoTables

__all__ = ["Changes", "NoTables", "compare", "write_report"]
