"""What a line of a page is, by its look: the predicates that the grammar of ``layout`` is made of."""

from __future__ import annotations

import re

from clippings.page import _addresses as addresses
from clippings.page import _citations as citations
from clippings.page import _datelines as datelines
from clippings.page import _outlets as outlets
from clippings.page._line import Line as Line
from clippings.page._line import first_line as first_line
from clippings.page._line import lines as lines
from clippings.page._words import JOB_WORDS, OUTLET_WORDS, RUBRICS, WORDS
from clippings.page.printed_dates import is_date, without_label

ARCHIVE_NAMES = frozenset({"BELARUS NEWS AND ANALYSIS"})
ARCHIVE_ADDRESS = "data.minsk.by/belarusnews/"
SOURCE_LABELS = frozenset({"source:", "source"})
CUT_LABELS = frozenset({"sou", "sour", "sourc"})
DATE_LABEL = "date:"
FURNITURE = tuple(WORDS.site)
BYLINE_LEAD = re.compile(
    rf"(?:(?:(?:{'|'.join(WORDS.done)}) )?by|from|par|von|author ?:|(?:auteur|autor|аўтар|автор)\b ?:?)\s+(?=\S)"
    r"|(?-i:by(?=[A-Z]))",
    re.IGNORECASE,
)
BYLINE_END = re.compile(r", | (?:in|for|(?:of|for) the) (?=[A-Z])| (?:at|on) (?=\d)| [|(/]")
_PRINTED = re.compile(r" (?:internet|online|print) edition$", re.IGNORECASE)
_JOINED = re.compile(r",? (?:and|of|with) ")
_LEADS = ("author", "auteur ", "autor", "автор", "аўтар", "by", "from", "par ", "von ", *WORDS.sources, *WORDS.done)
_NAMED_ONLY = ("from", "par ", "von ")
_SOURCES = tuple(WORDS.sources)
_LONGEST_LEAD = max(map(len, _LEADS))
_BYLINE_ON = re.compile(r"and\s+[A-Z]", re.IGNORECASE)
# What an author is, at the end of a line or before a place or paper; in other places it is a word of a headline.
_JOB = re.compile(rf"\b(?:{'|'.join(sorted(JOB_WORDS))})\b\.?(?:$|\s*[,/|(]| (?:and|at|for|in|of)\b)", re.IGNORECASE)
_JOB_AND_ON = re.compile(rf".*\b(?:{'|'.join(sorted(JOB_WORDS))}) ", re.IGNORECASE)
_UNFINISHED = re.compile(r"(?i:by)(?: [^\W\d_a-z]+)?$|.*\S(?: and| AND|,)$")
_SOURCE = rf"(?:{'|'.join(WORDS.sources)})"
_CREDIT = re.compile(
    rf"source\s*:{{2,}}\s*\S|{_SOURCE}:\s*(?!www\.)[^\s/]+(?: [^\s/]+)*$|\([A-Z][\w./-]+(?:, [A-Z][\w. -]+)*\)$",
    re.IGNORECASE,
)
_SOURCE_LINE = re.compile(rf"{_SOURCE}\s*:\s*(?=\S)", re.IGNORECASE)
_DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[A-Za-z-]{2,}$")
_NAME_WORD = r"(?!AND\b)(?:[^\W\d_a-z][^\W\d_]*(?:[.'’-][^\W\d_]+)*(?:(?<![^\W\d_]{5})\.)?|van|von|de|der)"
_NAME = rf"{_NAME_WORD}(?: {_NAME_WORD}){{1,3}}"
_PERSON = re.compile(rf"{_NAME}$")
_NAME_LIST = re.compile(rf"{_NAME}(?:, {_NAME})+,? (?:and|AND|&) {_NAME}$")
_IN_PLACES = re.compile(rf"{_NAME} in [A-Z]\w+ and {_NAME} in [A-Z]\w+$")
_NAMES = re.compile(rf"{_NAME}(?: (?:and|AND|&) {_NAME})?$")
_CAPITAL = re.compile(r"[^\W\d_a-z]{2,}")
# Who signs for a staff: ``Staff and agencies``, ``From our own correspondent``.
_NOBODY = re.compile(
    r"(?:(?:combined|from|news|our|own|special|staff|wire)(?:,? and | |, ))+"
    r"(?:agencies|correspondents?|reporters?|reports|services|writers?)$",
    re.IGNORECASE,
)
_PIPED = re.compile(r"[^|]{3,40} \| [^|]{2,40}(?: \| [^|]{2,40})?$")
_CLOCK = re.compile(r"\b\d{1,2}[:.]\d{2}\b")
_INNER_STOP = re.compile(r"[^\W\d_]{5}[.?!] ")
_SENTENCE_END = tuple(".?!:;,\"'”’-")
_PORTALS, _JOINT = frozenset(WORDS.portals), re.compile(r"(?: [|–—-]|:) ")
_SECTIONS, _SLASHES = RUBRICS.union(WORDS.sections), re.compile(r"\s+[/|»›>]\s+")
_MOST_NAMES = 3
"""Words of a part of a path."""
_HEADING_WORDS = frozenset(WORDS.headings)
_MOST_CAPITALS = 3
"""Words of a name in capitals; more are a headline."""
_NO_NAMES = _HEADING_WORDS.union(OUTLET_WORDS, WORDS.nations)
# The headline of an item of a digest, with its text on the same line.
CAPITALS = r"(?:\.\.\.)?[A-Z0-9][A-Z0-9 ,.'’\"“”&/:;?!$%()-]{11,118}"
ITEM_HEADLINE = re.compile(CAPITALS + r"[.?!…] (?=[A-Z0-9\"“])(?=\S+?[a-z]|\S [a-z])")
_NUMBERED_ITEM = re.compile(r"\d{1,2}[.)] [A-Z][A-Z ,'’-]{3,40}(?::|$)")
_DOCUMENTS = frozenset(WORDS.documents)
_JOINTS = frozenset({"&", "and", "de", "for", "in", "la", "of", "the"})
TITLE_LENGTH, _SENTENCE_LENGTH, LONGEST_SIGNATURE = 200, 140, 110
_MOST_SMALL = 1
"""Small words in the name of an outlet, beside ``of`` and the like: ``Harbor News abroad``."""
_OUTLET_LENGTH, _OUTLET_WORDS, _NAME_WORDS, _CREDIT_WORDS, _FIRST_LINES = 60, 7, 6, 4, 3


def has_archive(text: str) -> bool:
    """Tell whether the name of the archive is one of the first lines; what stands above it was saved with the page."""
    return any(map(is_archive, lines(text)[:_FIRST_LINES]))


def is_archive(line: Line) -> bool:
    """The name of the archive, on top of a full page."""
    return line.text in ARCHIVE_NAMES


def is_date_label(line: Line) -> bool:
    """The label of the date, alone on its line."""
    return line.text.lower() == DATE_LABEL


def is_page_date(line: Line) -> bool:
    """A date, alone or behind its label."""
    return is_date(without_label(line.text))


def is_title(line: Line) -> bool:
    """A line longer than any headline is a paragraph, as is one that opens with a dateline: the title is missing."""
    if (
        len(line.text) > TITLE_LENGTH
        or line.text.endswith((" -", " --", " –", " —"))
        or (len(line.text) > _SENTENCE_LENGTH and reads_as_sentence(line))
    ):
        return False
    is_of_outlet = is_source_label(line) or is_listed(line) or is_credit(line)
    return not (is_of_outlet or opens_item(line) or datelines.leads(line.text))


def is_title_alone(line: Line) -> bool:
    """A headline that nothing stands below; a sentence is none, but a text, as of a message or a row of a table."""
    return is_title(line) and not line.text.rstrip("\"'”’»)").endswith((".", "?", "!"))


def opens_item(line: Line) -> bool:
    """Tell whether a line begins an item of a digest: capitals and the text behind them, or a number and a headline."""
    return bool(ITEM_HEADLINE.match(line.text) or _NUMBERED_ITEM.match(line.text))


def is_source_label(line: Line) -> bool:
    """The label before the address of the source."""
    return line.text.lower() in SOURCE_LABELS


def is_source_line(line: Line) -> bool:
    """The label with the address behind it."""
    return addresses.is_address(without_source(line.text))


def without_source(text: str) -> str:
    """Drop a ``Source:`` that stands on the line of the address."""
    return _SOURCE_LINE.sub("", text, count=1) if has_lead(text) else text


def is_address(line: Line) -> bool:
    """An address, whole, odd or cut."""
    return addresses.is_address(line.text)


def is_byline(line: Line) -> bool:
    """A line that says by whom: ``By NAME``, ``From X in Washington``, ``Author : X``, or ``By`` above the name."""
    if line.text in ("By", "by", "BY"):
        return True
    if not _says_by(line) or reads_as_sentence(line) or is_by_outlet(line):
        return False
    names = byline_names(line.text)
    return is_name(names) or (is_short(line) and not line.text.lower().startswith(_NAMED_ONLY))


def byline_names(text: str) -> str:
    """Return what stands between the lead of a byline and the place, paper or title behind it."""
    return BYLINE_END.split(BYLINE_LEAD.sub("", text, count=1), maxsplit=1)[0]


def is_name(text: str) -> bool:
    """One person's name, or two joined by and."""
    return bool(_NAMES.match(text)) and _is_capitalized(text)


def _is_capitalized(text: str) -> bool:
    """Tell whether each word begins with a capital: the expressions know the small letters of ASCII alone."""
    return text.isascii() or all(
        word[0].isupper() or word in ("van", "von", "de", "der", "and", "&") for word in text.split()
    )


def is_person(text: str) -> bool:
    """One person's name: two to four words, none of an outlet, a heading or a place."""
    return bool(_PERSON.match(text)) and _is_capitalized(text) and not _is_no_name(text)


def has_lead(text: str) -> bool:
    """Tell whether a line may begin as a byline or a source does; a regular expression is slow where most do not."""
    return text[:_LONGEST_LEAD].lower().startswith(_LEADS)


def is_by_outlet(line: Line) -> bool:
    """``By VOA News`` names an outlet."""
    if not _says_by(line) or not is_short(line) or _has_word(line.text, JOB_WORDS):
        return False
    names = _PRINTED.sub("", byline_names(line.text))
    is_outlet_named = outlets.is_listed(names) or _has_word(names, OUTLET_WORDS) or is_domain(names)
    return is_outlet_named and not is_person(_JOINED.split(names, maxsplit=1)[0])


def is_byline_on(line: Line) -> bool:
    """The second line of a byline: another name, or the title of the one before."""
    if not is_short(line):
        return False
    is_more = bool(_BYLINE_ON.match(line.text)) or bool(_JOB.search(line.text))
    return is_more and not is_byline(line)


def is_unfinished(line: Line) -> bool:
    """A byline that goes on in the next line: ``By``, ``By JAN`` or ``By JAN NOVAK AND``."""
    return bool(_UNFINISHED.match(line.text)) and is_short(line)


def is_rest_of_name(line: Line) -> bool:
    """What an unfinished byline goes on with."""
    return is_bare_name(line) or (bool(_CAPITAL.fullmatch(line.text)) and is_short(line))


def is_bare_name(line: Line) -> bool:
    """A name alone, or with a job, a place or a paper; or one piped with a place."""
    if len(line.text) > LONGEST_SIGNATURE or line.is_own_outlet:
        return False
    if _NOBODY.match(line.text):
        return True
    if "|" in line.text and _PIPED.match(line.text) and not _CLOCK.search(line.text):
        return not is_domain(line.text.partition(" ")[0])
    if ";" in line.text:
        return all(map(is_person, line.text.split("; ")))
    if "," in line.text and _NAME_LIST.match(line.text):
        return not _is_no_name(line.text.replace(",", ""))
    names, *rest = BYLINE_END.split(line.text, maxsplit=1)
    if rest and " in " in line.text and _IN_PLACES.match(line.text):
        return not _is_no_name(names)
    words = names.split()
    if _has_word(names, JOB_WORDS) and is_person(_JOB_AND_ON.split(names)[-1]) and not reads_as_sentence(line):
        return True
    if len(words) > _NAME_WORDS or len(" ".join(rest).split()) > _CREDIT_WORDS or _is_no_name(names):
        return False
    if names.isupper() and len(words) > _MOST_CAPITALS and " AND " not in names:
        return False
    if reads_as_sentence(line) or (rest and datelines.stands_alone(line.text)):
        return False
    return is_name(names) or (_has_word(names, JOB_WORDS) and is_name(" ".join(words[-2:])))


def is_outlet(line: Line) -> bool:
    """A short line that names an outlet: a listed one, a domain, or a title in capitals that is no heading."""
    if not is_short(line):
        return False
    if outlets.is_listed(line.text) or is_by_outlet(line):
        return True
    if is_byline(line) or is_dateline(line) or is_credit(line) or is_rubric(line):
        return False
    if is_domain(line.text):
        return True
    if (
        line.text.endswith(_SENTENCE_END)
        or line.text.startswith(("A ", "An "))
        or line.text.count(" | ") > 1
        or _INNER_STOP.search(line.text)
        or _CLOCK.search(line.text)
        or line.text.lower().rpartition(" ")[2] in _DOCUMENTS
    ):
        return False
    named = [word for word in line.text.split() if _is_outlet_word(word)]
    if not named or _has_word(line.text, JOB_WORDS):
        return not named and is_titled(line)
    if named[0] == line.text.split()[0] and line.text[1:].islower() and len(line.text.split()) > 1:
        return False
    # In a headline such a word is a word: "Gas talks go to the wire".
    others = [word for word in line.text.split() if word not in named and word.islower() and word not in _JOINTS]
    return not others or (len(others) <= _MOST_SMALL and not all(map(str.islower, named)))


def is_listed(line: Line) -> bool:
    """The name of an outlet of the table."""
    if line.is_own_outlet or len(line.text) > _OUTLET_LENGTH:
        return line.is_own_outlet
    name, _, place = line.text.partition(", ")
    return outlets.is_listed(line.text) or (place.istitle() and place.isalpha() and outlets.is_listed(name))


def is_known_outlet(line: Line) -> bool:
    """A listed outlet, one capitalized word, a domain, or a line with a word such as News: one even behind the text."""
    if not is_short(line):
        return False
    if is_named_outlet(line):
        return True
    is_single = " " not in line.text and len(line.text) > 2 and line.text[:1].isupper() and line.text[-1:].isalpha()
    return is_single and not is_dateline(line)


def is_named_outlet(line: Line) -> bool:
    """An outlet by its very name: listed, a domain, or with a word such as News."""
    if not is_short(line):
        return False
    is_named = is_listed(line) or is_domain(line.text) or outlets.is_name_of_paper(line.text)
    is_named = is_named or (any(map(_is_outlet_word, line.text.split())) and is_outlet(line))
    return is_named and not (is_portal(line) or is_path(line.text))


def _is_outlet_word(word: str) -> bool:
    """Tell whether a word is one such as News, or two of names joined, one of which is: ``Sun-Ledger``."""
    last = word.rpartition("-")[2] if word.istitle() else word
    return last.lower().strip(".,") in OUTLET_WORDS


def names_outlet(text: str) -> bool:
    """Tell whether words are an outlet by its very name."""
    return is_named_outlet(Line(0, len(text), text))


def is_job(line: Line) -> bool:
    """Tell whether a line says what an author is: ``Globe Correspondent``."""
    return line.text.lower().rpartition(" ")[2] in JOB_WORDS


def is_portal(line: Line) -> bool:
    """Tell whether a line names what carries the texts of others, alone or before a joint: ``NewsBank - News``."""
    return _JOINT.split(line.text, maxsplit=1)[0].lower() in _PORTALS


def names_portal(text: str) -> bool:
    """Tell whether words name what carries the texts of others."""
    return is_portal(Line(0, len(text), text))


def is_path(text: str) -> bool:
    """Tell whether words are a path of a site, one of whose parts is a section: ``Main / News / CIS``."""
    parts = _SLASHES.split(text.lower())
    return len(parts) > 1 and not _SECTIONS.isdisjoint(parts) and max(map(len, map(str.split, parts))) <= _MOST_NAMES


def is_rubric(line: Line) -> bool:
    """A word that heads a part of a paper, such as ``Analysis``."""
    return line.text.lower().rstrip(":") in RUBRICS


def is_heading(line: Line) -> bool:
    """A short line that is no sentence, no name and no outlet by its very name: a rubric, if an outlet follows."""
    if not is_short(line) or line.text.endswith(_SENTENCE_END):
        return False
    if is_named_outlet(line):
        return False
    return not (is_byline(line) or is_bare_name(line) or is_dateline(line) or is_credit(line))


def is_credit(line: Line) -> bool:
    """``Source ::: AFP``, ``Source: Xinhua``, ``—AFP`` or ``(ITAR-TASS, Interfax)``."""
    if line.text[0] in "-–—":
        return len(line.text) <= _OUTLET_LENGTH and outlets.is_listed(line.text.lstrip("-–— "))
    if line.text[0] != "(" and not line.text.lower().startswith(_SOURCES):
        return False
    return (is_short(line) and bool(_CREDIT.match(line.text))) or bool(citations.monitored(line))


def is_dateline(line: Line) -> bool:
    """A place, alone on its line: ``MINSK (AFP)``."""
    return datelines.stands_alone(line.text) and line.text.split()[0].lower() not in OUTLET_WORDS


def is_short(line: Line) -> bool:
    """Tell whether a line is short enough for a name or an outlet."""
    return len(line.text) <= _OUTLET_LENGTH and len(line.text.split()) <= _OUTLET_WORDS


def reads_as_sentence(line: Line) -> bool:
    """Tell whether a line ends as a sentence does; an initial's period does not count."""
    return line.text.endswith((".", "?", "!"))


def _says_by(line: Line) -> bool:
    return len(line.text) <= LONGEST_SIGNATURE and has_lead(line.text) and bool(BYLINE_LEAD.match(line.text))


def _is_no_name(names: str) -> bool:
    lower = names.lower()
    if (
        outlets.is_name_of_paper(names)
        or lower in datelines.TWO_WORD_PLACES
        or not _NO_NAMES.isdisjoint([word.strip(".,") for word in lower.split()])
    ):
        return True
    words = names.split()
    if any(word.endswith(("'s", "’s")) for word in words):
        return True
    return any(outlets.is_listed(" ".join(words[at:])) for at in range(len(words)))


def is_domain(text: str) -> bool:
    """Tell whether a text is the name of a host."""
    return "." in text and bool(_DOMAIN.match(text))


def is_titled(line: Line) -> bool:
    """A title of capitalized words that no heading would have; in capitals throughout it is a heading."""
    words = line.text.split()
    is_named = all(word.lstrip("(")[:1].isupper() or word[:1].isdigit() or word in _JOINTS for word in words)
    is_headed = any(word.lower() in _HEADING_WORDS for word in words[words[0].lower() == "the" :])
    return is_named and not is_headed and not (len(words) > 2 and line.text.isupper())


def has_outlet_word(text: str) -> bool:
    """Tell whether a line has a word such as News."""
    return _has_word(text, OUTLET_WORDS)


def _has_word(text: str, words: frozenset[str]) -> bool:
    return not words.isdisjoint([word.strip(".,") for word in text.lower().split()])
