"""Each fault of a codebook is told with its file, line and value, what is allowed, and the nearest valid word."""

import pickle
from importlib.resources import files
from pathlib import Path

import pytest

from clippings.codebook import (
    FILES,
    OPTIONAL,
    Codebook,
    CodebookError,
    Fault,
    create,
    find_faults,
)

SHIPPED = Path(str(files("clippings"))) / "codebooks" / "security"
KINDS = "alliance, country, government_body, media, organization, person, place, region, think_tank, treaty, weapon"
YAMLS = [name for name in FILES if name.endswith(".yaml")]
THEME = """\
- id: gas
  label: Gas
  definition: Gas.
  include: []
  exclude: []
  indicators:
    - terms: [gas]
  positive:
    - Gas is dear.
  negative:
    - Oil is dear.
"""


@pytest.fixture
def own(tmp_path) -> Path:
    return create(tmp_path / "own")


def told(folder: Path) -> list[str]:
    return [str(fault) for fault in find_faults(folder)]


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


NEGATIVE = "    - The old pipeline was painted green.\n    - Belarus signed a treaty on tourism with Georgia."
CHANGES = {
    "unknown key": (
        *("themes.yaml", "  definition:", "  defintion:"),
        "themes.yaml:8: unknown key 'defintion'; did you mean 'definition'?",
    ),
    "unknown key of an indicator": (
        *("themes.yaml", "      with: [price", "      wiht: [price"),
        "themes.yaml:16: unknown key 'wiht'; did you mean 'with'?",
    ),
    "unknown key like no other": (
        *("confusions.yaml", "- printed: week", "- zzz: 1\n  printed: week"),
        "confusions.yaml:4: unknown key 'zzz'; known are printed, expected, before, after",
    ),
    "missing key": (
        *("themes.yaml", "  label: Gas transit\n", ""),
        "themes.yaml:6: the key 'label' is missing; needed are id, label, definition, include, exclude, indicators, "
        "positive, negative",
    ),
    "key twice": (
        *("themes.yaml", "  label: Gas transit\n", "  label: Gas transit\n  label: Gas\n"),
        "themes.yaml:8: the key 'label' stands twice; keep one of them",
    ),
    "text for a list": (
        *("cues.yaml", "phrases: [according to]", "phrases: according to"),
        "cues.yaml:12: a list is needed here, not 'according to'; put it in square brackets, or behind a dash",
    ),
    "nothing for a list": (
        *("confusions.yaml", "after: []", "after:"),
        "confusions.yaml:7: a list is needed here, not nothing; write [] for none",
    ),
    "list for text": (
        *("themes.yaml", "label: Gas transit", "label: [Gas, transit]"),
        "themes.yaml:7: text is needed here, not a list",
    ),
    "keys for text": (
        *("themes.yaml", "- The old pipeline was", "- The old pipeline: was"),
        "themes.yaml:21: text is needed here, not a set of keys; put a text that holds a colon or braces in quotes",
    ),
    "flag for text": (
        *("cues.yaml", "[he, she", "[true, she"),
        "cues.yaml:13: text is needed here, not 'true'; put the word in quotes",
    ),
    "text for a flag": (
        *("contexts.yaml", "default: true", "default: yes"),
        "contexts.yaml:7: true or false is needed here, not 'yes'",
    ),
    "text for keys": (
        *("cues.yaml", "  - {forms: [say, says, said, saying], frame: say}", "  - say"),
        "cues.yaml:8: a set of keys (forms, frame) is needed here, not 'say'",
    ),
    "word of a choice": (
        *("cues.yaml", "frame: tell", "frame: tells"),
        "cues.yaml:9: 'tells' is none of call, say, tell, think; did you mean 'tell'?",
    ),
    "version of two numbers": (
        *("codebook.yaml", "version: 0.1.0", "version: 0.1"),
        "codebook.yaml:5: the version '0.1' is not of the form x.y.z; write three numbers, as in 1.0.0",
    ),
    "version with a letter": (
        *("codebook.yaml", "version: 0.1.0", "version: v0.1.0"),
        "codebook.yaml:5: the version 'v0.1.0' is not of the form x.y.z; write three numbers, as in 1.0.0",
    ),
    "version with a zero before": (
        *("codebook.yaml", "version: 0.1.0", "version: 0.01.0"),
        "codebook.yaml:5: the version '0.01.0' is not of the form x.y.z; write three numbers, as in 1.0.0",
    ),
    "name of two words": (
        *("codebook.yaml", "name: own", "name: my own"),
        "codebook.yaml:4: the name 'my own' is no single word; use letters, digits, '.', '_' and '-'",
    ),
    "empty title": (*("codebook.yaml", "title: Gas and transit", "title: ''"), "codebook.yaml:6: title is empty"),
    "theme id": (
        *("themes.yaml", "id: gas_transit", "id: Gas transit"),
        "themes.yaml:6: the id 'Gas transit' is no single word in small letters; "
        "use small letters, digits and '_', as in missile_defense",
    ),
    "theme twice": (
        *("themes.yaml", "- id: gas_transit", THEME + THEME + "- id: gas_transit"),
        "themes.yaml:17: the theme 'gas' stands twice; keep one of them",
    ),
    "unknown actor": (
        *("themes.yaml", "@Gazprom", "@Gasprom"),
        "themes.yaml:16: '@Gasprom' names no actor; did you mean '@Gazprom'?",
    ),
    "a form for an id": (
        *("themes.yaml", "@Gazprom", "@Belarus"),
        "themes.yaml:16: '@Belarus' names no actor; did you mean '@BY'?",
    ),
    "an unknown actor of the page": (
        *("themes.yaml", 'cut, "@Gazprom"]', 'cut]\n      page: [[debt], ["@Gasprom"]]'),
        "themes.yaml:17: '@Gasprom' names no actor; did you mean '@Gazprom'?",
    ),
    "an actor like no other": (
        *("themes.yaml", "@Gazprom", "@Qqqqqqqqqq"),
        "themes.yaml:16: '@Qqqqqqqqqq' names no actor; '@' stands before the 'short' of a row in actors.csv",
    ),
    "term twice": (
        *("themes.yaml", "[gas, pipeline]", "[gas, gas]"),
        "themes.yaml:15: 'gas' stands twice; keep one of them",
    ),
    "term with spaces": (
        *("themes.yaml", "[gas, pipeline]", "[gas, 'gas  pipe']"),
        "themes.yaml:15: 'gas  pipe' is empty or has spaces too many; words are split by single spaces",
    ),
    "no terms": (
        *("themes.yaml", "[gas, pipeline]", "[]"),
        "themes.yaml:15: an indicator without terms; give at least one",
    ),
    "no examples": (
        *("themes.yaml", "positive:\n", "positive: []\n  negative:\n    - It rains.\n"),
        "themes.yaml:22: the key 'negative' stands twice; keep one of them",
    ),
    "no negative example": (
        *("themes.yaml", NEGATIVE, "    []"),
        "themes.yaml:21: the theme 'gas_transit' has no negative example; give at least one sentence; "
        "it is a test of the theme",
    ),
    "verb twice": (
        *("cues.yaml", "called, calling", "called, said"),
        "cues.yaml:10: the form 'said' stands twice; keep one of them",
    ),
    "verb without forms": (
        *("cues.yaml", "[tell, tells, told, telling]", "[]"),
        "cues.yaml:9: a verb without forms; give all its forms, as in [say, says, said]",
    ),
    "verb of three words": (
        *("cues.yaml", "pointing out]", "going to say]"),
        "cues.yaml:11: the verb 'going to say' has 3 words; give one, or two as in 'pointed out'",
    ),
    "cue with capitals": (
        *("cues.yaml", "[analyst", "[Analyst"),
        "cues.yaml:14: 'Analyst' has capitals; words are compared in small letters; write them so",
    ),
    "confusion with itself": (
        *("confusions.yaml", "expected: weak", "expected: week"),
        "confusions.yaml:5: 'week' is the word printed; give the word that was meant",
    ),
    "confused between two words": (
        *("confusions.yaml", "very, too]", "very much]"),
        "confusions.yaml:6: 'very much' is no single word in small letters",
    ),
    "rule for an unknown actor": (
        *("contexts.yaml", "id: GE", "id: Georgia"),
        "contexts.yaml:7: 'Georgia' names no actor; did you mean 'GE'?",
    ),
    "rule for a form of another": (
        *("contexts.yaml", "form: Georgia", "form: Gorgia"),
        "contexts.yaml:7: 'Gorgia' is no form of 'GE'; did you mean 'Georgia'?",
    ),
    "list for a spelling": (
        *("codebook.yaml", "pipeline: pipe-line", "pipeline: [pipe-line]"),
        "codebook.yaml:10: text is needed here, not a list",
    ),
    "text for spellings": (
        *("codebook.yaml", "spellings:\n  pipeline: pipe-line", "spellings: pipeline"),
        "codebook.yaml:9: a set of keys is needed here, not 'pipeline'",
    ),
    "nothing for an id": (
        *("themes.yaml", "label: Gas transit", "label:"),
        "themes.yaml:7: text is needed here, not nothing",
    ),
    "rule for no actor at all": (
        *("contexts.yaml", "id: GE", "id: Qqqqqqqqqq"),
        "contexts.yaml:7: 'Qqqqqqqqqq' names no actor",
    ),
    "rule twice": (
        *("contexts.yaml", "- {form: Georgia", "- {form: Georgia, id: GE}\n- {form: Georgia"),
        "contexts.yaml:8: the rule for 'Georgia' as 'GE' stands twice; keep one of them",
    ),
    "rule twice in other letters": (
        *("contexts.yaml", "- {form: Georgia", "- {form: GEORGIA, id: GE}\n- {form: Georgia"),
        "contexts.yaml:8: the rule for 'Georgia' as 'GE' stands twice; keep one of them",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("name", "old", "new", "expected"), CHANGES.values(), ids=CHANGES)
def test_a_fault_in_yaml(own, name, old, new, expected):
    change(own / name, old, new)
    assert told(own)[0] == expected
    assert len(told(own)) == 1
    with pytest.raises(CodebookError) as caught:
        Codebook.load(own)
    assert str(caught.value) == expected


def test_all_faults_are_told_at_once_in_order(own):
    change(own / "themes.yaml", "definition:", "defintion:")
    change(own / "themes.yaml", "label: Gas transit", "label: [Gas]")
    change(own / "codebook.yaml", "version: 0.1.0", "version: one")
    change(own / "actors.csv", "organization,RU", "organisation,Russia")
    (own / "cues.yaml").unlink()
    with pytest.raises(CodebookError) as caught:
        Codebook.load(own)
    assert [(fault.file, fault.line) for fault in caught.value.faults] == [
        ("codebook.yaml", 5),
        *[("themes.yaml", 7), ("themes.yaml", 8)],
        *[("actors.csv", 4), ("actors.csv", 4)],
        ("cues.yaml", 0),
    ]
    assert str(caught.value) == f"{caught.value.faults[0]} (and 5 more faults)"


def test_an_error_travels_with_its_faults():
    error = CodebookError("two", [Fault("a", 1, 2, "b", "c")])
    copy = pickle.loads(pickle.dumps(error))
    assert (str(copy), copy.faults) == ("two", error.faults)


@pytest.mark.parametrize("name", [name for name in FILES if name not in OPTIONAL])
def test_a_missing_file(own, name):
    (own / name).unlink()
    assert told(own)[-1].startswith(f"{name}: the file is missing; a codebook needs codebook.yaml, themes.yaml, ")


@pytest.mark.parametrize(
    ("name", "misspelt"),
    [("contexts.yaml", "context.yaml"), ("themes.yaml", "theme.yaml"), ("actors.csv", "actors.tsv")],
)
def test_a_misspelt_file_is_not_passed_over(own, name, misspelt):
    (own / name).rename(own / misspelt)
    with pytest.raises(CodebookError, match=f"own: {misspelt} is not read; rename it {name}$"):
        find_faults(own)


def test_other_files_may_stand_beside_a_codebook(own):
    for name in ("README.md", "notes.yaml", "themes2.yaml"):
        (own / name).write_text("x: 1", encoding="utf-8")
    (own / "contexts.yaml").rename(own / "texts.yaml")  # .87 alike, where "actors.tsv" is .9
    assert find_faults(own) == ()


def test_a_file_that_cannot_be_read(own, monkeypatch):
    def refuse(*_: object, **__: object) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(CodebookError, match="own: cannot be read: Permission denied"):
        Codebook.load(own)


def test_a_rule_may_be_for_a_form_alone(own):
    change(own / "contexts.yaml", "id: GE", "id: null")
    (rule,) = Codebook.load(own).contexts
    assert (rule.form, rule.id) == ("Georgia", None)


def test_contexts_may_be_missing(own):
    (own / "contexts.yaml").unlink()
    assert Codebook.load(own).contexts == ()


def test_an_empty_folder(tmp_path):
    with pytest.raises(CodebookError, match=r"holds no file of a codebook; these are codebook.yaml"):
        Codebook.load(tmp_path)


BROKEN = {
    "syntax": (b"a: [\n", "2: not YAML: ", 1),
    "tab": (b"a: 1\n\t- x", "2: not YAML: ", 1),
    "colon": (b"a: b: c", "1: not YAML: mapping values are not allowed", 5),
    "bytes": (b"a: 1\nb: caf\xe9", "2: not UTF-8: byte 0xe9; save the file as UTF-8", 7),
    "utf-16": (b"\xff\xfea\x00", "1: not UTF-8: byte 0xff", 1),
    "control": (b"a: \x00", "1: not YAML: ", 1),
    "empty": (b"", "1: the file is empty; write [] where there is nothing to list", 1),
    "comment": (b"# nothing\n", "1: the file is empty", 1),
    "number": (b"5", "1: ", 1),
    "two documents": (b"[]\n---\n[]\n", "2: not YAML: ", 1),
    "tag": (b"!!python/object:os.system x", "1: not YAML: could not determine a constructor", 1),
    "alias": (b"*x", "1: not YAML: found undefined alias", 1),
    "itself": (b"&a [*a]", "1: lists are nested too deep", 1),
    "deep": (b"[" * 50_000 + b"]" * 50_000, "1: lists are nested too deep", 1),
}


@pytest.mark.parametrize("name", YAMLS)
@pytest.mark.parametrize(("data", "expected", "column"), BROKEN.values(), ids=BROKEN)
def test_broken_yaml(own, name, data, expected, column):
    (own / name).write_bytes(data)
    fault = next(fault for fault in find_faults(own) if fault.file == name)
    assert str(fault).startswith(f"{name}:{expected}")
    assert len(str(fault).splitlines()) == 1
    assert column == 1 or fault.column == column


@pytest.mark.parametrize(("indent", "hint"), [
    ("   ", "put a text that holds a colon in quotes, and indent the keys of an entry alike"),
    (" ", "indent the keys of an entry alike, and the entries of a list too"),
])  # fmt: skip
def test_a_key_that_is_not_below_the_others_of_its_entry(own, indent, hint):
    change(own / "themes.yaml", "  label: Gas", f"{indent}label: Gas")
    (fault,) = (fault for fault in find_faults(own) if fault.file == "themes.yaml")
    assert fault.message.startswith("not YAML: ")
    assert fault.hint == hint


def test_plain_words_are_text(own):
    change(own / "themes.yaml", "[gas, pipeline]", "[gas, no, on, 1991, 0.5, 2007-11-02, 12:30]")
    (theme,) = Codebook.load(own).themes
    assert theme.indicators[1].terms == ("gas", "no", "on", "1991", "0.5", "2007-11-02", "12:30")
