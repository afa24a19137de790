"""A yearly plan as a web page printed by a browser: lists of goals in the text, and a table with merged categories and two header rows."""

from __future__ import annotations

import html
import tempfile
from pathlib import Path
from typing import Any

from samples.content import read
from samples.ledger import Ledger
from samples.producers import chromium

STYLE = """
@page { size: A4; margin: 20mm 22mm; @bottom-center { content: counter(page); font-family: 'IPAexMincho'; font-size: 9pt; } }
@page wide { size: A4 landscape; margin: 12mm; }
body { font-family: 'IPAexMincho', serif; font-size: 10.5pt; line-height: 1.6; margin: 0; }
h1, h2, h3, h4, th { font-family: 'IPAexGothic'; font-weight: normal; }
h1 { font-size: 16pt; text-align: center; margin: 10mm 0 4mm; }
h2 { font-size: 12pt; border-bottom: 1px solid #555; margin: 6mm 0 2mm; break-after: avoid; }
h3, h4 { font-size: 10.5pt; margin: 3mm 0 1mm; break-after: avoid; }
p { margin: 1mm 0; text-indent: 1em; break-inside: avoid; }
.centre { text-align: center; text-indent: 0; }
.small { font-size: 8.5pt; margin-left: 2em; text-indent: -1em; padding-left: 1em; }
.item { margin-left: 1em; text-indent: 0; break-after: avoid; }
.body { margin-left: 3em; text-indent: 0; }
.goal { margin-left: 2em; padding-left: 1em; text-indent: -1em; }
.goals { margin: 1mm 0 4mm; break-inside: avoid; }
.wide { page: wide; break-before: page; font-size: 8.5pt; line-height: 1.35; }
table { border-collapse: collapse; width: 100%; }
th, td { border: 1px solid #222; padding: 1mm; font-weight: normal; }
th { background: #e8e8e8; }
td.figure { text-align: right; white-space: nowrap; }
tr { break-inside: avoid; }
"""
TAGS = {"!": "h1", "#": "h2", "##": "h3", "###": "h4"}
CLASSES = {"p": "", "=": "centre", "small": "small", "a": "item", "b": "body", "g": "goal"}


def build(ledger: Ledger, target: Path) -> None:
    """Writes the PDF. Raises LedgerError, ProducerError."""
    words = read("plan_web")
    body = "\n".join([*_prose(ledger, words["lines"]), _table(ledger, words)])
    head = f'<meta charset="utf-8"><title>{html.escape(words["title"])}</title><style>{STYLE}</style>'
    page = f'<!DOCTYPE html><html lang="ja"><head>{head}</head><body>{body}</body></html>'
    with tempfile.TemporaryDirectory() as room:
        source = Path(room) / "plan.html"
        source.write_text(page, encoding="utf-8")
        chromium(source, target)


def _prose(ledger: Ledger, lines: list[str]) -> list[str]:
    """The lines of content/plan_web.toml: a mark, a blank, the text. Goals that follow one another stand in one box."""
    out, boxed = [], False
    for line in lines:
        mark, text = line.split(" ", 1)
        if (mark == "g") != boxed:
            boxed = mark == "g"
            out.append('<div class="goals">' if boxed else "</div>")
        shown = _fill(ledger, ("○" if boxed else "") + text)
        out.append(f"<{TAGS[mark]}>{shown}</{TAGS[mark]}>" if mark in TAGS else f'<p class="{CLASSES[mark]}">{shown}</p>')
    return out + (["</div>"] if boxed else [])


def _fill(ledger: Ledger, text: str) -> str:
    return "<br>".join(html.escape(ledger.fill(line)) for line in text.split("|"))


def _table(ledger: Ledger, words: dict[str, Any]) -> str:
    """The table of all goals on a page across: a category cell covers the rows that leave theirs empty."""
    title = _fill(ledger, words["table_title"])
    years = "".join(f"<th>{_fill(ledger, year)}</th>" for year in words["years"])
    head = (
        '<tr><th rowspan="2" width="11%">連携項目</th><th colspan="2">目　標</th><th colspan="5">実　績</th>'
        '<th rowspan="2" width="11%">目標値<br>令和6年度</th></tr>'
        f'<tr><th width="24%">項　目</th><th width="18%">説　明</th>{years}</tr>'
    )
    rows = words["rows"]
    body = "".join(_row(ledger, rows, at) for at in range(len(rows)))
    note = _fill(ledger, words["note"])
    return f'<div class="wide"><h2>{title}</h2><table><thead>{head}</thead><tbody>{body}</tbody></table><p>{note}</p></div>'


def _row(ledger: Ledger, rows: list[list[str]], at: int) -> str:
    category, name, remark, *figures = rows[at]
    reach = next((n for n in range(1, len(rows) - at) if rows[at + n][0]), len(rows) - at)
    first = f'<td rowspan="{reach}">{_fill(ledger, category)}</td>' if category else ""
    lead = "".join(f"<td>{_fill(ledger, text)}</td>" for text in (name, remark))
    return f"<tr>{first}{lead}" + "".join(f'<td class="figure">{_fill(ledger, text)}</td>' for text in figures) + "</tr>"
