"""The review page: a folder that opens from disk in a browser and shows every published number where it stands in its document."""

from __future__ import annotations

from pipeline.review.write import FOLDERS, check_review, review

__all__ = ["FOLDERS", "check_review", "review"]
