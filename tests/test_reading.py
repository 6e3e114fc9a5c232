"""Files, folders and patterns become clippings in a stable order, and no file is lost without a word."""

import shutil
from pathlib import Path

import pytest

import clippings as cl
from clippings.reading import inputs

ROOT = Path(__file__).resolve().parent.parent
REAL = ROOT / "data" / "clippings" / "112007-14.txt"
PAGE = REAL.read_bytes()


@pytest.fixture
def press(tmp_path, monkeypatch) -> Path:
    """A folder with pages at two depths, and files that are not pages."""
    folder = tmp_path / "press"
    for name in ("b.txt", "a.txt", "sub/d.txt", "sub/deep/c.txt", "notes.md", "sub/e.txt.bak"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(PAGE)
    monkeypatch.chdir(tmp_path)
    return folder


def ids(corpus: cl.Corpus) -> list[str]:
    return [clipping.id for clipping in corpus]


@pytest.mark.parametrize("kind", [str, Path])
def test_a_file(kind):
    corpus = cl.read(kind(REAL))
    assert ids(corpus) == ["112007-14"]
    assert corpus[0].path == str(REAL)
    assert corpus[0].text.encode() == PAGE
    assert corpus.failures == ()


def test_a_folder_is_read_to_its_depth_in_order(press):
    corpus = cl.read(press)
    assert [Path(clipping.path).relative_to(press).as_posix() for clipping in corpus] == [
        "a.txt",
        "b.txt",
        "sub/d.txt",
        "sub/deep/c.txt",
    ]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("press/*.txt", ["a", "b"]),
        ("press/**/*.txt", ["a", "b", "sub/d", "sub/deep/c"]),
        ("press/[b-z].txt", ["b"]),
        ("press/?.txt", ["a", "b"]),
        ("press/*.md", ["notes"]),
        ("press/s*", ["sub/d", "sub/deep/c"]),
        ("press/*", ["a", "b", "notes", "sub/d", "sub/deep/c"]),
        ("press/*.html", ["CLP101"]),
    ],
)
@pytest.mark.usefixtures("press")
def test_a_pattern(pattern, expected):
    corpus = cl.read(pattern)
    assert [*ids(corpus), *(failure.code for failure in corpus.failures)] == expected


def test_a_name_that_looks_like_a_pattern_is_a_name(press):
    (press / "x[1].txt").write_bytes(PAGE)
    assert ids(cl.read(press / "x[1].txt")) == ["x[1]"]


@pytest.mark.parametrize("again", ["press/a.txt", "./press/a.txt", "press/../press/a.txt", "press//a.txt"])
def test_a_file_named_twice_is_read_once(press, again):
    assert ids(cl.read("press/a.txt", again)) == ["a"]
    assert ids(cl.read(press, again)) == ["a", "b", "sub/d", "sub/deep/c"]
    assert ids(cl.read(again, press)) == ["a", "b", "sub/d", "sub/deep/c"]


@pytest.mark.usefixtures("press")
def test_the_order_of_the_arguments_is_kept():
    assert ids(cl.read("press/b.txt", "press/sub", "press/a.txt")) == ["b", "d", "deep/c", "a"]


def test_reading_twice_gives_the_same(press):
    first, second = cl.read(press), cl.read(press)
    assert list(first) == list(second)


def test_a_folder_named_as_a_page_is_walked_and_no_failure(press):
    (press / "folder.txt").mkdir()
    (press / "folder.txt" / "z.txt").write_bytes(PAGE)
    corpus = cl.read(press)
    assert ids(corpus) == ["a", "b", "folder.txt/z", "sub/d", "sub/deep/c"]
    assert corpus.failures == ()


BAD = {
    "empty.txt": (b"", "CLP103"),
    "binary.txt": (b"\x89PNG\r\n\x1a\n" + bytes(50), "CLP104"),
    "mark.txt": (b"\xff\xfeM", "CLP105"),
}


def test_good_and_bad_together_are_all_accounted_for(press):
    for name, (data, _) in BAD.items():
        (press / name).write_bytes(data)
    names = ["press/a.txt", *(f"press/{name}" for name in BAD), "press/none.txt", "press/sub/d.txt", "nowhere"]
    corpus = cl.read(*names)
    assert ids(corpus) == ["a", "d"]
    assert [failure.code for failure in corpus.failures] == [*(code for _, code in BAD.values()), "CLP101", "CLP101"]
    assert len(corpus) + len(corpus.failures) == len(names)
    assert {clipping.path for clipping in corpus} | {failure.file for failure in corpus.failures} == set(names)


def test_strict_raises_the_first_failure(press):
    (press / "b.txt").write_bytes(b"")
    with pytest.raises(cl.SourceError) as caught:
        cl.read(press, "nowhere", strict=True)
    assert caught.value.diagnostic.code == "CLP103"
    assert caught.value.diagnostic.file == str(press / "b.txt")
    assert "the file is empty" in str(caught.value)


@pytest.mark.parametrize("layout", ["auto", "plain"])
def test_the_layout_is_passed_on(layout):
    corpus = cl.read(REAL, layout=layout)
    assert corpus[0].form == ("plain" if layout == "plain" else "F1")


def test_parsing_the_text_reads_what_the_file_holds():
    (read,) = cl.read(REAL)
    (parsed,) = cl.parse(PAGE.decode(), path=str(REAL))
    assert parsed == read


def test_a_text_without_a_name_is_called_by_its_hash():
    (clipping,) = cl.parse("Minsk was quiet.", layout="plain")
    assert clipping.sha256.startswith(clipping.id)
    assert len(clipping.id) == 12


def test_nothing_to_read_is_an_empty_corpus():
    assert (len(cl.read()), cl.read().failures) == (0, ())


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("", "CLP101"),
        ("no-such-file.txt", "CLP101"),
        ("a\0b.txt", "CLP101"),
        ("\ud800.txt", "CLP101"),
        ("press/a.txt/b.txt", "CLP101"),
        ("x" * 5000, "CLP107"),
        ("press/loop.txt", "CLP107"),
        ("press/gone.txt", "CLP101"),
        ("bare", "CLP102"),
    ],
    ids=lambda value: repr(value[:20]),
)
def test_a_path_that_can_not_be_read(press, name, code):
    (press / "loop.txt").symlink_to("loop.txt")
    (press / "gone.txt").symlink_to("nowhere.txt")
    Path("bare").mkdir()
    corpus = cl.read(name)
    (failure,) = corpus.failures
    assert (failure.code, failure.severity, failure.file) == (code, "error", name)
    assert len(corpus) == 0


def test_a_broken_link_in_a_folder_is_told(press):
    (press / "gone.txt").symlink_to("nowhere.txt")
    corpus = cl.read(press)
    assert len(corpus) == 4
    assert [failure.code for failure in corpus.failures] == ["CLP101"]


@pytest.mark.parametrize("error", [PermissionError(13, "Permission denied"), OSError(5, "Input/output error")])
def test_a_file_the_system_refuses_stops_no_other(press, monkeypatch, error):
    content = inputs._content

    def refuse(path: str) -> bytes:
        if Path(path).name == "a.txt":
            raise error
        return content(path)

    monkeypatch.setattr(inputs, "_content", refuse)
    corpus = cl.read(press)
    (failure,) = corpus.failures
    assert failure.code == "CLP107"
    assert error.strerror in failure.message
    assert ids(corpus) == ["b", "sub/d", "sub/deep/c"]


def test_a_page_moved_elsewhere_reads_the_same_but_for_its_path(tmp_path):
    shutil.copy(REAL, tmp_path / "112007-14.txt")
    (here,), (there,) = cl.read(tmp_path / "112007-14.txt"), cl.read(REAL)
    assert (here.text, here.fields, here.blocks, here.sha256) == (there.text, there.fields, there.blocks, there.sha256)
