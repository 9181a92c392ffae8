RULE = "row-shifted"


def test_a_row_with_fewer_cells_than_the_header(found, messages, table):
    text = table("A 90.00 80.00 85.00", "B 70.00 70.00", "C 70.00 71.00")
    assert found(RULE, {"a.md": text}) == [("B", "", "70.00"), ("C", "", "71.00")]
    first, second = messages(RULE, {"a.md": text})
    assert "an average under a category" in first
    assert "shifted to the left" in second


def test_a_row_with_more_cells(found, table):
    text = table("A 90.00 80.00 85.00 1.00", "B 80.00 81.00 80.50")
    assert found(RULE, {"a.md": text}) == [("A", "", "1.00")]


def test_an_average_under_the_last_category(found, table):
    header = "screw pill tile wood Average"
    text = table("A 10.00 20.00 60.00 30.00 -", "B 1.00 2.00 3.00 9.00 -", header=header)
    assert found(RULE, {"a.md": text}) == [("A", "wood", "30.00")]


def test_cells_that_are_logged_for_the_category_beside(found, table, log):
    header = "screw pill tile wood Average"
    logs = log(screw=0.11, pill=0.22, tile=0.33, wood=0.44)
    shifted = table("PaDiM 11.00 33.00 44.00 90.00 44.50", header=header)
    assert found(RULE, {"a.md": shifted, "b.log": logs}) == [("PaDiM", "pill, tile", "")]
    right = table("PaDiM 11.00 22.00 33.00 44.00 27.50", header=header)
    assert found(RULE, {"a.md": right, "b.log": logs}) == []


def test_shifted_to_the_right(messages, table, log):
    logs = log(screw=0.11, pill=0.22, tile=0.33, wood=0.44)
    text = table("PaDiM - 11.00 22.00 33.00 22.00", header="screw pill tile wood Average")
    assert "to the right" in messages(RULE, {"a.md": text, "b.log": logs})[0]
