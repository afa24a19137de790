"""What each label hints at, read alone: role, year, unit, comparator, and what is left as a name."""

from extractors.labels.hints import Hint, Role, read_label

__all__ = ["Hint", "Role", "read_label"]
