DISAGREE, ELSEWHERE = "tables-disagree", "given-elsewhere"
OVERLAP = "overlap-without-auroc"
CSV = "model,seconds,image auroc value\nPaDiM,9s,{}\n"


def test_equal_within_rounding(found, table):
    files = {"a.md": table("PaDiM 78.95 79.95 79.45"), "b.md": table("PaDiM 78.9 80.0 79.4")}
    assert found(DISAGREE, files) == []


def test_another_number_in_another_file(found, messages, table):
    rows = table("PaDiM 78.95 79.95 79.45")
    files = {"a.md": rows, "b.md": rows, "c.md": table("PaDiM 78.95 77.95 78.45")}
    assert found(DISAGREE, files) == [("PaDiM", "Average", "78.45"), ("PaDiM", "pill", "77.95")]
    assert "a.md (Image AUROC on MVTec) has" in messages(DISAGREE, files)[0]


def test_the_average_of_a_summary(found, table):
    rows = table("PaDiM 78.95 79.95 79.45")
    assert found(DISAGREE, {"a.md": rows, "mvtec.csv": CSV.format("79.45")}) == []
    assert found(DISAGREE, {"a.md": rows, "mvtec.csv": CSV.format("74.95")}) != []


def test_missing_here_and_given_there(found, table):
    files = {
        "a.md": table("PaDiM 78.95 - 78.95", "RD 1.00 2.00 1.50"),
        "b.md": table("PaDiM 78.95 79.95 79.45"),
    }
    assert ("PaDiM", "pill", "-") in found(ELSEWHERE, files)
    assert ("", "", "reverse_distillation") in found(ELSEWHERE, files)


def test_missing_everywhere_is_silent(found, table):
    rows = table("PaDiM 78.95 - 78.95")
    assert found(ELSEWHERE, {"a.md": rows, "b.md": rows}) == []


def test_full_overlap_needs_a_ranking(found, table):
    pro = table("CFA 100.00 99.00 99.50", title="Pixel PRO on MVTec")
    low = table("CFA 14.96 97.00 55.98", title="Pixel AUROC on MVTec")
    high = table("CFA 98.00 97.00 97.50", title="Pixel AUROC on MVTec")
    assert found(OVERLAP, {"a.md": pro, "b.md": low}) == [("CFA", "screw", "100.00")]
    assert found(OVERLAP, {"a.md": pro, "b.md": high}) == []
