"""Every kind of bad file: its name in the folder, how it is made, and what `documents` must say of it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import NamedTuple

from tests.bad import files
from tests.bad.drawn import SENTENCE, one_page, said

MB = 2**20


class Kind(NamedTuple):
    """`said` is a part of the reason (empty where it is `ok`), `targets` the number of targets that are read all the same."""

    name: str
    make: Callable[[], bytes]
    status: str
    said: str = ""
    targets: int = 0


def office() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
    return out.getvalue()


def boxed(box: bytes) -> Callable[[], bytes]:
    return lambda: one_page(box=box)


def turned(how: bytes) -> Callable[[], bytes]:
    return lambda: one_page(entries=b"/Rotate " + how)


def drawing(content: bytes) -> Callable[[], bytes]:
    return lambda: one_page(content)


TEXT = f"{SENTENCE}\n"
BIG = b"1" + b"0" * 320
UNFIT = "PDF ではありません"
BROKEN, LARGE, MANY = "ページの中身が壊れて", "展開すると", "読むのをやめました"

KINDS = (
    Kind("空.pdf", lambda: b"", "failed", "0 バイト"),
    Kind("空白.txt", lambda: b" \r\n\t" * 100, "failed", "空白しか"),
    Kind("零.pdf", lambda: b"\0" * 5000, "failed", "空白しか"),
    Kind("途中まで.pdf", lambda: files.cut(0.3), "failed", "途中で切れて"),
    Kind("終わりがない.pdf", lambda: files.cut(0.95), "failed", "途中で切れて"),
    Kind("文字.pdf", lambda: TEXT.encode(), "failed", UNFIT),
    Kind("文書.txt", lambda: one_page(b"% a\n"), "ok", targets=1),
    Kind("office.pdf", office, "failed", "Office"),
    Kind("表.xlsx", lambda: office() + b"x", "failed", "Office"),
    Kind("古い文書.doc", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "failed", "旧形式の Office"),
    Kind("画像.pdf", lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "failed", "画像 (PNG)"),
    Kind("頁.pdf", lambda: b"<!DOCTYPE html><title>404</title>", "failed", "HTML"),
    Kind("鍵.pdf", lambda: files.locked("a", "b"), "failed", "パスワード"),
    Kind("印刷禁止.pdf", lambda: files.locked("", "b"), "ok", targets=1),
    Kind("表がずれた.pdf", files.broken_table, "ok", targets=1),
    Kind("表がない.pdf", files.no_trailer, "ok", targets=1),
    Kind("頁がない.pdf", files.no_pages, "failed", "ページがありません"),
    Kind("八十頁.pdf", lambda: files.pages(80), "ok", targets=80),
    Kind("大きな紙.pdf", lambda: one_page(b"1 1 1 rg " + said("見えない 99件", 60, 300), box=b"[0 0 144000 144000]"), "ok", targets=1),
    Kind("ありえない紙.pdf", boxed(b"[0 0 %s 842]" % BIG), "failed", "ページ"),
    Kind("零の紙.pdf", boxed(b"[0 0 0 0]"), "ok", targets=1),
    Kind("逆さの紙.pdf", boxed(b"[595 842 0 0]"), "ok", targets=1),
    Kind("負の紙.pdf", boxed(b"[-100 -100 595 842]"), "ok", targets=1),
    Kind("数でない紙.pdf", boxed(b"[0 0 /a (842)]"), "ok", targets=1),
    Kind("三つの数の紙.pdf", boxed(b"[0 0 595]"), "ok", targets=1),
    Kind("半端な向き.pdf", turned(b"45"), "ok", targets=1),
    Kind("小数の向き.pdf", turned(b"180.0"), "ok", targets=1),
    Kind("向きでない向き.pdf", turned(b"/X"), "ok", targets=1),
    Kind("遠い線.pdf", drawing(b"%s 0 m 9 %s.5 l S 0 0 %s 50 re f\n" % (BIG, BIG, BIG)), "ok", targets=1),
    Kind("部品の列.pdf", lambda: files.forms(100), "ok", targets=1),
    Kind("部品の長い列.pdf", lambda: files.forms(3000), "failed", BROKEN),
    Kind("部品の木.pdf", lambda: files.forms(40, 2, 4000), "failed", MANY),
    Kind("自分を描く部品.pdf", files.form_in_itself, "ok", targets=1),
    Kind("配列の中の配列.pdf", lambda: files.nested(b"[", b"]", 20_000), "ok", targets=1),
    Kind("辞書の中の辞書.pdf", lambda: files.nested(b"<< /a ", b" >>", 5000), "failed", "ページがありません"),
    Kind("爆弾.pdf", lambda: files.content_bomb(500 * MB), "failed", LARGE),
    Kind("爆弾の中の爆弾.pdf", lambda: files.twice_packed(100 * MB), "failed", LARGE),
    Kind("壊れた爆弾.pdf", lambda: files.damaged_bomb(100 * MB), "failed", LARGE),
    Kind("字体の爆弾.pdf", lambda: files.font_bomb(100 * MB), "failed", LARGE),
    Kind("画像の爆弾.pdf", lambda: files.image(6000), "ok", targets=1),
    Kind("広い字体.pdf", files.wide_font, "failed", BROKEN),
    Kind("線だらけ.pdf", lambda: files.rules(61_000), "failed", "図形の数"),
    Kind("字だらけ.pdf", lambda: files.text(60_000), "failed", "文字数"),
    Kind("壊れた中身.pdf", lambda: files.damaged(0.5), "failed", BROKEN),
    Kind("中身の和が違う.pdf", lambda: files.damaged(0.999), "failed", BROKEN),
    Kind("一頁だけ壊れた.pdf", files.one_of_two, "partial", BROKEN, targets=1),
    Kind("絵だけ.pdf", files.scan, "needs_ocr", "OCR"),
    Kind("長すぎる長さ.pdf", files.long_length, "ok", targets=1),
    Kind("頁の輪.pdf", files.loop, "ok", targets=1),
    Kind("頁の深い木.pdf", lambda: files.tree(1000), "ok", targets=1),
    Kind("まとめた部品.pdf", lambda: files.object_stream(None), "ok", targets=1),
    Kind("部品の数が零.pdf", lambda: files.object_stream(0), "failed", "壊れて"),
    Kind("部品の数が違う.pdf", lambda: files.object_stream(9), "failed", "壊れて"),
    Kind("字体がない.pdf", files.missing_fonts, "ok", targets=1),
    Kind("sjis.txt", lambda: TEXT.encode("cp932"), "ok", targets=1),
    Kind("euc.txt", lambda: TEXT.encode("euc_jp"), "ok", targets=1),
    Kind("utf16.txt", lambda: TEXT.encode("utf_16"), "ok", targets=1),
    Kind("utf16_印なし.txt", lambda: TEXT.encode("utf_16_le"), "failed", "文字コード"),
    Kind("零入り.txt", lambda: TEXT.encode() + b"a\0b\0" * 10, "failed", "テキストではない"),
    Kind("乱数.txt", lambda: bytes(i * i * 7919 % 251 for i in range(1, 4000)), "failed", "。"),
    Kind("長い行.txt", lambda: (SENTENCE * 200).encode(), "ok", targets=200),
    Kind("一行の画像.txt", lambda: (TEXT + "data:image/png;base64," + "iVBORw0KGgo" * 1000).encode(), "ok", targets=1),
    Kind("空白 と 絵文字🎌　全角.txt", lambda: (TEXT + "\n絵文字").encode(), "ok", targets=1),
    Kind("長い名前" + "あ" * 78 + ".txt", lambda: (TEXT + "\n長い名前").encode(), "ok", targets=1),
)
