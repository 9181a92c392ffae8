import json
import shutil

import pytest
from click.testing import CliRunner
from PIL import Image

from iadbe.cli.convert import convert_dataset
from iadbe.convert.convert import Wishes, convert
from iadbe.errors import DataError

from .drawn import photo, state


def run(*words: object):
    return CliRunner().invoke(convert_dataset, [str(word) for word in words])


@pytest.mark.parametrize("link", [False, True])
def test_the_source_is_never_changed(yolo, tmp_path, link) -> None:
    before = state(yolo)
    convert(yolo, tmp_path / "f", "yolo", "folder", Wishes(link=link))
    assert state(yolo) == before
    image = tmp_path / "f/train/good/sub/b.png"
    assert image.samefile(yolo / "images/train/sub/b.png") == link


def test_the_command_says_what_it_did(yolo, tmp_path) -> None:
    done = run(yolo, tmp_path / "f", "--from-format", "yolo", "--to-format", "folder")
    assert done.exit_code == 0, done.output
    assert "4 images (2 train, 2 val) as folder." in done.output
    assert "Lost in 1 image: boxes became rectangles" in done.output
    back = run(tmp_path / "f", tmp_path / "c", "--from-format", "folder", "--to-format", "coco")
    assert "Nothing was lost." in back.output


@pytest.mark.parametrize("place", ["yolo", "yolo/below", "."])
def test_the_target_is_neither_in_the_source_nor_around_it(yolo, tmp_path, place) -> None:
    before = state(tmp_path)
    done = run(yolo, tmp_path / place, "--from-format", "yolo", "--to-format", "coco")
    assert done.exit_code == 1
    assert "lies in the source or around it. Choose a folder elsewhere." in done.output
    assert state(tmp_path) == before


def test_a_target_with_something_in_it(yolo, tmp_path) -> None:
    photo(tmp_path / "f/mine.png")
    with pytest.raises(DataError, match=r"is not empty. Choose a new folder"):
        convert(yolo, tmp_path / "f", "yolo", "coco")
    assert sorted(path.name for path in (tmp_path / "f").iterdir()) == ["mine.png"]


def test_nothing_is_left_of_a_conversion_that_fails(yolo, tmp_path) -> None:
    (yolo / "labels/val/a.txt").write_text("1 0.1 0.1 0.5\n")
    with pytest.raises(DataError, match=r"val/a.txt: line 1: 3 numbers after the class"):
        convert(yolo, tmp_path / "c", "yolo", "coco")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["yolo"]


def test_anomalous_images_without_masks(folders, tmp_path) -> None:
    shutil.rmtree(folders / "ground_truth")
    with pytest.raises(DataError, match=r"no folder ground_truth or masks or mask. Without masks"):
        convert(folders, tmp_path / "y", "folder", "yolo")


def test_one_mask_is_missing_or_empty_or_of_another_size(folders, tmp_path) -> None:
    mask = folders / "ground_truth/cut/7_mask.png"
    Image.new("L", (40, 30)).save(mask)
    with pytest.raises(DataError, match=r"7_mask.png: marks nothing. Draw the defect"):
        convert(folders, tmp_path / "y", "folder", "yolo")
    Image.new("L", (30, 40), 255).save(mask)
    with pytest.raises(DataError, match=r"is 40×30, its mask 30×40. Correct one"):
        convert(folders, tmp_path / "y", "folder", "yolo")
    mask.unlink()
    with pytest.raises(DataError, match=r"1 anomalous images without a mask"):
        convert(folders, tmp_path / "y", "folder", "yolo")


def test_one_label_for_two_images(yolo, tmp_path) -> None:
    photo(yolo / "images/train/a.bmp")
    convert(yolo, tmp_path / "c", "yolo", "coco")
    with pytest.raises(DataError, match=r"'labels/train/a.txt' would be written twice. Rename"):
        convert(tmp_path / "c", tmp_path / "y", "coco", "yolo")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda c: c["annotations"][0].update(image_id=77), "image 77, which is not listed"),
        (lambda c: c["annotations"][0].update(category_id=8), "category 8, which is not listed"),
        (lambda c: c["annotations"][0].pop("bbox"), "an object of 'x.png' has no place"),
        (lambda c: c["images"][0].update(file_name="z.png"), "its image 'z.png' is not in"),
        (lambda c: c["images"][0].update(width=41), r"is 40×30, by instances_train.json 41×30"),
        (lambda c: c.pop("categories"), "no COCO file: categories: Field required"),
        (lambda c: c["annotations"][1].update(segmentation=[[1, 2, 3]]), "has 3 numbers"),
    ],
)
def test_malformed_coco(coco, tmp_path, change, words) -> None:
    file = coco / "annotations/instances_train.json"
    content = json.loads(file.read_text())
    change(content)
    file.write_text(json.dumps(content))
    with pytest.raises(DataError, match=words) as error:
        convert(coco, tmp_path / "y", "coco", "yolo")
    assert str(file) in str(error.value) or "x.png" in str(error.value)


def test_no_source_and_one_format(tmp_path, yolo) -> None:
    gone = run(tmp_path / "gone", tmp_path / "x", "--from-format", "coco", "--to-format", "yolo")
    assert "gone: no such file or folder. Correct FROM." in gone.output
    same = run(yolo, tmp_path / "x", "--from-format", "yolo", "--to-format", "yolo")
    assert same.output == "Error: It is in the format yolo already. Choose another one.\n"
