from iadbe.auditing.reading.csv_table import read_csv

TIDY = """dataset,model,category,metric,value
visa,padim,candle,image_auroc,0.9
visa,padim,pcb1,image_auroc,0.8
visa,cfa,pcb1,image_auroc,
visa,padim,candle,pixel_auroc,0.95
"""


def test_a_row_a_model(written):
    text = "model;training time;image auroc\nCFA;568s;65.93\n\nRD;1s\n"
    (table,) = read_csv(written({"btech.csv": text}) / "btech.csv")
    assert table.title == "btech"
    assert table.header == ["model", "training time", "image auroc"]
    assert [(row.line, row.cells) for row in table.rows] == [
        (2, ["CFA", "568s", "65.93"]),
        (4, ["RD", "1s"]),
    ]


def test_a_row_a_result(written):
    image, pixel = read_csv(written({"a.csv": TIDY}) / "a.csv")
    assert (image.title, pixel.title) == ("visa image_auroc", "visa pixel_auroc")
    assert image.header == ["model", "candle", "pcb1"]
    assert [row.cells for row in image.rows] == [["padim", "0.9", "0.8"], ["cfa", "", ""]]


def test_an_empty_file_has_no_table(written):
    assert read_csv(written({"a.csv": ""}) / "a.csv") == []
