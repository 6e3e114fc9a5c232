"""Full names of a text, by the surname they end in, their first name, and the spelling they share."""

from __future__ import annotations

import bisect
import functools
import re
from collections.abc import Iterator, Sequence
from itertools import compress, pairwise
from operator import and_, attrgetter

from clippings.evidence import Mention
from clippings.layers.quotes.full_names import PARTS, FullName, bare, full_name, owned
from clippings.model import Span
from clippings.text.grammar_words import BODIES, FEMALE, MALE, MEMBERS
from clippings.text.name_words import INNER
from clippings.text.phrases import is_headline, starting_at
from clippings.text.tokens import Tokens

_CAPITALS = frozenset({"name", "cap"})
_ARTICLE = re.compile(r"^[a-zA-Z]{2}-(?=[A-Z])")
_TITLES = frozenset({"title", "role"})
_ALONE = frozenset({"mark", "quote", "comma", "cue"})
_NAMING = _TITLES | {"cue"}
_INITIAL = re.compile(r"(?:[A-Z]\. ?)+\S+$")
_TITLED = re.compile(r"\b[A-Z]\S+")
CROWD = 16  # Persons of one surname or role who are told apart.
_ACRONYM = 5
_BEFORE_NAMES = frozenset(["Dean"])  # Surnames that are titles in front of one, and no role of the codebook.
_SOMEBODY = re.compile(r",? who\b|, \d{2},")
_REACH = 8
_RARE = 4  # Of so many words in capitals one may be unknown in small letters, and they are no name.
_DOING = ("er", "or", "ist", "ian", "ant", "eer")
_QUALIFYING = ("cratic", "ential", "ional", "orial")


class Names:
    """The names of two words or more that matter to the sources of a text.

    Attributes:
        full: each name with the place it first stands at; of several spellings the first.
        joined: every spelling met, with the one it is known by.
        by_surname: the names that end in a surname.
        by_first: the names that begin with a first name.
        bearers: the ids of the persons of the gazetteer whom the text names by a surname.
    """

    def __init__(self, stream: Tokens, mentions: Sequence[Mention], sources: Sequence[Span]) -> None:
        self._stream = stream
        self.full: dict[str, Span] = {}
        self.joined: dict[str, str] = {}
        self.by_surname: dict[str, list[str]] = {}
        self.by_first: dict[str, list[str]] = {}
        self.bearers: dict[str, set[str]] = {}
        self._sexes: dict[str, set[str]] = {}
        self._alike: dict[tuple[str, ...], str] = {}
        self._places: dict[str, list[Span]] = {}
        known = [mention for mention in mentions if mention.kind == "person"]
        for mention in known:
            self.bearers.setdefault(mention.of(stream.text).rpartition(" ")[2], set()).add(mention.id)
        persons = [(mention.start, mention.end) for mention in known]
        told = [(source.start + owned(source.of(stream.text)), source.end) for source in sources]
        others = {(m.start, m.end) for m in mentions if m.kind != "person"}
        self._small = set(filter(str.islower, set(stream.words)))
        self._doers = {word for word in self._small if word.endswith(_DOING) and stream.lexicon.kind(word) == "word"}
        for at in compress(range(len(stream.kinds)), map(_TITLES.__contains__, stream.kinds)):
            self._note_sex(at)
        for start, end in sorted({*persons, *told, *self._named()} - others):
            self._add(start, end)
        for name in [name for name in self.full if _INITIAL.match(name)]:
            self._join(name, [other for other in self._namesakes(name) if other[0] == name[0]])
        for name in [name for name in self.full if name.split()[0] in _BEFORE_NAMES]:
            self._join(name, [other for other in self._namesakes(name) if other.split()[0] not in _BEFORE_NAMES])
        for name in list(self.full):
            self._join(name, [other for other in self._namesakes(name) if other.endswith(f" {name}")])

    def after_doers(self, start: int, end: int) -> int:
        """Return where a name begins behind what the text uses as a noun as well: ``Inspector Zhuk``."""
        written = self._stream.text[start:end]
        if written.rpartition(" ")[2] in BODIES:
            return start
        if "-" not in written and self._doers.isdisjoint(written.lower().split()):
            return start
        words = _TITLED.finditer(self._stream.text, start, end)
        behind = (after for word, after in pairwise(words) if word[0].lower() in self._doers)
        return max((after.start() for after in behind), default=start)

    def is_common(self, start: int, end: int) -> bool:
        """Tell whether words in capitals are no name: ``Peace Talks Fail``, where small letters spell them as well.

        A title in front, a verb of saying beside them, or the last of them alone makes a name of them all the same.
        """
        stream = self._stream
        first, behind = bisect.bisect_left(stream.starts, start), bisect.bisect_left(stream.starts, end)
        words = stream.words[first:behind]
        if len(words) < PARTS.start:
            return False
        if sum(bare(word).lower() not in self._small for word in words) > len(words) // _RARE:
            return False
        if not _NAMING.isdisjoint((*stream.kinds[max(0, first - 1) : first], *stream.kinds[behind : behind + 1])):
            return False
        alone = (at for at, word in enumerate(stream.words) if word == words[-1] and stream.kinds[at] == "name")
        return all(stream.words[at - 1] == words[-2] for at in alone)

    def places(self, name: str) -> Sequence[Span]:
        """Return where a name stands in full, in order."""
        return self._places[name]

    @functools.cached_property
    def labelled(self) -> dict[str, str]:
        """The surnames by their capitals, as transcripts print them: ``PETROVA:``."""
        return {surname.upper(): surname for surname in self.by_surname}

    def stands_alone(self, name: str, same: Sequence[str]) -> bool:
        """Tell whether a surname stands alone before one of those who bear it is first named."""
        stream, surname = self._stream, self.surname(name)
        ends = {place.end for other in same for place in self._places[other]}
        before = bisect.bisect_left(stream.starts, self._places[name][0].start)
        led = (at for at in range(before) if stream.words[at].startswith(surname))
        return any(bare(stream.words[at]) == surname and stream.starts[at] + len(surname) not in ends for at in led)

    def is_somebody(self, name: str) -> bool:
        """Tell whether the text speaks of a name as of a person: ``Grace Field, who``, ``Grace Field, 54,``."""
        return any(_SOMEBODY.match(self._stream.text, place.end) for place in self._places[name])

    def has_article(self, name: str) -> bool:
        """Tell whether three words or more always stand behind "the", as ``the National Cotton Exchange`` does."""
        is_long = name.count(" ") >= PARTS.start
        return is_long and all(self._stream.before(place.start) in ("the", "The") for place in self._places[name])

    def speaks_alone(self, surname: str) -> bool:
        """Tell whether a surname says something by itself: ``Field said``, ``said Field``."""
        words, kinds = self._stream.words, self._stream.kinds
        alone = (at for at in range(1, len(words) - 1) if words[at] == surname and kinds[at - 1] in _ALONE)
        return any("cue" in (kinds[at - 1], kinds[at + 1]) for at in alone)

    def _note_sex(self, at: int) -> None:
        """``Mrs Petrova``, ``spokeswoman Anna Petrova``: a title says whether the name behind it is a woman's."""
        word = self._stream.words[at].lower()
        sex = "female" if word in FEMALE else "male" if word in MALE else None
        phrase = starting_at(self._stream, at + 1, len(self._stream.kinds)) if sex else None
        if sex and phrase and phrase.kind == "name":
            named = bare(phrase.source.of(self._stream.text))
            for part in {named, named.rpartition(" ")[2]}:
                self._sexes.setdefault(part, set()).add(sex)

    def sex(self, name: str) -> str | None:
        """Return what titles say of a name, or of its surname where nobody else bears it; None where they disagree."""
        surname = self.surname(name)
        said = self._sexes.get(name) or (
            self._sexes.get(surname) if len(self.by_surname.get(surname, "1")) == 1 else None
        )
        return next(iter(said)) if said and len(said) == 1 else None

    def surname(self, name: str) -> str:
        """Return the last word of a name, suffixes left out."""
        found = full_name(self._stream.lexicon, name)
        return found.surname if found else name.rpartition(" ")[2]

    def _namesakes(self, name: str) -> list[str]:
        return [other for other in self.by_surname[self.surname(name)][: CROWD + 1] if other != name]

    def _join(self, name: str, same: Sequence[str]) -> None:
        """Join ``S. Martynov``, ``Fogh Rasmussen`` to the one name of the text it can be short for."""
        namesakes = self.by_surname[self.surname(name)]
        if len(same) != 1 or len(namesakes) > CROWD:
            return
        namesakes.remove(name)
        del self.full[name]
        self.joined[name] = same[0]
        self._places[same[0]] = sorted([*self._places[same[0]], *self._places.pop(name)], key=attrgetter("start"))

    def last_full(self, name: str, before: int) -> int:
        """Return where a name last stood in full before an offset, -1 where it did not."""
        places = self._places.get(name, [])
        at = bisect.bisect_left(places, before, key=attrgetter("start")) - 1
        return places[at].start if at >= 0 else -1

    def _named(self) -> Iterator[tuple[int, int]]:
        """Yield where every name of two words or more stands; none crosses the end of a sentence or paragraph."""
        stream, kinds = self._stream, self._stream.kinds
        firsts = [first for first, _, _ in stream.units]
        headlines: dict[int, bool] = {}
        capitals = list(map(_CAPITALS.__contains__, kinds))
        for at in compress(range(1, len(kinds)), map(and_, capitals[1:], capitals)):
            unit = bisect.bisect_right(firsts, at) - 1
            first, end, _ = stream.units[unit]
            if at == first or (at + 1 < end and capitals[at + 1] and at + 1 not in stream.breaks):
                continue
            if unit not in headlines:
                headlines[unit] = is_headline(stream, first, end)
            begin = at
            while begin > max(first, at - _REACH) and kinds[begin - 1] in _CAPITALS and begin not in stream.breaks:
                if stream.words[begin - 1] in BODIES:
                    break
                begin -= 1
            if begin < at and not headlines[unit]:
                stop = stream.end(at) - len(stream.words[at]) + len(bare(stream.words[at]))
                start = stream.starts[begin]
                cut = owned(stream.text[start:stop])
                yield start + cut, stop
                owner = bare(stream.text[start : start + cut].rstrip())
                if " " in owner and not owned(owner + " "):
                    yield start, start + len(owner)

    def _add(self, start: int, end: int) -> None:
        start = self.after_doers(start, end)
        written = self._stream.text[start:end]
        known = self.joined.get(written)
        if known is not None:
            self._places[known].append(Span(start, end))
            return
        if written in self.by_surname:
            return
        found = full_name(self._stream.lexicon, written)
        if found is None or self.is_common(start, end) or _is_of_a_body(found):
            return
        name = found.name
        known = self.joined.get(name)
        if known is None:
            known = self._alike.setdefault(found.alike, name)
            self.joined[name] = known
            if known == name:
                whole = found.family[0].upper() + found.family[1:]
                for word in dict.fromkeys((found.surname, found.family, whole, _ARTICLE.sub("", found.surname))):
                    self.by_surname.setdefault(word, []).append(name)
                self.by_first.setdefault(found.first, []).append(name)
                self.full[name] = Span(start, end)
            elif known not in self.by_surname.get(found.surname, ()):
                self.by_surname.setdefault(found.surname, []).append(known)
        self._places.setdefault(known, []).append(Span(start, end))


def _is_of_a_body(name: FullName) -> bool:
    """``Lida Bank Petrova``, ``Interim DNC``, ``Lida Republican``, ``Nurses Without Work``: these are no persons.

    Nor is ``Republican Presidential`` of a hopeful.
    """
    is_end = name.surname in MEMBERS or name.surname.endswith(_QUALIFYING)
    if is_end or any(word in BODIES or word in INNER for word in name.name.split()[:-1]):
        return True
    return 1 < len(name.surname) <= _ACRONYM and name.surname.isupper() and not name.first.isupper()
