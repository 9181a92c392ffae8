from pathlib import Path

from iadbe.auditing.interpret import interpret
from iadbe.auditing.printed import Printed, PrintedRow


def printed(header, *rows, title="Image AUROC on VisA", name="results.md"):
    lines = [PrintedRow(number, row.split()) for number, row in enumerate(rows, 3)]
    return Printed(Path(name), 1, title, "", ["", *header.split()], lines)


def test_categories_and_average():
    table = interpret(printed("candle pcb1 Average", "PaDiM 90 80 85"))
    assert [column.kind for column in table.columns] == ["category", "category", "average"]
    assert table.dataset == "visa"
    assert {value.column.metric for value in table.values()} == {"image_auroc"}
    assert [value.fraction for value in table.values()] == [0.9, 0.8, 0.85]


def test_columns_of_metrics_are_averages_and_others_are_left_alone():
    table = interpret(printed("seconds image_auroc", "PaDiM 568 0.9", title="visa"))
    assert [column.kind for column in table.columns] == ["other", "average"]
    assert [value.key for value in table.values()] == [("visa", "image_auroc", "padim", "average")]


def test_models_in_the_header_are_turned_into_rows():
    table = interpret(printed("PaDiM RD", "Kolektor 90 80", title="Image AUROC on Kolektor"))
    assert [row.model for row in table.rows] == ["padim", "reverse_distillation"]
    assert [value.key[3] for value in table.values()] == ["kolektor", "kolektor"]
    finding = table.finding("error", "a-rule", "so", table.rows[1], "Kolektor", "80")
    assert (finding.row, finding.column) == ("Kolektor", "RD")  # as printed


def test_dress_of_labels_is_no_part_of_their_names():
    table = interpret(printed(r"\textbf{candle} {Average}$\uparrow$", r"\textbf{RD} 90 90"))
    assert [column.kind for column in table.columns] == ["category", "average"]
    assert table.columns[0].label == "candle"
    assert table.rows[0].model == "reverse_distillation"


def test_the_column_of_models_need_not_be_the_first():
    given = printed("model image_auroc", "1 PaDiM 0.9", title="leaderboard")
    table = interpret(given._replace(header=["rank", "model", "image_auroc"]))
    assert [row.model for row in table.rows] == ["padim"]
    assert [value.fraction for value in table.values()] == [0.9]


def test_other_tables_are_none():
    assert interpret(printed("size licence", "PaDiM 197MB MIT", title="Models")) is None


def test_one_value_beyond_one_does_not_make_percent():
    table = interpret(printed("candle pcb1 pcb2", "PaDiM 0.9 0.8 1.7"))
    assert [value.fraction for value in table.values()] == [0.9, 0.8, 1.7]


def test_programs_leave_out_final_zeros_in_csv():
    table = interpret(printed("candle Average", "PaDiM 0.9 0.8123", name="a.csv"))
    assert [value.cell.decimals for value in table.values()] == [4, 4]
