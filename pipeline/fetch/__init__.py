"""Fetching: what `data/sources.toml` lists comes into the folder of documents, each file with its card, and nothing that is there is lost."""

from __future__ import annotations

from pipeline.fetch.origins import BadSources, Origin, load
from pipeline.fetch.outcome import Fetched, Status
from pipeline.fetch.settings import Settings
from pipeline.fetch.visit import Busy, refresh

__all__ = ["BadSources", "Busy", "Fetched", "Origin", "Settings", "Status", "load", "refresh"]
