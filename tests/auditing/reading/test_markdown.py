from iadbe.auditing.reading.markdown import read_markdown

TEXT = """# Results
Bold marks values of at least 90.

```
| no | table |
|----|-------|
```
## First
| | a | b |
|:--|--:|---|
| x | 1 | 2 |
| y | 3 |

## Second
a | b
--|--
z \\| w | 4
"""


def test_tables_with_headings_and_lines(written):
    first, second = read_markdown(written({"a.md": TEXT}) / "a.md")
    assert (first.title, second.title) == ("First", "Second")
    assert [row.line for row in first.rows] == [11, 12]
    assert first.header == ["", "a", "b"]
    assert [row.cells for row in second.rows] == [["z | w", "4"]]


def test_short_rows_stay_short(written):
    first, _ = read_markdown(written({"a.md": TEXT}) / "a.md")
    assert first.rows[1].cells == ["y", "3"]


def test_the_stated_rule_of_bold(written):
    assert read_markdown(written({"a.md": TEXT}) / "a.md")[0].bold_from == 90.0
