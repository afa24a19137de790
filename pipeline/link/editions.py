"""The documents of one publisher, from the earliest year on: each one's indicators are found again among those of the documents before it.

What a later document says never changes what was linked before it, so that adding next year's plan keeps every id.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from pipeline.link.aliases import Aliases
from pipeline.link.forms import TOLD, Fact, Form, compared, forms_of
from pipeline.link.inside import join_inside
from pipeline.link.likeness import ASKED_OF_EXCHANGED, DOUBTED, Corpus, Verdict
from pipeline.link.names import read
from pipeline.link.parting import Parting, partings
from pipeline.link.things import Common, Index, Judgement, Thing, by_word, commonness, fitting, learn_apart, only_one, weigh

# Two rivals within this many bits cannot be told apart.
MARGIN = 1.5
# What a neighbour says that is linked to a neighbour of the other, in bits; how far off a neighbour may be.
BY_NEIGHBOUR, REACH = 1.5, 2
# Documents that share fewer of their names are not two years of one plan: names that are alike in them say less.
SHARED_BY_EDITIONS, NO_EDITION = 0.1, -3.0
# The likeliest of all: nothing is gained by weighing more, and a word that more indicators hold finds too many.
CANDIDATES, MOST_HOLDING, MOST_NAMESAKES = 8, 200, 30
ROUNDS = 4

Scored = tuple[Thing, Thing, Verdict]


@dataclass
class Publisher:
    """The indicators of one publisher so far, and what was thought of them."""

    name: str
    aliases: Aliases
    things: list[Thing] = field(default_factory=list)
    judgements: list[Judgement] = field(default_factory=list)
    corpus: Corpus = field(default_factory=Corpus)

    def add(self, members: Sequence[tuple[str, Fact]]) -> None:
        """Takes the facts of one document, (table, row) each."""
        generic = {fact["indicator"]: len(read(fact["indicator"], None).content) <= 2 for _, fact in members}
        forms = forms_of(self.name, members, generic)
        self.aliases.meet(forms)
        self.corpus.learn({read(form.name, form.component) for form in forms})
        found, judged = join_inside(forms, self.corpus, self.aliases)
        self.judgements += judged
        learn_apart(found, self.corpus)
        if self.things:
            Edition(self, found, commonness(found)).match()
        else:
            self.things = found


@dataclass
class Edition:
    """One document's things against those of the documents before it. `taken` gives each linked one the thing that it was found to be."""

    publisher: Publisher
    found: list[Thing]
    common: Common
    taken: dict[Thing, Thing] = field(default_factory=dict)
    priors: dict[str, float] = field(default_factory=dict)
    weighed: dict[tuple[Thing, Thing], Verdict] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.at = {thing: at for at, thing in enumerate(self.found)}

    @cached_property
    def words(self) -> tuple[Index, Index]:
        """The things of earlier documents, and of this one, by the words of their names."""
        return by_word(self.publisher.things), by_word(self.found)

    def match(self) -> None:
        before = list(self.publisher.things)
        self._by_alias()
        self._by_name()
        self.priors = self._editions()
        self._by_evidence()
        for thing in self.found:
            if thing not in self.taken:
                self.publisher.things.append(thing)
        self._forbidden(before)

    def _link(self, thing: Thing, earlier: Thing, verdict: Verdict, decided_by: str, forms: tuple[Form, Form] | None = None) -> None:
        one, other = forms or (earlier.latest, thing.forms[0])
        self.publisher.judgements.append(Judgement("same", one, other, verdict.score, tuple(verdict.reasons), decided_by))
        self.taken[thing] = earlier
        earlier.join(thing)

    def _free(self) -> tuple[list[Thing], list[Thing]]:
        """What of this document and of the ones before it has no counterpart yet."""
        used = set(self.taken.values())
        return [thing for thing in self.found if thing not in self.taken], [thing for thing in self.publisher.things if thing not in used]

    def _by_alias(self) -> None:
        if not self.publisher.aliases.lines:
            return
        for thing in self.found:
            for earlier in list(self.publisher.things):
                pair = next(((a, b) for a in earlier.forms for b in thing.forms if self.publisher.aliases.join(a, b)), None)
                if pair is None:
                    continue
                verdict = Verdict(30.0, ["data/aliases.toml"])
                if thing not in self.taken:
                    self._link(thing, earlier, verdict, "alias", pair)
                elif self.taken[thing] is not earlier:
                    self._merge(self.taken[thing], earlier)
                    self.publisher.judgements.append(Judgement("same", *pair, verdict.score, tuple(verdict.reasons), "alias"))

    def _merge(self, one: Thing, other: Thing) -> None:
        """Two things of earlier documents that a later one shows to be one: the earlier keeps its id."""
        first, second = sorted((one, other), key=self.publisher.things.index)
        first.join(second)
        self.publisher.things.remove(second)
        self.taken = {thing: first if earlier is second else earlier for thing, earlier in self.taken.items()}

    def _by_name(self) -> None:
        """The same name, component and kind of unit, unless the numbers show that a name like 利用者数 stands for two things."""
        by_name: dict[tuple[str, str], dict[Thing, None]] = defaultdict(dict)
        for earlier in self._free()[1]:
            for form in earlier.forms:
                by_name[form.identity[1:3]][earlier] = None
        here = Counter(name for thing in self.found for name in {form.identity[1:3] for form in thing.forms})
        pairs: list[Scored] = []
        for thing in self._free()[0]:
            names = {form.identity[1:3] for form in thing.forms}
            alone = all(here[name] == 1 and len(by_name.get(name, ())) <= 1 for name in names)
            for earlier in self._namesakes_of(thing, by_name):
                if fitting(thing, earlier) and not self.publisher.aliases.forbid(earlier.forms, thing.forms):
                    verdict = weigh(earlier, thing, self.publisher.corpus, self.common)
                    # Of several 利用者数 each is known by its heading or its numbers.
                    if _holds(verdict, thing, earlier) and (alone or verdict.told >= TOLD or _under_one_heading(thing, earlier)):
                        pairs.append((thing, earlier, verdict))
        self._best_of_each(pairs, "exact")

    def _namesakes_of(self, thing: Thing, by_name: Mapping[tuple[str, str], Mapping[Thing, None]]) -> list[Thing]:
        """The earlier things with a name of this one; of very many (計) those under its heading alone."""
        out = dict.fromkeys(earlier for name in sorted({form.identity[1:3] for form in thing.forms}) for earlier in by_name.get(name, ()))
        return list(out) if len(out) <= MOST_NAMESAKES else [earlier for earlier in out if _under_one_heading(thing, earlier)][:MOST_NAMESAKES]

    def _best_of_each(self, pairs: list[Scored], decided_by: str) -> None:
        """One to one, the likeliest first. A second earlier thing with the same name is the same too where this document joins their names."""
        order = {thing: at for at, thing in enumerate((*self.publisher.things, *self.found))}
        used = set(self.taken.values())
        for thing, earlier, verdict in sorted(pairs, key=lambda pair: (-pair[2].bits, order[pair[0]], order[pair[1]])):
            if earlier in used:
                continue
            forms = _namesakes(earlier, thing)
            if thing not in self.taken:
                used.add(earlier)
                self._link(thing, earlier, verdict, decided_by, forms)
            elif len(thing.forms) > 1 and _mergeable(earlier, self.taken[thing]):
                used.add(earlier)
                self._merge(self.taken[thing], earlier)
                self.publisher.judgements.append(Judgement("same", *forms, verdict.score, tuple(verdict.reasons), decided_by))

    def _editions(self) -> dict[str, float]:
        """By document before this one: what it counts for names to stand in it and in this one."""
        shared = Counter(form.document_id for earlier in self.taken.values() for form in {form.document_id: form for form in earlier.forms}.values())
        return {document: 0.0 for document, count in shared.items() if count >= SHARED_BY_EDITIONS * len(self.found)}

    def _by_evidence(self) -> None:
        """What is likeliest first: each link tells more of its neighbours."""
        scored: list[Scored] = []
        parted: list[Parting] = []
        for _ in range(ROUNDS):
            free, earlier = self._free()
            scored = sorted(self._weighed(free, earlier), key=lambda pair: (-pair[2].bits, pair[1].latest.order, pair[0].forms[0].order))
            parted = partings(scored)
            if not self._assign(scored, {thing for parting in parted for thing in (*parting.parts, parting.whole)}):
                break
        self._part(parted)
        self._doubt([pair for pair in scored if pair[2].bits >= DOUBTED])

    def _weighed(self, free: Sequence[Thing], earlier: Sequence[Thing]) -> Iterator[Scored]:
        for thing, candidate in candidates(free, earlier, self.publisher.corpus):
            if fitting(thing, candidate) and not self.publisher.aliases.forbid(candidate.forms, thing.forms):
                # A thing that is free is what it was in the round before.
                if (thing, candidate) not in self.weighed:
                    self.weighed[thing, candidate] = self._weigh(thing, candidate)
                verdict = self.weighed[thing, candidate].copy()
                if verdict.apart:
                    continue
                if prior := self.priors.get(candidate.latest.document_id, NO_EDITION):
                    verdict.add(prior, "別の計画")
                if neighbours := self._neighbours(thing, candidate):
                    verdict.add(BY_NEIGHBOUR * neighbours, "前後の指標も対応" if neighbours == 2 else "隣の指標も対応")
                yield thing, candidate, verdict

    def _weigh(self, thing: Thing, candidate: Thing) -> Verdict:
        verdict = weigh(candidate, thing, self.publisher.corpus, self.common)
        if verdict.apart or verdict.told < ASKED_OF_EXCHANGED or verdict.clashes:
            return verdict
        if only_one(thing, candidate, self.words[0], self.publisher.corpus) or only_one(candidate, thing, self.words[1], self.publisher.corpus):
            return weigh(candidate, thing, self.publisher.corpus, self.common, only_one=True)
        return verdict

    def _neighbours(self, thing: Thing, candidate: Thing) -> int:
        """How many of the two neighbours of a thing are linked to neighbours of the candidate on the same side."""
        where, at = candidate.latest, self.at[thing]
        count = 0
        for step in (-1, 1):
            neighbour = self.found[at + step] if 0 <= at + step < len(self.found) else None
            other = self.taken.get(neighbour) if neighbour else None
            forms = [form for form in other.forms if form.document_id == where.document_id] if other else []
            count += any(0 < (form.order - where.order) * step <= REACH for form in forms)
        return count

    def _assign(self, scored: Sequence[Scored], held: set[Thing]) -> bool:
        """Links what is likely and has no rival, the likeliest first; whether anything was linked."""
        best: dict[Thing, list[float]] = defaultdict(list)
        for thing, earlier, verdict in scored:
            best[thing].append(verdict.bits)
            best[earlier].append(verdict.bits)
        linked, used = False, set[Thing]()
        for thing, earlier, verdict in scored:
            if not verdict.links or {thing, earlier} & used or ({thing, earlier} & held and verdict.told < TOLD):
                continue
            rivals = [bits for side in (thing, earlier) for bits in best[side] if bits > verdict.bits - MARGIN]
            # The pair itself stands once on each side.
            if len(rivals) > 2 and not verdict.matches:
                used |= {thing, earlier}
                continue
            used |= {thing, earlier}
            self._link(thing, earlier, verdict, "evidence")
            linked = True
        return linked

    def _part(self, parted: Sequence[Parting]) -> None:
        free = {thing for side in self._free() for thing in side}
        for parting in parted:
            if not free.issuperset((*parting.parts, parting.whole)):
                continue
            for part in parting.parts:
                one, other = (parting.whole.latest, part.forms[0]) if parting.relation == "split" else (part.latest, parting.whole.forms[0])
                self.publisher.judgements.append(Judgement(parting.relation, one, other, parting.score, parting.evidence, "evidence"))

    def _doubt(self, scored: Sequence[Scored]) -> None:
        """The likeliest pair of each that stayed alone, for a person to look at."""
        free = {thing for side in self._free() for thing in side}
        seen: set[Thing] = set()
        for thing, earlier, verdict in scored:
            if thing in free and earlier in free and not {thing, earlier} & seen:
                seen |= {thing, earlier}
                self.publisher.judgements.append(Judgement("unsure", earlier.latest, thing.forms[0], verdict.score, tuple(verdict.reasons), "evidence"))

    def _forbidden(self, before: Sequence[Thing]) -> None:
        """What a person keeps apart, once for each pair of forms that could have been taken for one."""
        if not any(not line.same for line in self.publisher.aliases.lines):
            return
        for thing in self.found:
            for earlier in before:
                pair = next(((a, b) for a in earlier.forms for b in thing.forms if a is not b and self.publisher.aliases.says(a, b) is False), None)
                if pair is not None:
                    self.publisher.judgements.append(Judgement("not_same", *pair, 0.0, ("data/aliases.toml",), "alias"))


def _under_one_heading(one: Thing, other: Thing) -> bool:
    """The same section, and the same of its rows where it has several with one name."""
    return bool({form.identity[4] for form in one.forms if form.identity[4]} & {form.identity[4] for form in other.forms}) or bool(
        one.latest.sections & other.latest.sections and "#" not in one.latest.identity[4] + other.latest.identity[4]
    )


def _mergeable(one: Thing, other: Thing) -> bool:
    """Whether no document has both, and no two say different numbers of one year."""
    documents = [{form.document_id for form in thing.forms} for thing in (one, other)]
    return not documents[0] & documents[1] and not compared(one.says, other.says)[1]


def _namesakes(earlier: Thing, thing: Thing) -> tuple[Form, Form]:
    """The latest earlier form that has its name in a form of the thing."""
    return next(((a, b) for a in reversed(earlier.forms) for b in thing.forms if a.identity[1:3] == b.identity[1:3]), (earlier.latest, thing.forms[0]))


def _holds(verdict: Verdict, thing: Thing, earlier: Thing) -> bool:
    """Whether one name in two documents is one indicator. Numbers are revised, so that names of their own hold against one; 利用者数 does not."""
    if verdict.matches >= verdict.clashes:
        return True
    content = min(len(read(form.name, form.component).content) for form in (*thing.forms, *earlier.forms))
    here, there = (frozenset(s for form in side.forms for s in form.sections) for side in (thing, earlier))
    elsewhere = bool(here and there and not here & there)
    return not elsewhere or (content > 2 and verdict.clashes < 3)


def candidates(free: Sequence[Thing], earlier: Sequence[Thing], corpus: Corpus) -> Iterator[tuple[Thing, Thing]]:
    """Pairs worth weighing: for each free thing the earlier ones that share its rarest words and its numbers."""
    by_word: Mapping[object, list[Thing]] = defaultdict(list)
    for thing in earlier:
        for clue in _clues(thing):
            by_word[clue].append(thing)
    order = {thing: at for at, thing in enumerate(earlier)}
    for thing in free:
        shared: Counter[Thing] = Counter()
        for clue in _clues(thing):
            holders = by_word.get(clue, ())
            if len(holders) <= MOST_HOLDING:
                for holder in holders:
                    shared[holder] += 10 if isinstance(clue, tuple) else max(1, round(corpus.bits(str(clue))))
        for holder, _ in sorted(shared.items(), key=lambda item: (-item[1], order[item[0]]))[:CANDIDATES]:
            yield thing, holder


def _clues(thing: Thing) -> list[object]:
    words = {word for reading in thing.readings() for word in reading.content}
    numbers = {(key, number.value) for form in thing.forms for key, some in form.says.items() for number in some if number.value not in (0.0, 1.0, 100.0)}
    return [*sorted(words), *sorted(numbers, key=str)]
