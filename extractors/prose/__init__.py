"""Figures in running words: sentences, list items, the text of an evaluation cell.

The labels of such a figure are the words before and after it in its clause, then earlier words of its sentence. This room cuts
the words (`trim`), finds their dates (`dates`) and names (`names`), and puts them together (`passage`); what they mean is read by
`labels` and decided by `meaning`.
"""

from extractors.prose.passage import read_prose
from extractors.prose.trim import TOTAL

__all__ = ["TOTAL", "read_prose"]
