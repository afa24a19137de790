"""How likely two forms are one indicator: what speaks for it and against it, each thing in bits, with the words that a person reads.

Names speak by how rare their words are among the publisher's names, numbers by how many digits agree. The weights were set by hand over the generated
editions of some seeds and are held to by tests over others; a difference of one bit decides nothing.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from rapidfuzz import fuzz

from pipeline.link.forms import TOLD, Form, Key, Number, Says, compared, worth
from pipeline.link.names import LOOSE, NEGATION, QUALIFIERS, Difference, Reading, abbreviates, differ, is_number, near, opposed

# Bits from which two forms are the same (level odds lie at EVEN), and from which a person should look.
LINKED, DOUBTED, EVEN = 7.0, 2.0, 5.0
# However long a name, it says no more than this; so do agreeing numbers.
MOST_BY_NAME, MOST_BY_NUMBERS = 12.0, 14.0
# A publisher with three names does not make their words common.
FEWEST_NAMES = 64
APART = -99.0
# 認定事業所数 beside 認定企業: a measure that one document prints in a column of its own and the other does not.
BESIDE = -3.0
# What the other's heading says needs no saying.
IN_HEADING = -0.5
# 電話相談件数 and 相談件数: a word that narrows the name makes another indicator, unless their numbers agree.
ADDED, FURTHER = -9.0, 0.25
# 全産業の離職率 and 離職率: a word behind 全 leaves nothing out; still it asks for numbers that agree.
WHOLE = -4.0
# 管内定着率 where the other document has one indicator of those words alone, 新規高等学校卒業者の管内定着率, and both state a number of three digits.
ONLY_ONE = -2.0
# Bits of a name of one common word.
BARE = 6.0
# From here on a difference may name another thing; such names are linked by their numbers or not at all.
MEANT = -4.0
# From this likeness on two headings are one: `vi 生活困窮者の支援` and `6 生活困窮者の支援`.
SAME_HEADING = 80.0
# What the numbers must say then: more where one word stands in another's place than where one was added.
ASKED_OF_EXCHANGED = 5.0


@dataclass
class Corpus:
    """What is known of one publisher's names so far: how many hold each word, and which words it keeps apart. Words grow with each document."""

    names: int = 0
    holds: Counter[str] = field(default_factory=Counter)
    apart: set[frozenset[str]] = field(default_factory=set)

    def learn(self, readings: Iterable[Reading]) -> None:
        for reading in readings:
            self.names += 1
            self.holds.update(set(reading.content))

    def bits(self, word: str) -> float:
        return math.log2(max(self.names, FEWEST_NAMES) / max(self.holds[word], 1))


@dataclass
class Verdict:
    """A sum of bits and its reasons, readable; `name_bits` is the part that the names give, `told` what agreeing
    numbers say; `asked` what they must say where the names differ in a word that means something."""

    bits: float = 0.0
    reasons: list[str] = field(default_factory=list)
    name_bits: float = 0.0
    matches: int = 0
    clashes: int = 0
    told: float = 0.0
    asked: float = 0.0

    def add(self, bits: float, reason: str) -> None:
        self.bits += bits
        self.reasons.append(reason)

    def copy(self) -> Verdict:
        return replace(self, reasons=list(self.reasons))

    @property
    def apart(self) -> bool:
        return self.bits <= APART / 2

    @property
    def links(self) -> bool:
        """Whether two documents' forms are one indicator by this."""
        return self.bits >= LINKED and self.told >= self.asked

    @property
    def score(self) -> float:
        """The bits as a probability, 0 to 1, two decimals."""
        return round(1 / (1 + 2 ** (EVEN - max(min(self.bits, 30.0), -30.0))), 2)


Headings = tuple[frozenset[str], frozenset[str]]


def by_names(one: Reading, other: Reading, corpus: Corpus, headings: Headings = (frozenset(), frozenset()), only_one: bool = False) -> Verdict:
    """What the names say. `headings` are the words of the headings over each: 農業分野の相談件数 is the 相談件数 under 農業分野. `only_one` where the
    longer of two names is the only one in its document that the shorter may stand for: further words tell nothing apart there, once numbers agree."""
    verdict = Verdict()
    if one.tight == other.tight and one.part == other.part:
        verdict.add(_worth(one.content, corpus), "同じ名前" if one.plain == other.plain else "助詞だけの違い")
    else:
        difference = differ(one, other)
        verdict.add(_worth(difference.shared, corpus), f"共通の語 {'・'.join(dict.fromkeys(difference.shared))}" if difference.shared else "共通の語なし")
        if difference.none:
            verdict.add(0.0, "表記だけの違い" if one.key == other.key else "助詞・数え方だけの違い")
        for at, (bits, reason) in enumerate(_costs(difference, one, other, corpus, headings)):
            spared = only_one and bits > APART
            verdict.add(max(bits, ONLY_ONE if at == 0 else FURTHER * ONLY_ONE) if spared else bits, reason)
            if bits <= MEANT:
                verdict.asked = max(verdict.asked, ASKED_OF_EXCHANGED if reason.endswith("」") else TOLD)
        if difference.moved:
            verdict.add(-1.0, "語順の違い")
    verdict.name_bits = verdict.bits
    return verdict


def _worth(shared: Iterable[str], corpus: Corpus) -> float:
    # A name of light words alone (数, 件数) still is a name.
    return min(MOST_BY_NAME, sum(corpus.bits(word) for word in shared)) or 1.0


def _costs(difference: Difference, one: Reading, other: Reading, corpus: Corpus, headings: Headings) -> Iterable[tuple[float, str]]:
    for pair in difference.pairs:
        yield _exchanged(pair, corpus), f"「{pair[0]}」が「{pair[1]}」"
    before: set[float] = set()
    above = [word for words, heading in ((difference.one, headings[1]), (difference.other, headings[0])) for word in words if word in heading]
    above = [word for word in above if word not in NEGATION and frozenset((word, "")) not in corpus.apart]
    bare = sum(map(corpus.bits, difference.shared)) < BARE
    for word in above:
        yield IN_HEADING, f"「{word}」は見出しにある"
    for word in (*difference.one, *difference.other):
        if word in above:
            continue
        part = next((side for side in (one, other) if word in side.part), None)
        cost = _added(word, word in difference.aside, part is not None, corpus)
        if part is not None and part.measure and cost > APART:
            cost = max(cost, BESIDE)
        if cost > APART and (word in one.whole or word in other.whole):
            cost = max(cost, WHOLE)
        # 市内進学率 counts those who stay, 進学率 all; 市内 before a name with more of its own says what goes without saying.
        if bare and word.endswith("内") and word in LOOSE:
            cost = ADDED
        # The second word of 農業分野 or of (3月末) narrows no further than the first.
        yield (FURTHER * cost if cost in before and cost > APART else cost), f"「{word}」の有無"
        before.add(cost)


def _exchanged(pair: tuple[str, str], corpus: Corpus) -> float:
    one, other = pair
    if frozenset(pair) in corpus.apart or opposed(one, other) or any(word in NEGATION for word in pair):
        return APART
    if near(one, other):
        return -1.0
    if abbreviates(one, other):
        return -2.0
    # 応援 and 援助 share a character and maybe a meaning; two words that share none name two things.
    return -4.5 if set(one) & set(other) else -9.0


def _added(word: str, aside: bool, part: bool, corpus: Corpus) -> float:
    if frozenset((word, "")) in corpus.apart or (word in NEGATION and not aside):
        return APART
    if word in NEGATION:
        # (新卒者を除く) is added where a definition is spelled out.
        return -3.0
    if word in LOOSE:
        return -1.0
    if word in QUALIFIERS or part:
        return -4.0 if aside else ADDED
    if is_number(word):
        return -2.0 if aside else -6.0
    return -1.0 if aside else ADDED


def by_numbers(one: Says, other: Says, common: Counter[tuple[Key, float]], verdict: Verdict, own: int = 0) -> None:
    """Adds what agreeing and differing numbers say. `common` counts how many forms of the document state each number of each year, `own` of
    which are the other of the two."""
    alike, unlike = compared(one, other)
    verdict.matches, verdict.clashes = len(alike), len(unlike)
    # A number that five names of the table share tells little of which it belongs to.
    gain = sum(worth(number) / max(common[key, number.value] - own, 1) for key, number in alike)
    if alike:
        shown = "、".join(f"{_days(key)} {number.value / number.fine:.10g}" for key, number in alike[:3])
        verdict.told = min(gain, MOST_BY_NUMBERS)
        verdict.add(verdict.told, f"値が一致 ({shown}{' ほか' if len(alike) > 3 else ''})")
    if unlike:
        shown = "、".join(f"{_days(key)} {a.value / a.fine:.10g}/{b.value / b.fine:.10g}" for key, a, b in unlike[:3])
        loss = sum(_loss(key, a, b) for key, a, b in unlike) * (0.3 if len(alike) > len(unlike) else 1.0)
        verdict.add(max(loss, -12.0), f"値が不一致 ({shown}{' ほか' if len(unlike) > 3 else ''})")


def _loss(key: Key, one: Number, other: Number) -> float:
    """Targets are revised and results corrected: a number close to the other speaks less against than one far off."""
    close = abs(one.value - other.value) <= 0.1 * max(abs(one.value), abs(other.value))
    return (-1.5 if close else -3.0) if key[0] == "targets" else (-1.5 if close else -4.0)


def _days(key: Key) -> str:
    days = key[2]
    if isinstance(days, tuple):
        start, end = days
        # A fiscal year runs from April to March.
        if start is not None and end is not None and (start.month, end.month) == (4, 3) and end.year == start.year + 1:
            return f"{start.year}年度"
        return str(end)
    return f"{days}年度"


def by_places(one: Form, other: Form, verdict: Verdict) -> None:
    """Adds what units and sections say."""
    if one.kind == other.kind:
        verdict.add(1.0 if one.kind else 0.0, f"同じ単位 {one.kind}" if one.kind else "単位なし")
    if one.sections and other.sections:
        same = same_heading(one, other)
        verdict.add(1.0 if same else -0.5, "同じ見出し" if same else "別の見出し")


def same_heading(one: Form, other: Form) -> bool:
    """Whether two forms stand under one heading, its number and small differences aside."""
    return max((fuzz.ratio(a, b) for a in one.sections for b in other.sections), default=0.0) >= SAME_HEADING
