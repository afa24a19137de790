"""Forms that are one indicator, as far as is known: what one document joins, and what grows over documents."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.link.forms import Form, Key, Number
from pipeline.link.likeness import LINKED, Corpus, Verdict, by_names, by_numbers, by_places
from pipeline.link.names import LOOSE, Reading, read, words

# An indicator that was renamed each year is compared by its latest names.
LATEST_NAMES = 3

Common = Counter[tuple[Key, float]]


@dataclass(eq=False)
class Thing:
    """One indicator: its forms, the earliest first, and all that they say."""

    forms: list[Form]
    says: dict[Key, tuple[Number, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        forms, self.forms = self.forms, []
        for form in forms:
            self._take(form)

    def _take(self, form: Form) -> None:
        self.forms.append(form)
        for key, numbers in form.says.items():
            self.says[key] = tuple(dict.fromkeys((*self.says.get(key, ()), *numbers)))

    def join(self, other: Thing) -> None:
        for form in other.forms:
            self._take(form)

    @property
    def kinds(self) -> frozenset[str]:
        return frozenset(form.kind for form in self.forms if form.kind is not None)

    @property
    def money_spent(self) -> bool:
        return all(form.money_spent for form in self.forms)

    @property
    def latest(self) -> Form:
        return self.forms[-1]

    def readings(self) -> list[Reading]:
        """Its latest different names, read."""
        seen = dict.fromkeys((form.name, form.component) for form in reversed(self.forms))
        return [read(*name) for name in list(seen)[:LATEST_NAMES]]


@dataclass(frozen=True, eq=False)
class Judgement:
    """What was thought of two forms. `relation`: same, split, merged, unsure, not_same; `decided_by`: exact, evidence, alias."""

    relation: str
    one: Form
    other: Form
    score: float
    evidence: tuple[str, ...]
    decided_by: str


def commonness(some: Iterable[Form | Thing]) -> Common:
    """How many forms, or things, state each number of each year."""
    return Counter((key, number.value) for one in some for key, numbers in one.says.items() for number in set(numbers))


def fitting(one: Thing, other: Thing) -> bool:
    """Whether two things may be one at all: no two kinds of unit, no money spent with a target in 円."""
    return len(one.kinds | other.kinds) <= 1 and one.money_spent == other.money_spent


def weigh(one: Thing, other: Thing, corpus: Corpus, common: Common, only_one: bool = False) -> Verdict:
    """Names (the pair of them that are most alike), numbers and places of two things; `only_one` as in `by_names`."""
    headings = _heading(one.latest), _heading(other.latest)
    verdict = max((by_names(a, b, corpus, headings, only_one) for a in one.readings() for b in other.readings()), key=lambda verdict: verdict.bits)
    if not verdict.apart:
        inside = one.latest.document_id == other.latest.document_id
        by_numbers(one.says, other.says, common, verdict, own=int(inside))
        by_places(one.latest, other.latest, verdict)
    return verdict


Index = Mapping[str, Sequence[Thing]]


def by_word(things: Iterable[Thing]) -> Index:
    """The things whose names have each word."""
    out: dict[str, list[Thing]] = defaultdict(list)
    for thing in things:
        for word in {word for reading in thing.readings() for word in reading.content}:
            out[word].append(thing)
    return out


def only_one(short: Thing, long: Thing, index: Index, corpus: Corpus) -> bool:
    """Whether all words of one name, enough to name a thing, stand in the other's, and in no other name of its document that has its kind of unit."""
    said = frozenset(read(short.latest.name, short.latest.component).content)
    if sum(map(corpus.bits, said)) < LINKED or short.kinds != long.kinds:
        return False
    rarest = max(said, key=lambda word: (corpus.bits(word), word))
    document = long.latest.document_id
    others = [one for one in index.get(rarest, ()) if one is not short and one.kinds == long.kinds]
    others = [one for one in others if any(said <= {*reading.content} for reading in one.readings())]
    return [one for one in others if any(form.document_id == document for form in one.forms)] == [long]


def _heading(form: Form) -> frozenset[str]:
    return frozenset(word for _, fact in form.members[:1] if fact["section"] for word in words(fact["section"]))


def learn_apart(things: Sequence[Thing], corpus: Corpus) -> None:
    """Words by which a document tells two of its own indicators apart (小 and 中 in two rows that are the same but for them) do so in every year."""
    buckets: dict[tuple[object, ...], dict[str, Thing]] = defaultdict(dict)
    for thing in things:
        for reading in {read(form.name, form.component) for form in thing.forms}:
            content = tuple(sorted(reading.content))
            for kind in thing.kinds or {""}:
                buckets[kind, content].setdefault("", thing)
                for at, word in enumerate(content):
                    buckets[kind, content[:at] + content[at + 1 :]].setdefault(word, thing)
    for holders in buckets.values():
        if len(holders) > 1:
            pairs = ((a, b) for a in holders for b in holders if a < b and holders[a] is not holders[b])
            # 累計 beside nothing is the same in a list and a sheet more often than not.
            corpus.apart |= {frozenset(pair) for pair in pairs if not {*pair} <= {"", *LOOSE}}
