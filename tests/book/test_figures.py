"""What stands under a figure is made from what the page shows below it."""

import csv
import io
import re

import pytest

from clippings_figures import Book, as_csv, with_row_names, with_tools

BOOK = Book("A book", "Its authors", "2026", "1.2", "https://book.example/")
TABLE = """<table border="1" class="dataframe"><thead><tr><th>id</th><th>what was said</th></tr></thead>
<tbody><tr><td><a href="items/1.html">092006-1</a></td><td>"Gas, oil"</td></tr>
<tr><td>–</td><td>-3</td></tr></tbody></table>"""
PAGE = """<h1>Ties &amp; bonds<a class="headerlink" href="#ties">#</a></h1>
<figure class="align-default" id="fig-a"><img src="a.png"/><figcaption><p><span class="caption-number">Fig. 2 </span>
<span class="caption-text">A figure.</span></p></figcaption></figure>
<details class="fold">{table}</details>
<figure class="align-default" id="fig-b"></figure>{other}"""


def test_a_figure_gets_its_table_as_a_file_and_a_citation_that_leads_back() -> None:
    page, files = with_tools(PAGE.format(table=TABLE, other=TABLE.replace("-3", "-4")), "ties.html", BOOK)
    assert list(files) == ["figures/fig-a.csv", "figures/fig-b.csv"]
    rows = list(csv.reader(io.StringIO(files["figures/fig-a.csv"])))
    assert rows == [["id", "what was said"], ["092006-1", '"Gas, oil"'], ["", "-3"]]
    cited = "Its authors: A book, version 1.2, 2026, &quot;Ties &amp; bonds&quot;, Fig. 2, fig-a, https://book.example/"
    assert f"<pre>{cited}ties.html#fig-a</pre>" in page
    assert with_tools(page, "ties.html", BOOK) == (page, files)
    assert page.index("</figure>") < page.index("figure-tools") < page.index('<details class="fold">')


def test_the_rows_that_marks_lead_to_have_names_and_no_others() -> None:
    marked = PAGE.replace('<img src="a.png"/>', '<a href="#fig-a-row-2"></a>', 1).format(table=TABLE, other=TABLE)
    rows = re.findall(r'<tr id="([^"]+)">', with_row_names(marked))
    assert rows == ["fig-a-row-1", "fig-a-row-2"]
    named, files = with_tools(marked, "ties.html", BOOK)
    assert with_tools(named, "ties.html", BOOK) == (named, files)
    assert with_row_names(PAGE.format(table=TABLE, other=TABLE)) == PAGE.format(table=TABLE, other=TABLE)


def test_a_figure_without_a_table_has_nothing_to_take() -> None:
    page = PAGE.format(table="", other="")
    assert with_tools(page, "ties.html", BOOK) == (page, {})


@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        ("+4 (-11 to +19)", "'+4 (-11 to +19)"),
        ("-3", "-3"),
        ("+0.5", "+0.5"),
        ("=A1", "'=A1"),
        ("@x", "'@x"),
        ("–", ""),
    ],
)
def test_no_cell_is_a_formula(cell: str, kept: str) -> None:
    [[found]] = csv.reader(io.StringIO(as_csv(f"<table><tr><td>{cell}</td></tr></table>")))
    assert found == kept
