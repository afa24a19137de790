"""Fetching: what `data/sources.toml` lists comes into the folder of documents, each file with its card, and nothing that is there is lost."""

from __future__ import annotations

from pipeline.fetch.addresses import shown
from pipeline.fetch.origins import BadSources, Origin, load
from pipeline.fetch.outcome import NOT_FETCHED, Fetched, Status
from pipeline.fetch.settings import Settings
from pipeline.fetch.visit import Busy, refresh

__all__ = ["NOT_FETCHED", "BadSources", "Busy", "Fetched", "Origin", "Settings", "Status", "load", "refresh", "shown"]
