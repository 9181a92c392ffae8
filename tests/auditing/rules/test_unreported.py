CHECKPOINT = " --ckpt_path /r/Padim/MVTec/screw/latest/weights/lightning/model.ckpt\n"
ROW = "PaDiM 78.95 79.95 79.45"


def test_all_reported_is_silent(found, table, log):
    files = {"a.md": table(ROW), "b.log": log(screw=0.7895, pill=0.7995)}
    for rule in ("logged-not-reported", "logged-not-shown", "shown-not-logged", "run-failed"):
        assert found(rule, files) == []


def test_a_model_that_was_logged_and_has_no_row(found, messages, table, log):
    files = {"a.md": table(ROW), "b.log": log(model="fre", screw=0.8)}
    assert found("logged-not-reported", files) == [("", "", "fre"), ("fre", "", "")]
    assert "fre was logged (b.log)" in messages("logged-not-reported", files)[0]


def test_a_dataset_that_is_in_no_table(messages, table, log):
    files = {"a.md": table(ROW), "b.log": log(data="BTech", _01=0.8)}
    assert messages("logged-not-reported", files) == ["1 runs on btech are in no table"]


def test_a_model_tested_on_other_categories(messages, table, log):
    tested = log(command="test", pill=0.4, wood=0.5).replace(
        "padim.yaml\n", f"padim.yaml{CHECKPOINT}"
    )
    said = messages("logged-not-reported", {"a.md": table(ROW), "b.log": tested})
    assert said == ["2 runs on mvtec_ad, trained on screw, are in no table"]


def test_logs_alone_are_no_complaint(found, log):
    assert found("logged-not-reported", {"b.log": log(screw=0.8)}) == []


def test_a_dash_where_a_log_has_the_number(found, messages, table, log):
    files = {"a.md": table("PaDiM 78.95 - 78.95"), "b.log": log(screw=0.7895, pill=0.8)}
    assert found("logged-not-shown", files) == [("PaDiM", "pill", "-")]
    assert "b.log:12 has 80.00" in messages("logged-not-shown", files)[0]


def test_a_logged_category_without_a_column(messages, table, log):
    files = {"a.md": table(ROW), "b.log": log(screw=0.7895, pill=0.7995, wood=0.5)}
    assert messages("logged-not-shown", files) == ["logged categories without a column: wood"]


def test_a_number_that_no_log_has(found, table, log):
    files = {"a.md": table(ROW), "b.log": log(screw=0.7895, pill=None)}
    assert found("shown-not-logged", files) == [("PaDiM", "pill", "79.95")]
    assert found("run-failed", files) == [("padim", "pill", "")]


def test_why_a_run_failed_is_told(messages, log):
    assert messages("run-failed", {"b.log": log(pill=None)}) == [
        "begun and without a result: RuntimeError: no features"
    ]


def test_the_results_of_another_model(found, messages, table, log):
    logs = log(model="draem", screw=0.518, pill=0.6033)
    files = {"a.md": table("GANomaly 51.80 60.33 56.07", "CFA 1.00 2.00 1.50"), "b.log": logs}
    assert found("row-of-another-model", files) == [("GANomaly", "", "")]
    assert "logged for draem" in messages("row-of-another-model", files)[0]


def test_a_model_with_its_own_log_may_share_numbers(found, table, log):
    logs = log(model="draem", screw=0.518) + log(model="ganomaly", screw=0.518)
    files = {"a.md": table("GANomaly 51.80 - 51.80"), "b.log": logs}
    assert found("row-of-another-model", files) == []
