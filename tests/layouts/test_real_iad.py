import pytest

from iadbe.errors import DataError
from iadbe.layouts.real_iad import index

OK = "OK/S0001/tape_0001_OK_C{}_2023.jpg"
NG = "NG/AK/S0002/tape_0002_NG_AK_C{}_2023"
SPLIT = "realiad_jsons/realiad_jsons/tape.json"


def entry(image, kind="OK", mask=None):
    return {"category": "tape", "anomaly_class": kind, "image_path": image, "mask_path": mask}


@pytest.fixture
def split():
    return {
        "meta": {"prefix": "tape/", "normal_class": "OK"},
        "train": [entry(OK.format(view)) for view in (1, 2)],
        "test": [
            entry(OK.replace("S0001", "S0003").format(1)),
            entry(f"{NG.format(1)}.jpg", "AK", f"{NG.format(1)}_mask.png"),
            entry(f"{NG.format(2)}.jpg"),
        ],
    }


@pytest.fixture
def root(tmp_path, draw, write, split):
    entries = [*split["train"], *split["test"]]
    draw(*(f"realiad_256/tape/{item['image_path']}" for item in entries))
    draw(f"realiad_256/tape/{NG.format(1)}_mask.png")
    write(SPLIT, split)
    return tmp_path


def test_official_shape(root):
    frame = index(root, "tape").set_index("sample_id")
    folder = "realiad_256/tape"
    assert frame[["split", "label", "defect_type"]].apply(tuple, axis=1).to_dict() == {
        f"{folder}/{NG.format(1)}.jpg": ("test", 1, "AK"),
        f"{folder}/{NG.format(2)}.jpg": ("test", 0, "good"),
        f"{folder}/{OK.format(1)}": ("train", 0, "good"),
        f"{folder}/{OK.format(2)}": ("train", 0, "good"),
        f"{folder}/{OK.replace('S0001', 'S0003').format(1)}": ("test", 0, "good"),
    }
    mask = str(root / folder / f"{NG.format(1)}_mask.png")
    assert frame["mask_path"].dropna().tolist() == [mask]


def test_the_views_of_a_part_are_a_group(root):
    groups = index(root, "tape")["group"]
    assert groups.value_counts().to_dict() == {
        "tape/OK/S0001": 2,
        "tape/NG/AK/S0002": 2,
        "tape/OK/S0003": 1,
    }


def test_split_files_without_a_folder_of_their_own(root):
    (root / SPLIT).rename(root / "realiad_jsons/tape.json")
    assert len(index(root, "tape")) == 5


def test_another_resolution_and_another_split(root, draw, write, split):
    draw(f"realiad_1024/tape/{OK.format(1)}", f"realiad_1024/tape/{OK.format(2)}")
    one = {"train": split["train"][:1], "test": split["train"][1:]}
    write("realiad_jsons/realiad_jsons_sv/tape.json", one)
    frame = index(root, "tape", resolution=1024, split="realiad_jsons_sv")
    assert frame["split"].tolist() == ["train", "test"]
    assert "realiad_1024" in frame["image_path"][0]


def test_no_split_files(root):
    with pytest.raises(DataError, match=r"realiad_jsons_sv: no split files. Unpack realiad_jsons"):
        index(root, "tape", split="realiad_jsons_sv")


def test_a_resolution_that_is_not_there(root):
    with pytest.raises(
        DataError, match=r"realiad_512/tape: no such folder. Resolutions there: 256"
    ):
        index(root, "tape", resolution=512)


def test_a_mistyped_category(root):
    with pytest.raises(DataError, match=r"Did you mean 'tape'"):
        index(root, "tapes")


def test_an_official_category_without_a_split_file(root):
    with pytest.raises(DataError, match=r"zipper.json: no such split file"):
        index(root, "zipper")


def test_an_image_that_is_missing(root):
    (root / "realiad_256/tape" / OK.format(2)).unlink()
    with pytest.raises(DataError, match=r"1 image missing \(OK/S0001/tape_0001_OK_C2_2023.jpg\)"):
        index(root, "tape")


def test_a_mask_that_is_missing(root):
    (root / f"realiad_256/tape/{NG.format(1)}_mask.png").unlink()
    with pytest.raises(DataError, match=r"1 mask missing"):
        index(root, "tape")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"test": None}, "tape.json: test: Input should be a valid array"),
        (
            {"test": [{"image_path": "x.jpg"}]},
            "tape.json: test → 0 → anomaly_class: Field required",
        ),
        ({"test": [entry("../x.jpg")]}, "'../x.jpg' is no path below"),
        ({"test": [entry("x.jpg", "AK")]}, "x.jpg is anomalous and has no mask_path"),
        ({"test": []}, "test: no test images"),
        ({"train": []}, "train: no normal training images"),
        ({"test": [entry(OK.format(1))]}, "C1_2023.jpg is listed twice"),
    ],
)
def test_a_split_file_that_cannot_be_followed(root, write, split, change, message):
    write(SPLIT, {**split, **change})
    with pytest.raises(DataError, match=message):
        index(root, "tape")


def test_a_split_file_that_is_no_json(root, write):
    write(SPLIT, "{")
    with pytest.raises(DataError, match=r"tape.json: the file: Invalid JSON"):
        index(root, "tape")
