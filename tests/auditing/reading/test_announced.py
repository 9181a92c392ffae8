import pytest

from iadbe.auditing.reading.announced import Announced, by_command, by_file_name

CHECKPOINT = "/home/a/results/Cfa/MVTec/pill/latest/weights/lightning/model.ckpt"


@pytest.mark.parametrize(
    ("stem", "said"),
    [
        ("train_test_mvtec_padim", ("mvtec_ad", "padim", None, None)),
        (
            "train_test_mvtec3d_reverse_distillation",
            ("mvtec_3d", "reverse_distillation", None, None),
        ),
        ("test_mvtec_rkde_hazel_nut", ("mvtec_ad", "rkde", None, "hazelnut")),
        ("train_test_cardboard_yolov8", ("cardboard", "yolov8", None, None)),
        ("btech", ("btech", None, None, None)),
    ],
)
def test_file_names(stem, said):
    assert by_file_name(stem) == Announced(*said)


def test_commands():
    line = "Running command: anomalib train --data ../configs/data/mvtec_3d.yaml"
    line += " --data.category cable_gland --config ../configs/models/reverse_distillation.yaml"
    assert by_command(line) == Announced("mvtec_3d", "reverse_distillation", "cable_gland", None)


def test_a_loaded_checkpoint_tells_what_was_trained_on():
    line = "anomalib test --model anomalib.models.Cfa --data anomalib.data.MVTec"
    line += f" --ckpt_path {CHECKPOINT}"
    assert by_command(line) == Announced("mvtec_ad", "cfa", None, "pill")


def test_other_lines_say_nothing():
    assert by_command("2024-06-25 anomalib.engine.engine - INFO - Overriding") is None
