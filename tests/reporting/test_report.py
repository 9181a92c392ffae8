"""The report as a file: self-contained, complete and safe."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

import pytest

from iadbe.reporting.figures import draw
from iadbe.reporting.leaderboard import rank
from iadbe.reporting.report import render
from iadbe.schemas import ExamplesSchema, MetricsSchema, RunsSchema, ScorecardSchema

from .made_up import CATEGORIES, CAUSE, TRACEBACK, frame

_LOADING = {"src", "href", "data", "poster", "action", "background", "srcset"}


class Reader(HTMLParser):
    """Collects what a file would load, its text outside of scripts, and its elements."""

    def __init__(self, html):
        super().__init__()
        self.loads, self.words, self.tags = [], [], []
        self.within = None
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self.within = tag if tag in {"script", "style"} else None
        self.loads += [value for name, value in attrs if name in _LOADING]
        self.loads += re.findall(r"url\(([^)]*)", dict(attrs).get("style") or "")

    def handle_endtag(self, tag):
        self.within = None

    def handle_data(self, data):
        if self.within == "style":
            self.loads += re.findall(r"(?:url\(|@import)([^);]*)", data)
        elif self.within is None:
            self.words.append(data)


@pytest.fixture(scope="module")
def html(tables):
    return rendered(tables, {"Resolution": "256 × 256 <pixels>"})


def rendered(tables, facts):
    board = rank(tables.metrics, tables.runs)
    figures = draw(board, tables.runs, tables.curves)
    given = (tables.metrics, tables.runs, tables.examples, figures, facts)
    return render("demo", board, *given, details=tables.details)


def test_published_results_have_their_section_where_there_are_any(tables, html):
    assert "Beside published results" not in html
    board = rank(tables.metrics, tables.runs)
    row = dict.fromkeys(ScorecardSchema.to_schema().columns, "x<b>")
    row |= {"dataset": "demo", "model": "padim", "compared_with": "padim", "category": "fabric"}
    row |= {"metric": "aupro", "ours": 0.9, "published": 0.8, "difference": 0.1, "seeds": 1}
    compared = frame(ScorecardSchema, [row | {"tolerance": 0.02, "verdict": "not comparable"}])
    told = render(
        "demo", board, tables.metrics, tables.runs, tables.examples, {}, {}, compared=compared
    )
    assert "Beside published results" in told
    assert '<span class="badge not-comparable">not comparable</span>' in told
    assert "x&lt;b&gt;" in told
    assert "x<b>" not in told


def test_it_loads_nothing_from_outside(html):
    loads = Reader(html).loads
    assert [load[:60] for load in loads if not load.startswith(("data:image/", "#"))] == []


def test_it_forbids_the_browser_to_load_anything(html):
    policies = [a["content"] for tag, a in Reader(html).tags if "http-equiv" in a]
    assert len(policies) == 1
    assert "default-src 'none'" in policies[0]
    assert "http" not in policies[0]


def test_it_shows_causes_and_traceback_files_escaped(html):
    text = " ".join(Reader(html).words)
    assert CAUSE in text
    assert TRACEBACK in text
    assert "<b>NaN</b>" not in html
    assert "256 × 256 <pixels>" in text


def test_it_shows_costs(html):
    text = " ".join(" ".join(Reader(html).words).split())
    assert "Memory, MB" in text
    assert "900 14.5 13.3" in text


def test_a_figure_cannot_end_its_script(tables):
    board = rank(tables.metrics, tables.runs)
    figures = draw(board, tables.runs, tables.curves)
    figures["demo.cost"].update_layout(title="</script><script>alert(1)</script>")
    html = render("demo", board, tables.metrics, tables.runs, tables.examples, figures, {})
    assert "alert(1)</script>" not in html


def test_it_answers_first(html):
    text = re.sub(r"\s+", " ", " ".join(Reader(html).words))
    assert "Take patchcore: the best of 3 unsupervised models, with a mean image AUROC" in text
    assert "At its threshold it misses" in text


def test_cells_without_a_result_show_their_status(html):
    table = html[html.index('data-metric="image_auroc"') : html.index('data-metric="pixel_auroc"')]
    row = table[table.index("</span>dfkde") :]
    row = row[: row.index("</tr>")]
    assert re.findall(r'class="badge (\w+)"', row) == ["stale", "missing", "stale"]
    assert 'href="#cell:demo.dfkde.machined_part.s0"' in row
    assert "0.000" not in table


def test_a_mean_over_fewer_categories_says_so_in_both_tables(html):
    quality_columns, tables_by_category = 8, 8
    assert html.count("<small>2/3</small>") == quality_columns + tables_by_category
    assert "over 12 of 15 categories" in html


def block(html, name):
    return json.loads(html.split(f'id="{name}">')[1].split("</script>")[0])


def test_results_of_stale_cells_are_not_shown(html, tables):
    fresh = block(html, "cell:demo.dfkde.fabric.s0")
    assert len(fresh["scores"]) == 50
    assert len(fresh["gallery"]) == 6
    stale = block(html, "cell:demo.dfkde.machined_part.s0")
    assert (stale["scores"], stale["gallery"], stale["metrics"]) == ([], [], [])
    assert (stale["status"], stale["pro"]) == ("stale", [[], []])
    kept = tables.examples.query("model == 'dfkde' and category == 'machined_part'")
    assert len(kept), "though the table has them"


def test_a_failed_cell_can_be_opened_and_says_why(html):
    failed = block(html, "cell:demo.stfpm.board.s0")
    assert failed["cause"] == CAUSE
    assert ["traceback", TRACEBACK] in failed["provenance"][0][1]


def test_a_picture_is_stored_once_for_all_models(html, tables):
    images = block(html, "category:demo.fabric")["images"]
    assert len(images) == 20
    defective = [images[place] for place in images if int(place) < 12]
    assert len(defective) == 12
    assert all(html.count(content) == 1 for content in defective)


def test_every_picture_has_a_text_and_every_header_a_scope(html):
    tags = Reader(html).tags
    assert all(a.get("alt") for tag, a in tags if tag == "img")
    assert all(a.get("scope") in {"row", "col", "rowgroup"} for tag, a in tags if tag == "th")
    assert {"header", "main", "footer"} <= {tag for tag, _ in tags}


def test_its_size_is_sane(html, tables):
    assert len(html) < 8_000_000
    many = tables.examples.assign(anomaly_map=b"\xff\xd8" + bytes(500_000))
    big = rendered(tables._replace(examples=many), {})
    assert len(big) < 8_000_000
    assert "further examples are left out" in big


def test_nothing_done_yet_says_so(empty_tables):
    text = " ".join(Reader(rendered(empty_tables, {})).words)
    assert "No cell is done yet (0 of 3)" in text
    assert all(f"demo.padim.{category}.s0" in text for category in CATEGORIES)


def test_an_empty_matrix_says_so(empty_tables):
    nothing = empty_tables._replace(runs=frame(RunsSchema, []))
    assert "This benchmark has no cells" in rendered(nothing, {})


def test_two_datasets_have_two_parts(tables):
    both = tables._replace(
        metrics=frame(MetricsSchema, _twice(tables.metrics)),
        runs=frame(RunsSchema, _twice(tables.runs)),
        examples=frame(ExamplesSchema, _twice(tables.examples)),
    )
    html = rendered(both, {})
    assert 'id="demo-board"' in html
    assert 'id="other-board"' in html


def _twice(rows):
    records = rows.to_dict("records")
    copies = [row | {"dataset": "other"} for row in records]
    for row in copies:
        if "cell" in row:
            row["cell"] = row["cell"].replace("demo.", "other.")
    return records + copies


def test_a_supervised_model_is_marked_wherever_it_is_named(html):
    named = re.findall(
        r'<(?:th scope="row" class="name"|summary)[^>]*>(.*?)</(?:th|summary)>', html, re.S
    )
    yolo = [cell for cell in named if "</span>yolo" in cell]
    assert len(yolo) >= 6, "leaderboard, three metrics, gallery, setups"
    assert all(">supervised</span>" in cell for cell in yolo)
    others = [cell for cell in named if "</span>padim" in cell]
    assert others
    assert not any("supervised</span>" in cell for cell in others)
