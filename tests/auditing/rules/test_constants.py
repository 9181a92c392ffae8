RULE = "suspicious-constant"
HEADER = "a b c d Average"


def test_the_same_number_three_times(found, table):
    text = table("CFA 19.12 80.00 19.12 19.12 34.34", header=HEADER)
    assert found(RULE, {"a.md": text}) == [("CFA", "a, c, d", "19.12")]


def test_chance_level_twice(found, table):
    text = table("CFA 50.00 80.00 50.00 20.00 50.00", header=HEADER)
    assert found(RULE, {"a.md": text}) == [("CFA", "a, c", "50.00")]


def test_perfect_scores_and_coincidences_are_silent(found, table):
    text = table(
        "A 100.00 100.00 100.00 100.00 100.00",
        "B 81.27 81.27 90.00 91.00 85.89",
        "C 81.2 81.2 81.2 91.0 83.7",
        "D - - - 50.00 50.00",
        header=HEADER,
    )
    assert found(RULE, {"a.md": text}) == []


def test_full_overlap_several_times(found, table):
    text = table("A 100.00 100.00 100.00 10.00 77.50", header=HEADER, title="Pixel PRO on MVTec")
    assert found(RULE, {"a.md": text}) == [("A", "a, b, c", "100.00")]


def test_a_number_all_over_a_table(found, messages, table):
    rows = ["A 33.33 12.00 33.33 20.00 24.67", "B 1.00 33.33 33.33 2.00 17.42"]
    files = {"a.md": table(*rows, "C 33.33 12.34 23.45 9.99 19.78", header=HEADER)}
    assert found(RULE, files) == [("", "", "33.33")]
    assert messages(RULE, files) == ["5 times, in A, B, C: a placeholder?"]
    fewer = {"a.md": table(*rows, "C 33.34 12.34 23.45 9.99 19.78", header=HEADER)}
    assert found(RULE, fewer) == []


def test_a_metric_that_never_varies_in_the_logs(found, log):
    screws = {f"c{number}": number / 20 for number in range(10)}
    assert found(RULE, {"a.log": log(**screws)}) == [("padim", "", "1")]  # image_PRO
    assert found(RULE, {"a.log": log(c1=0.1, c2=0.2)}) == []


def test_two_models_with_the_same_row(found, messages, table):
    text = table("A 11 22 33 44 27.5", "B 11 22 33 45 27.75", "C 11 22 33 44 27.5", header=HEADER)
    assert found("row-copied", {"a.md": text}) == [("A", "", "")]
    assert messages("row-copied", {"a.md": text}) == ["all 4 numbers are those of C"]


def test_the_same_results_in_two_files_are_no_copy(found, table):
    text = table("A 11 22 33 44 27.5", header=HEADER)
    assert found("row-copied", {"a.md": text, "b.md": text}) == []


def test_rows_of_zeros_and_ones_are_no_copy(found, table):
    text = table("A 100 100 100 0 75", "B 100 100 100 0 75", header=HEADER)
    assert found("row-copied", {"a.md": text}) == []
