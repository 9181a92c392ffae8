RULE = "cell-differs-from-log"
CHECKPOINT = " --ckpt_path /r/Padim/MVTec/screw/latest/weights/lightning/model.ckpt\n"


def test_rounded_numbers_are_right(found, table, log):
    files = {"a.md": table("PaDiM 78.95 79.96 79.46"), "b.log": log(screw=0.78946, pill=0.79955)}
    assert found(RULE, files) == []
    assert found("cell-rounded-wrongly", files) == []


def test_cut_off_numbers_are_only_a_warning(found, table, log):
    files = {"a.md": table("PaDiM 78.94 79.95 79.45"), "b.log": log(screw=0.789478, pill=0.7995)}
    assert found(RULE, files) == []
    assert found("cell-rounded-wrongly", files) == [("PaDiM", "screw", "78.94")]


def test_other_numbers_are_found(found, messages, table, log):
    files = {"a.md": table("PaDiM 46.69 79.95 63.32"), "b.log": log(screw=0.436926, pill=0.7995)}
    assert found(RULE, files) == [("PaDiM", "screw", "46.69")]
    assert "b.log:5 has 43.6926; one digit differs" in messages(RULE, files)[0]


def test_the_number_of_another_category_is_told(messages, table, log):
    files = {"a.md": table("PaDiM 79.95 79.95 79.95"), "b.log": log(screw=0.4, pill=0.7995)}
    assert messages(RULE, files)[0].endswith("it is what is logged for pill")


def test_the_number_of_another_model_is_told(messages, table, log):
    logs = log(screw=0.4) + log(model="cfa", screw=0.6)
    files = {"a.md": table("PaDiM 60.00 - 60.00"), "b.log": logs}
    assert messages(RULE, files)[0].endswith("it is what is logged for cfa")


def test_other_metrics_and_datasets_are_not_compared(found, table, log):
    logs = log(metric="pixel_AUROC", screw=0.4) + log(data="BTech", screw=0.5)
    assert found(RULE, {"a.md": table("PaDiM 60.00 - 60.00"), "b.log": logs}) == []


def test_a_model_of_another_category_is_not_compared_with_the_table(found, table, log):
    tested = log(command="test", pill=0.4).replace("padim.yaml\n", f"padim.yaml{CHECKPOINT}")
    assert found(RULE, {"a.md": table("PaDiM 60.00 60.00 60.00"), "b.log": tested}) == []


def test_a_second_test_of_the_same_model_agrees_with_the_first(found, written, log):
    again = log(command="test", screw=0.9).replace("padim.yaml\n", f"padim.yaml{CHECKPOINT}")
    assert found("logs-disagree", {"a.log": log(screw=0.9001), "b.log": again}) == []
    assert found("logs-disagree", {"a.log": log(screw=0.95), "b.log": again}) == [
        ("padim", "screw", "0.9000")
    ]
