"""Names of indicators read as words, and what one name has that another has not."""

from __future__ import annotations

import tomllib
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import Any

import regex

from extractors.normalise.keys import match_key
from extractors.normalise.names import clean_name, split_compound
from pipeline.link.forms import plain

_DATA = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
LIGHT = frozenset(_DATA["light"].split())
LOOSE = frozenset(_DATA["loose"].split())
SAME = {word: line.split()[0] for line in _DATA["same"] for word in line.split()}
NEGATION = frozenset(_DATA["negation"].split())
MOMENTS = frozenset(_DATA["moments"].split())
NEAR = tuple(frozenset(line.split()) for line in _DATA["near"])
CONTRAST = tuple(tuple(frozenset(side.split()) for side in group) for group in _DATA["contrast"])
# A word of one side alone that makes another indicator of it (女性, 新規, 小学校の).
QUALIFIERS = frozenset(word for group in CONTRAST for side in group for word in side)

# Ties between the words of a name, which the dictionary would take for verbs (に|おける, に|よる).
_TIES = regex.compile(
    r"における|による|により|に[係か]か?る|に関する|に関わる|に対する|に対して|に向けた|に基づく|に伴う|に占める|についての?|を対象とした|を対象とする|を通じた|を活用した|"
    r"を受けた|を行った|を実施した|を実施する|を行う|を行っている|のための?|への|での|からの|との|した|された|される|する|している|のうち、?|うち、?"
)
# 本市の出生率 and 出生率 in the plan of one city.
_OWN_PLACE = regex.compile(r"^(?:本|当)(?:市|町|村|区|県|府|都|道|所)(?:内)?の?|(?<=の)(?:本|当)(?:市|町|村|区|県)の")
_BRACKETS = regex.compile(r"[(（\[［【〔<＜〈]([^()（）\[\]［］【】〔〕<>＜＞〈〉]*)[)）\]］】〕>＞〉]")
# (3月末), (年度末), (令和5年度), (各年10月1日現在): when it is counted, not what.
_WHEN = regex.compile(
    r"(?=.*[年月日末値間])(?:[各当前暦]|平成|令和|[HRhr])*(?:\d+|元)?(?:年度|年間|年)?(?:\d+月)?(?:\d+日)?(?:末日?|値|間|平均)?(?:現在|時点|実績)?"
)
# Letters (A型) are 記号 to the dictionary: what is not named here carries meaning.
_EMPTY = frozenset({"助詞", "助動詞", "補助記号", "空白", "接続詞", "感動詞"})
_MEASURE = regex.compile(r"(?:数|率|割合|額|量|費|面積|時間|件|度)(?:\([^()]*\))?$")
_NUMBER = regex.compile(r"\d+(?:\.\d+)?")
_LETTER = regex.compile(r"[a-z]|i{1,3}|iv|vi{0,3}")
_LATIN = regex.compile(r"[\p{Latin}\d]+")
# 年齢の60歳 and 第2号 stay numbers; the prefix of order says nothing.
_JOINING = frozenset({"助詞", "助動詞"})
_AREAS = frozenset("市町村区県国府都道")
_DROPPED = frozenset({"第", "御", "お", "ご"})


@lru_cache(maxsize=1)
def _tokenizer() -> Any:
    """The dictionary that cuts words finely (小|学校, 未|就職), so that what tells two names apart stands alone."""
    sudachipy = import_module("sudachipy")
    return sudachipy.Dictionary(dict="core").tokenizer(mode=sudachipy.SplitMode.A)


@lru_cache(maxsize=65536)
def words(text: str) -> tuple[str, ...]:
    """The words of a text that carry meaning, in dictionary form and in order."""
    key = match_key(_TIES.sub("の", clean_name(text)))
    out: list[str] = []
    begun = False
    for token in _tokenizer().tokenize(key):
        part, normal = token.part_of_speech(), token.normalized_form()
        if part[0] not in _EMPTY and not (part[0] == "動詞" and part[1] == "非自立可能") and normal not in _DROPPED:
            if normal == "内" and out and out[-1] in _AREAS:
                out[-1] += normal
            else:
                out.append(SAME.get(normal, normal))
            begun = True
        elif not begun and part[0] in _JOINING:
            # No name begins with a particle: the dictionary cuts a name in hiragana that it does not know.
            out[:1] = ["".join((*out[:1], token.surface()))]
    return tuple(out)


@dataclass(frozen=True)
class Reading:
    """A name with its component, read for comparing. `tight` is the name without particles between its words, which tell the dictionary where
    to cut (三重川の and 三重川); `aside` are the words in brackets, `part` those that the component alone has, a `measure` where it says
    how is counted (認定事業所数) rather than what. `whole` are words that 全 stands before (全職種): of that they leave nothing out."""

    plain: str
    tight: str
    key: str
    main: tuple[str, ...]
    aside: tuple[str, ...]
    part: tuple[str, ...] = ()
    measure: bool = False
    whole: frozenset[str] = frozenset()
    counter: Counter[str] = field(default_factory=Counter, compare=False, hash=False)

    @cached_property
    def content(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(word for word in (*self.main, *self.aside) if word not in LIGHT))


@lru_cache(maxsize=65536)
def read(name: str, component: str | None) -> Reading:
    """A name and component as words. Of a compound name (参加企業、参加求職者数) the parts that are not the component are left out."""
    component = None if plain(component) in MOMENTS else component
    before, _, last = name.rpartition(" ")
    name = before if before and plain(last) in MOMENTS else name
    whole, own = _own_part(name, component)
    aside = tuple(word for inner in _BRACKETS.findall(whole) if not _WHEN.fullmatch(inner) for word in words(inner))
    main = words(_BRACKETS.sub("", whole)) or aside
    part: tuple[str, ...] = ()
    if component:
        # 移住件数 beside 若者の移住件数 is its measure; 満足 beside 来館者の満足度 is one of its answers.
        known = {*main, *aside} if own or _MEASURE.search(component) else set()
        part = tuple(word for word in words(component) if word not in known and word not in LIGHT)
        main = (*main, *part)
    # A word said twice (支援対象者のうち支援対象者) is said.
    counter = Counter({word: 1 for word in (*main, *aside) if word not in LIGHT})
    measure = component is not None and _MEASURE.search(component) is not None
    return Reading(
        plain(whole),
        plain(_TIES.sub("", clean_name(whole)).replace("の", "")),
        match_key(whole),
        main,
        aside if main is not aside else (),
        part,
        measure,
        frozenset(word for before, word in pairwise(main) if before == "全"),
        counter,
    )


def _own_part(name: str, component: str | None) -> tuple[str, bool]:
    """The name without the parts that are not the component, and whether the component is one of its parts."""
    text = _OWN_PLACE.sub("", clean_name(name)) or clean_name(name)
    parts = split_compound(name) if component else ()
    own = [part for part in parts if plain(part) == plain(component)]
    if own:
        for other in parts:
            if other not in own:
                text = text.replace(other, "", 1)
    return text, bool(own)


@dataclass(frozen=True)
class Difference:
    """What tells two names apart. `pairs` are words (or runs of them) that stand for one another, `one` and `other` what has no counterpart;
    `aside` those of them that stand in brackets."""

    shared: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...]
    one: tuple[str, ...]
    other: tuple[str, ...]
    aside: frozenset[str]
    moved: bool

    @property
    def none(self) -> bool:
        return not (self.pairs or self.one or self.other)


@lru_cache(maxsize=65536)
def differ(one: Reading, other: Reading) -> Difference:
    """The words that two names share, exchange, add and leave out; light words aside."""
    if one.tight == other.tight and one.part == other.part:
        return Difference(one.content, (), (), (), frozenset(), False)
    shared = one.counter & other.counter
    left, right = _rest(one.content, shared), _rest(other.content, shared)
    pairs, left, right = _paired(left, right)
    if not (shared or pairs or left or right):
        # (6) and (9): without a word there is nothing that could be the same.
        pairs = [(one.tight, other.tight)]
    # 障がい者の参加者(障がい者)数: a word that stands outside too is no aside.
    aside = frozenset((*one.aside, *other.aside)) - frozenset((*one.main, *other.main))
    kept = [word for word in one.content if word in shared], [word for word in other.content if word in shared]
    return Difference(tuple(shared.elements()), tuple(pairs), tuple(left), tuple(right), aside, kept[0] != kept[1])


def _rest(content: tuple[str, ...], shared: Counter[str]) -> list[str]:
    left, out = Counter(shared), []
    for word in content:
        if left[word]:
            left[word] -= 1
        else:
            out.append(word)
    return out


def _paired(left: list[str], right: list[str]) -> tuple[list[tuple[str, str]], list[str], list[str]]:
    """Words of one name with the word of the other that took their place: contrasts first, near words, those with a common character, runs."""
    pairs: list[tuple[str, str]] = []
    if left and right and near("".join(left), "".join(right)):
        # The dictionary cuts 高年齢 and leaves 高齢 whole.
        return [("".join(left), "".join(right))], [], []
    for test in (opposed, near, _common):
        for word in list(left):
            mate = next((mate for mate in right if test(word, mate)), None)
            if mate is not None:
                pairs.append((word, mate))
                left.remove(word)
                right.remove(mate)
    # 年間 before one name and (延べ) behind the other do not stand for one another.
    if any(word not in LOOSE for word in left) and any(word not in LOOSE for word in right):
        pairs.append(("".join(left), "".join(right)))
        left, right = [], []
    return pairs, left, right


def _common(one: str, other: str) -> bool:
    return bool(set(one) & set(other)) and not (_NUMBER.fullmatch(one) or _NUMBER.fullmatch(other) or _foreign(one) or _foreign(other))


def _foreign(word: str) -> bool:
    """Katakana and Latin words share letters by chance (センター and セミナー)."""
    return regex.fullmatch(r"[\p{Katakana}ー\p{Latin}]+", word) is not None


def opposed(one: str, other: str) -> bool:
    """Whether a plan that has one of the words may have the other beside it: two numbers, two letters (A型, B型), two
    sides of a contrast."""
    if (_NUMBER.fullmatch(one) and _NUMBER.fullmatch(other)) or (_LETTER.fullmatch(one) and _LETTER.fullmatch(other)):
        return True
    mine, its = _SIDES.get(one), _SIDES.get(other)
    if not mine or not its:
        return False
    return any(group == its_group and not sides & its_sides for group, sides in mine for its_group, its_sides in its)


def _sides() -> dict[str, list[tuple[int, frozenset[int]]]]:
    """Each word of a contrast to (number of the contrast, its sides)."""
    out: dict[str, list[tuple[int, frozenset[int]]]] = {}
    for number, group in enumerate(CONTRAST):
        for word in frozenset[str]().union(*group):
            out.setdefault(word, []).append((number, frozenset(at for at, side in enumerate(group) if word in side)))
    return out


_SIDES = _sides()
_NEAR_GROUPS = {word: frozenset(at for at, group in enumerate(NEAR) if word in group) for word in frozenset[str]().union(*NEAR)}


def near(one: str, other: str) -> bool:
    return bool(_NEAR_GROUPS.get(one, frozenset()) & _NEAR_GROUPS.get(other, frozenset()))


def abbreviates(one: str, other: str) -> bool:
    """Whether one of two different runs of words is short for the other: its characters stand in the other in order (ファミサポ, 健診 and 健康診査)."""
    short, long = sorted((one, other), key=len)
    if not 2 <= len(short) < len(long) or short[0] != long[0] or _LATIN.fullmatch(short):
        return False
    rest = iter(long)
    return all(char in rest for char in short)


def is_number(word: str) -> bool:
    return _NUMBER.fullmatch(word) is not None
