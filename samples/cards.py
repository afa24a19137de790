"""The card beside each PDF: what it is, what it restates, with what it was made, and the hash of its bytes."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from samples.content import read


def write_card(pdf: Path, name: str) -> None:
    """Writes `<pdf name>.card.toml` from content/cards.toml, with the sha256 of the PDF as it now is."""
    words = read("cards")
    card = {**words["all"], **words[name], "sha256": hashlib.sha256(pdf.read_bytes()).hexdigest()}
    order = ("title", "publisher", "source", "restatement", "made_with", "made_on", "sha256", "licence")
    lines = [f"{key} = {json.dumps(card[key], ensure_ascii=False)}" for key in order]
    pdf.with_name(f"{pdf.name}.card.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
