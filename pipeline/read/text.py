"""Text files to pages: plain dumps of PDF text and markdown with pipe tables."""

from __future__ import annotations

import regex
from charset_normalizer import from_bytes

from extractors.vocabulary import Cell, Glyph, Grid, Line, Page, Text
from pipeline.read.errors import Unreadable

# Encodings that Japanese offices write; detection is kept to these, since free guessing calls short CP932 files Big5 or Johab.
ENCODINGS = ["utf_8", "cp932", "euc_jp", "utf_16"]

PIPE_ROW = regex.compile(r"^\s*\|.*\|\s*$")
RULE_ROW = regex.compile(r"^\s*\|(\s*:?-+:?\s*\|)+\s*$")
# Converters leave underline, paragraph and list tags inside pipe-table cells.
TAG = regex.compile(r"</?(?:br|p|u|b|i|ul|ol|li|sup|sub|strong|em|span|div)\b[^<>|]*>", regex.IGNORECASE)
BREAKING_TAG = regex.compile(r"<(?:br|/p|/li|li)\b", regex.IGNORECASE)
# Characters. The longest line of the text dumps measured has 302; a paragraph on one line has a thousand. What comes out of web pages and of converters
# that keep pictures as text has a million, and every number of a line is weighed against the others of it.
LONGEST = 2000
# Where a longer line is parted: after a sentence, else at a blank, else between two characters of which neither may be part of a number.
SENTENCE_END, BLANK = regex.compile(r"(?<=[。！？])"), regex.compile(r"(?<=\s)")
BETWEEN = regex.compile(r"(?<=[\p{L}--\p{Han}])(?=[\p{L}--\p{Han}])", regex.VERSION1)
HEADING_MARK = regex.compile(r"^\s{0,3}#{1,6}\s+")


def decode(data: bytes) -> str:
    """The characters of a text file, whatever its encoding among UTF-8, CP932, EUC-JP and UTF-16, without a byte order mark.

    Raises Unreadable where the bytes are none of these or hold control characters that no text has.
    """
    best = from_bytes(data, cp_isolation=ENCODINGS).best()
    if best is None:
        raise Unreadable("文字コードを判別できません。UTF-8、CP932(Shift_JIS)、EUC-JP、UTF-16(BOM 付き) のいずれかで保存してください。")
    string = str(best).removeprefix("\ufeff")
    if "\x00" in string:
        raise Unreadable("テキストではないデータが含まれています。元のファイルを確かめてください。")
    return string


def read_text(data: bytes) -> tuple[Page, ...]:
    """The pages of a text file: one for each form feed, its lines counted on from page to page.

    Raises Unreadable as `decode` does.
    """
    pages: list[list[Text]] = [[]]
    string = decode(data).replace("\r\n", "\n").replace("\r", "\n")
    for number, row in enumerate(string.split("\n"), start=1):
        for at, part in enumerate(row.split("\f")):
            if at:
                pages.append([])
            pages[-1].append(_line(part, len(pages), number))
    return tuple(_page(lines, number) for number, lines in enumerate(pages, start=1))


def is_markdown(pages: tuple[Page, ...]) -> bool:
    """Whether pipe tables were found: the one mark of markdown that a plain dump never has by chance."""
    return any(isinstance(block, Grid) for page in pages for block in page.blocks)


def _line(string: str, page: int, number: int) -> Text:
    return Text(Glyph(char, page, line=number) for char in string)


def _page(lines: list[Text], number: int) -> Page:
    blocks: list[Line | Grid] = []
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and PIPE_ROW.match(lines[end].string):
            end += 1
        if end - at >= 2 and RULE_ROW.match(lines[at + 1].string):
            blocks.append(_grid(lines[at:end]))
            at = end
        else:
            level, text = _without_mark(lines[at])
            blocks += [Line(part, level=level) for part in _parted(text) if part]
            at += 1
    return Page(number, tuple(blocks), tuple(glyph for text in lines for glyph in text))


def _parted(line: Text) -> list[Text]:
    """The line in pieces of at most LONGEST characters."""
    out = []
    while len(line) > LONGEST:
        window = line.string[:LONGEST]
        # Not near the start: a piece of three characters is no help, and its words no sentence.
        found = (max((m.start() for m in mark.finditer(window, LONGEST // 2)), default=0) for mark in (SENTENCE_END, BLANK, BETWEEN))
        at = next(filter(None, found), LONGEST)
        out.append(line[:at])
        line = line[at:]
    return [*out, line]


def _without_mark(line: Text) -> tuple[int, Text]:
    """(level of the heading that a line is marked as, or 0; the line without its mark)."""
    mark = HEADING_MARK.match(line.string)
    return (mark[0].count("#"), line[mark.end() :]) if mark else (0, line)


def _grid(rows: list[Text]) -> Grid:
    """A pipe table. It cannot say which cells are merged: `spans_known` is False, and an empty cell stays empty."""
    table = [_cells(row) for at, row in enumerate(rows) if at != 1]
    columns = max(len(row) for row in table)
    cells = tuple(Cell(r, c, text) for r, row in enumerate(table) for c, text in enumerate(row))
    return Grid(cells, len(table), columns, spans_known=False)


def _cells(row: Text) -> list[Text]:
    """The parts between unescaped pipes, inner tags taken out and `<br>` made a line break."""
    row = row.strip()[1:-1]
    bounds = [m.start() for m in regex.finditer(r"(?<!\\)\|", row.string)]
    starts, ends = [0, *(b + 1 for b in bounds)], [*bounds, len(row)]
    return [_untagged(row[a:b].strip()) for a, b in zip(starts, ends, strict=True)]


def _untagged(text: Text) -> Text:
    parts: list[Glyph] = []
    at = 0
    for tag in TAG.finditer(text.string):
        parts.extend(text[at : tag.start()])
        if BREAKING_TAG.match(tag.group()) and parts:
            parts.append(Glyph("\n", parts[-1].page, printed=False))
        at = tag.end()
    parts.extend(text[at:])
    return Text(parts).strip()
