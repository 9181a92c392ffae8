"""`iadbe datasets`, as a user types it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from download.archives import sha256, tar_of, toothbrush
from download.web_server import serving

ARCHIVE = tar_of({**toothbrush(), "readme": os.urandom(300_000)})
PATH = "/mvtec.tar.xz"
CHOSEN = ("mvtec_ad", "--category", "toothbrush")


@pytest.fixture
def server(monkeypatch):
    monkeypatch.setenv("no_proxy", "*")
    monkeypatch.delenv("IADBE_OFFLINE", raising=False)
    with serving() as running:
        yield running


@pytest.fixture
def start(tmp_path):
    """start("mvtec_ad", …) → the process of `iadbe datasets download` in an empty folder."""

    def run(*words):
        return subprocess.Popen(
            [Path(sys.executable).with_name("iadbe"), "datasets", "download", *words],
            cwd=tmp_path,
            env={**os.environ, "COLUMNS": "200"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    return run


@pytest.fixture
def download(start):
    """download("mvtec_ad", …, code=0, answer="y") → what it printed."""

    def run(*words, code=0, answer=""):
        process = start(*words)
        output, _ = process.communicate(answer, timeout=120)
        assert process.returncode == code, output
        assert "Traceback" not in output, output
        return output

    return run


def from_server(server, archive=ARCHIVE, **behaviour):
    address = server.put(PATH, archive, **behaviour)
    return "--address", address, "--sha256", sha256(archive)


def test_licence_size_and_address_are_shown_before_anything_is_downloaded(
    server, download, tmp_path
):
    origin = from_server(server)
    shown = download(*CHOSEN, *origin, code=1, answer="n\n")
    assert re.search(r"licence +CC BY-NC-SA 4\.0: for non-commercial use only", shown)
    assert re.search(rf"from +{re.escape(origin[1])}", shown)
    assert re.search(r"size +30\d kB", shown)
    assert re.search(rf"checksum +sha256 {origin[3]}", shown)
    assert re.search(r"into +\S+/data/01_raw/MVTecAD", shown)
    assert "Go on? [y/N]" in shown
    assert not list(tmp_path.iterdir())


def test_a_dataset_is_downloaded_once(server, download, tmp_path):
    origin = from_server(server)
    shown = download(*CHOSEN, *origin, answer="y\n")
    assert re.search("downloading .* 100%|downloading .*30.*kB", shown)
    assert "MVTecAD: 1 of 15 categories, as many images as officially counted." in shown
    assert (tmp_path / "data/01_raw/MVTecAD/toothbrush/test/defective/000.png").is_file()
    server.asked.clear()
    assert "is complete; nothing is downloaded" in download(*CHOSEN, *origin)
    assert server.asked == []


def test_yes_asks_nothing_and_to_says_where(server, download, tmp_path):
    shown = download(*CHOSEN, *from_server(server), "--yes", "--to", "here/mvtec")
    assert "Go on?" not in shown
    assert (tmp_path / "here/mvtec/toothbrush").is_dir()


def test_nothing_is_claimed_where_no_number_is_published(server, download):
    files = [f"can/{split}/{n}.png" for split in ("train/good", "validation/good") for n in (1, 2)]
    files += [f"can/test_public/{name}.png" for name in ("good/3", "bad/4")]
    files += ["can/test_public/ground_truth/bad/4_mask.png"]
    archive = tar_of(dict.fromkeys(files, b"x"))
    shown = download("mvtec_ad_2", "-c", "can", *from_server(server, archive), "--yes")
    assert "1 of 8 categories; how many images they should have is not published" in shown


def test_missing_images_are_told_and_fail(server, download):
    archive = tar_of(toothbrush(leave_out=7))
    shown = download(*CHOSEN, *from_server(server, archive), "--yes", code=1)
    assert "toothbrush: 60 normal training images officially, 53 here" in shown
    assert "MVTecAD: not as officially counted" in shown


def test_ctrl_c_keeps_the_first_part_and_says_how_to_go_on(server, start, download, tmp_path):
    hold = threading.Event()
    # Of the first answer, only the size is wanted.
    origin = from_server(server, breaks=[0, 200_000], hold=hold)
    process = start(*CHOSEN, *origin, "--yes")
    part = tmp_path / "data/01_raw/mvtec_anomaly_detection.tar.xz.part"
    _wait(lambda: part.is_file() and part.stat().st_size == 200_000, process)
    process.send_signal(signal.SIGINT)
    output, _ = process.communicate(timeout=60)
    hold.set()
    assert process.returncode == 130, output
    assert f"{part}: 200 kB are kept: run the same again to go on from there." in output
    assert "Traceback" not in output
    server.asked.clear()
    shown = download(*CHOSEN, *origin, "--yes")
    assert "of which 200 kB are here" in shown
    assert server.asked[-1] == (PATH, "bytes=200000-")
    assert not part.exists()


def _wait(condition, process):
    """Until it holds; a process that ended cannot make it hold any more."""
    pause = threading.Event()
    for _ in range(600):
        if condition():
            return
        if process.poll() is not None:
            break
        pause.wait(0.1)
    process.kill()
    pytest.fail(process.communicate()[0])


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["mvtec"], "no dataset 'mvtec' to download; did you mean 'mvtec_ad'"),
        (["visa", "-c", "candel"], "visa has no category 'candel'; did you mean 'candle'"),
        (["mvtec_ad", "--sha256", "123", "--address", "{}"], "'123' is no sha256: 64 digits"),
        (["mvtec_ad", "--address", "file:///etc/passwd"], "not an address that begins with http"),
        (["mvtec_ad", "--address", "{}/gone.zip"], "/gone.zip answers 404 Not Found"),
        (["mpdd"], "run this again with `--archive MPDD.zip`"),
    ],
)
def test_mistakes_are_one_line_and_download_nothing(server, download, tmp_path, words, told):
    address = server.put("", b"")
    output = download(*(word.format(address) for word in words), "--yes", code=1)
    (line,) = output.strip().splitlines()
    assert line.startswith("Error: ")
    assert told in line
    assert not list(tmp_path.iterdir())


def test_a_wrong_sum_is_one_line_below_the_bars(server, download, tmp_path):
    address = server.put(PATH, tar_of(toothbrush(leave_out=1)))
    output = download(*CHOSEN, "--address", address, "--yes", code=1)
    assert re.search(r"Error: .* gives a file with sha256 \w+, expected cf4313b1", output)
    assert [path.name for path in (tmp_path / "data/01_raw").iterdir()] == [".MVTecAD.lock"]


def test_a_forbidden_network_is_not_used(server, download, monkeypatch):
    monkeypatch.setenv("IADBE_OFFLINE", "1")
    output = download(*CHOSEN, *from_server(server), "--yes", code=1)
    assert "IADBE_OFFLINE forbids the network" in output
    assert server.asked == []


def test_an_archive_is_unpacked_without_a_network(download, tmp_path, monkeypatch):
    monkeypatch.setenv("IADBE_OFFLINE", "1")
    file = tmp_path / "archive"
    file.write_bytes(ARCHIVE)
    shown = download(*CHOSEN, "--archive", "archive", "--sha256", sha256(ARCHIVE), "--yes")
    assert "as many images as officially counted" in shown
    assert file.is_file()


def test_downloading_loads_no_heavy_library():
    program = "import sys, iadbe.download; print(sorted({'torch', 'anomalib'} & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == "[]", done.stderr
