"""Numerals that are neither quantity nor time: articles, ordinals, list numbers, telephone numbers, ages, grades, digits inside names."""

from __future__ import annotations

import regex

from extractors.normalise.tokens import Aside

_HAN_DIGITS = "一二三四五六七八九十百"
# Tried in this order at the place of the numeral (or of the word that opens it); each names a reason of tokens.REASONS.
_OPENED: tuple[tuple[str, str], ...] = (
    ("code", r"(?:https?://|www\.)[^\s、。()「」<>|]+|[A-Za-z0-9._\-]+@[A-Za-z0-9._\-]+\.[A-Za-z]+"),
    ("code", r"〒 ?\d{3} ?-? ?\d{4}"),
    ("phone", r"(?:内線|TEL|Tel|tel|FAX|Fax|fax|電話番号|電話|ファックス|ファクス|☎|℡)(?:番号)? ?[:.]? ?(?:\(?\d[\d\-() ]{2,}\d)"),
    ("phone", r"# ?\d{3,4}(?!\d)"),
    ("phone", r"\(?0\d{1,4}\)? ?-? ?\d{1,4} ?- ?\d{3,4}(?!\d)|\(0\d{1,4}\) ?\d{1,4}-\d{3,4}|0\d{2,3}-\d{3}-\d{3,4}"),
    ("note_mark", r"(?:[※*＊†]|(?<![\p{Han}])注(?:釈)?|(?<![\p{Han}])備考) ?[(\[]? ?\d{1,2}[)\]]?(?![\d.,]|\d|件|人|回)(?= ?[:.、)\]]|)"),
    ("article", rf"第 ?[\d{_HAN_DIGITS}]+ ?(?:条|項|号|編|章|節|款|目|巻|表|図|部会?|面)(?:の ?\d+)?"),
    ("ordinal", rf"第 ?[\d{_HAN_DIGITS}]+ ?(?:回|次|期|子|位(?!置)|弾|段階|種|版|報|世代|者|セクター|学年|日|年度|年|週|号様式|類|層|地区|分団|工区|線)?"),
    ("code", r"(?<![A-Za-z])(?:[PpＰ]{1,2}\.? ?\d{1,3}(?:[~-]\d{1,3})?(?![\d%]))"),
    ("ordinal", r"(?:No|NO|no|№)\.? ?\d+"),
)
_PATTERNS = tuple((reason, regex.compile(pattern)) for reason, pattern in _OPENED)
_STARTS_LATIN = regex.compile(r"[A-Za-z]")
_LATIN_NAME = regex.compile(r"(?<![A-Za-z])[A-Za-z][A-Za-z.&]*(?:[-_ ]?\d+(?:\.\d+)?)(?:[A-Za-z]+\d*)*(?:[-:]\d+)*")
_LATIN_PER = regex.compile(r"(?:t|kg|g)-?[Cc][Oo]2")
_TIME = regex.compile(r"(?:午前|午後)? ?(?:\d{1,2}) ?時(?!間|期|代|点|給|短|差)(?: ?(?:\d{1,2} ?分(?!の|間)|半))?|(?<![\d.])(?:[01]?\d|2[0-4]):[0-5]\d(?!\d)")
_AFTER: tuple[tuple[str, str], ...] = (
    ("name", r"次 ?産業|次 ?交通|次 ?医療|次 ?救急|次 ?予防|次 ?活動|次 ?避難"),
    ("ordinal", r"(?:番 ?目|[人回年件社番つか月日]{1,2}目|次(?![世元])|期(?![間待日限末首])|番(?!号)|学期|合目|巡目|巡|級(?!河)|番手)"),
    ("grade", r"年 ?生|学年|年次生|年制"),
    ("age", r"歳 ?代|代(?:(?= ?(?:~|以|の|女|男|後|前|、|・|$|\)| ))|(?=[^\p{Han}]))"),
    ("name", r"階(?!建)|号(?:館|線|棟|車|室|機|被保険者|様式|認定|店|公園|俸|議案|)|丁目|番地|番 ?\d+ ?号|番(?:札所|線|出口)|級河川|類(?!型)|種(?=感染|混合|ワ|住|農|免)|合(?=目)|車線|階建て?|DK|LDK|[A-Z](?![A-Za-z])(?<![ÅLtgWJV])|大(?=都市|事業|重点|疾)|本(?=柱|の柱)|つの|丁 ?目|部制|部構成|部作"),
    ("duration", r"(?:年|か年|カ年|ヵ年|ヶ年|ケ年|箇年)(?:度)? ?(?:連続|間連続|ぶり|以内|ごと|毎|おき|後|計画|目途|かけて|余|来|分の|程度|ほど|前|経過|近)|(?:[かカヵヶケ箇] ?年)|年 ?間(?!売|販|平|延|利|観|来|入|計|予|総|消|排|使|商|発|の(?:総|延))"),
    ("duration", r"(?:[かカヵヶケ箇] ?月)(?:間|連続|で|以内|ごと|毎|後|前|ぶり|に|を|の|余|程度|分|未満|以上)?"),
    ("duration", r"(?:日|週|時|時 ?間|分|週 ?間|日 ?間)(?:間 ?)?(?:連続|以内|ごと|毎|おき|後(?!期)|前(?!年)|ぶり|にわたり)|日 ?間|週 ?間|月 ?間|分 ?間"),
    ("name", r"[A-Za-z](?:G|K|D)?(?=[^A-Za-z0-9]|$)(?<![aghtmLlWVAJTKkNn])"),
)
_BEHIND = tuple((reason, regex.compile(" ?(?:" + pattern + ")")) for reason, pattern in _AFTER)
_AGE = regex.compile(r" ?[歳才] ?(?:代|以上|以下|未満|から|~|-|の|児|を|超|まで|で|に|と|、|・|\(|到達|時|女|男|人口|[\p{Han}])")
_AGE_BOUND = regex.compile(r" ?[歳才] ?(?:以上|以下|未満|代)")
_AGE_LAST = regex.compile(r"\d{1,3} ?[歳才]? ?(?:~|-|から|・) ?$")
_AGE_RANGE = regex.compile(r" ?(?:[歳才])? ?(?:~|-|から|・) ?\d{1,3} ?[歳才]|代? ?(?:~|-|から|・) ?\d{2} ?(?:歳 ?)?代")
_YEARS_LONG = regex.compile(r" ?(?:[かカヵヶケ箇] ?年|年 ?間)")
_FREQUENCY = regex.compile(r"(?:(?<![\d元度] ?)(?:毎?年|毎?月|毎?週|隔週|隔月|隔年)|\d ?日(?=に?)) ?(?:に|あたり|当たり)? ?$")
_FREQUENCY_BEHIND = regex.compile(r" ?(?:~ ?\d+ ?)?(?:回|日|度|時間)(?!答|数|収)")
_LIST_NUMBER = regex.compile(r"\s*(?:\(\d{1,2}\)|\[\d{1,2}\]|<\d{1,2}>|\d{1,2}(?:[-.]\d{1,2}){0,3}\)|\d{1,2}(?:[-.]\d{1,2}){0,3}\.?|\d{1,2}、)")
_WORD_BEHIND = regex.compile(r"\.? *(?=[\p{Han}\p{Hiragana}\p{Katakana}A-Za-z「『【〈《〔])")
_CHAIN = regex.compile(r"\d+(?:-\d+){2,}|\d+(?:\.\d+){2,}")
_NAME_BEFORE = regex.compile(r"(?:国道|県道|市道|府道|都道|町道|村道|要介護|要支援|レベル|ステージ|フェーズ|カテゴリー|ステップ|ランク|区分|タイプ|パターン|ケース|グループ|ゾーン|工区|様式|別表|別紙|別添|資料|参考|図表|図|表|指標|柱|施策|目標|基本目標|基本方針|方針|基本施策|重点|項目|番号|コード|クラスター|シーズン|ver|Ver)\.? ?$")


def read_opened(string: str, at: int) -> Aside | None:
    """An aside that its own opening shows (第2条, ※1, 〒…, 内線5635, COVID-19), None if none begins at `at`."""
    for reason, pattern in _PATTERNS:
        match = pattern.match(string, at)
        if match:
            return Aside(at, match.end(), reason)
    if _STARTS_LATIN.match(string, at):
        name = _LATIN_NAME.match(string, at)
        return Aside(at, name.end(), "name") if name else None
    time = _TIME.match(string, at)
    return Aside(at, time.end(), "time") if time else None


def read_list_number(string: str) -> tuple[int, int] | None:
    """The span of a number that only counts headings or rows (`１．`, `(1)`, `1-2 `), at the very start of the string before a word; None if there is none."""
    match = _LIST_NUMBER.match(string)
    if not match:
        return None
    word = _WORD_BEHIND.match(string, match.end())
    return (match.start(), match.end()) if word else None


def read_chain(string: str, at: int) -> Aside | None:
    """1-2-3 and 1.2.3: a heading's or a record's code."""
    match = _CHAIN.match(string, at)
    return Aside(at, match.end(), "code") if match else None


def classify(string: str, start: int, end: int, whole: bool) -> Aside | None:
    """What the words around a plain integer at start..end make of it; None for a quantity. `whole`: number and unit fill the string, as in a cell."""
    if _AGE_RANGE.match(string, end):
        return Aside(start, end, "age")
    age = _AGE.match(string, end)
    if age is None and string[end : end + 1] in "歳才" and _AGE_LAST.search(string, max(0, start - 9), start):
        return Aside(start, end + 1, "age")
    if age and (not whole or _AGE_BOUND.match(string, end)):
        return Aside(start, end + 1 + (string[end] == " "), "age")
    if not whole and _FREQUENCY_BEHIND.match(string, end) and _FREQUENCY.search(string, max(0, start - 8), start):
        return Aside(start, _behind(_FREQUENCY_BEHIND, string, end), "frequency")
    for reason, pattern in _BEHIND:
        match = pattern.match(string, end)
        if match and not (whole and reason == "duration" and not _YEARS_LONG.match(string, end)):
            return Aside(start, match.end(), reason)
    return None


def named_before(string: str, start: int) -> bool:
    """Whether a word that takes a number as part of its name (要介護, レベル, 図表) stands directly before `start`."""
    return bool(_NAME_BEFORE.search(string, max(0, start - 8), start))


def _behind(pattern: regex.Pattern[str], string: str, at: int) -> int:
    match = pattern.match(string, at)
    return match.end() if match else at
