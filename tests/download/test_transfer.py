"""Files come whole and right across everything that a network does, or not at all."""

from __future__ import annotations

import hashlib
import os
import resource
import shutil
from types import SimpleNamespace

import pytest

from download.archives import sha256
from iadbe.download.progress import Silent
from iadbe.download.space import RESERVE
from iadbe.download.sums import Sum
from iadbe.download.transfer import TRIES, Transfer
from iadbe.errors import DownloadError

PATH = "/data.tar.xz"
CONTENT = b"\xfd7zXZ\x00" + os.urandom(300_000)
OTHER = b"\xfd7zXZ\x00" + os.urandom(300_000)
PAGE = b"<!DOCTYPE html><html>Please accept the terms</html>"
HALF = 150_000
BREAKS = {"breaks": [1000] * TRIES}


class Told(Silent):
    def __init__(self):
        self.lines = []

    def say(self, line):
        self.lines.append(line)


@pytest.fixture
def get(tmp_path):
    """get(address, content whose sum is expected) → the file, or None beside the error."""

    def run(address, content=None, expected=None, progress=None):
        expected = Sum("sha256", sha256(content)) if content else expected
        target = tmp_path / "data.tar.xz"
        Transfer(address, target, expected, progress or Silent()).run()
        assert [path.name for path in tmp_path.iterdir()] == [target.name]
        return target.read_bytes()

    return run


@pytest.fixture
def part(tmp_path):
    return tmp_path / "data.tar.xz.part"


def interrupt(get, address, server, **behaviour):
    """A first run that brings the first part only."""
    server.put(PATH, CONTENT, breaks=[HALF] + [0] * (TRIES - 1), **behaviour)
    with pytest.raises(DownloadError, match=r"150 kB are kept: run the same again to go on"):
        get(address)
    server.asked.clear()
    server.marks.clear()


def starts(server):
    return [asked for _, asked in server.asked]


def test_a_file_arrives_under_its_name(server, get):
    assert get(server.put(PATH, CONTENT), CONTENT) == CONTENT


def test_a_break_goes_on_where_it_stopped(server, get):
    told = Told()
    address = server.put(PATH, CONTENT, breaks=[HALF, 50_000])
    assert get(address, CONTENT, progress=told) == CONTENT
    assert starts(server) == [None, "bytes=150000-", "bytes=200000-"]
    assert "broke off after 150 kB of 300 kB; trying again" in told.lines[0]


def test_a_later_run_asks_for_the_rest_only(server, get, part):
    address = server.put(PATH, CONTENT)
    interrupt(get, address, server)
    assert part.read_bytes() == CONTENT[:HALF]
    server.put(PATH, CONTENT)
    assert get(address) == CONTENT
    assert starts(server) == ["bytes=150000-"]


def test_a_whole_part_is_not_asked_for_again(server, get, part, monkeypatch):
    address = server.put(PATH, CONTENT)
    interrupt(get, address, server)
    part.write_bytes(CONTENT)
    monkeypatch.setenv("IADBE_OFFLINE", "1")
    assert get(address, CONTENT) == CONTENT
    assert starts(server) == []


def test_without_ranges_it_starts_over(server, get):
    address = server.put(PATH, CONTENT, ranges=False, breaks=[HALF])
    assert get(address, CONTENT) == CONTENT
    assert len(server.asked) == 2


@pytest.mark.parametrize("if_range", [True, False], ids=["If-Range", "ignores If-Range"])
@pytest.mark.parametrize("mark", ["etag", "modified"])
def test_a_file_that_changed_meanwhile_starts_over(server, get, mark, if_range):
    unmarked = {"etag": None, "modified": None}
    address = server.put(PATH, CONTENT)
    first = {"etag": '"one"', "modified": "Mon, 01 Jan 2024 00:00:00 GMT"}[mark]
    then = {"etag": '"two"', "modified": "Tue, 02 Jan 2024 00:00:00 GMT"}[mark]
    interrupt(get, address, server, **unmarked | {mark: first})
    server.put(PATH, OTHER, if_range=if_range, **unmarked | {mark: then})
    assert get(address) == OTHER
    # A server that knows If-Range answers with the whole file at once.
    assert starts(server) == ["bytes=150000-"] + [None] * (not if_range)
    assert server.marks[0] == first


def test_a_weak_tag_is_never_sent_but_compared(server, get):
    address = server.put(PATH, CONTENT)
    interrupt(get, address, server, etag='W/"one"')
    server.put(PATH, OTHER, etag='W/"two"')
    assert get(address) == OTHER
    assert server.marks == [None, None]


def test_a_file_that_became_shorter_starts_over(server, get):
    address = server.put(PATH, CONTENT)
    interrupt(get, address, server)
    server.put(PATH, CONTENT[:HALF], if_range=False)
    assert get(address) == CONTENT[:HALF]
    assert starts(server) == ["bytes=150000-", None]


def test_a_server_that_sends_another_part_is_not_believed(server, get):
    address = server.put(PATH, CONTENT, shift=-1000, breaks=[HALF])
    assert get(address) == CONTENT
    assert starts(server) == [None, "bytes=150000-", None]


def test_without_a_mark_only_a_checksum_lets_it_resume(server, get):
    address = server.put(PATH, CONTENT)
    interrupt(get, address, server, etag=None)
    server.put(PATH, CONTENT, etag=None)
    assert get(address) == CONTENT
    assert starts(server) == [None]
    interrupt(get, address, server, etag=None)
    server.put(PATH, CONTENT, etag=None)
    assert get(address, CONTENT) == CONTENT
    assert starts(server) == ["bytes=150000-"]


def test_another_address_starts_over(server, get):
    interrupt(get, server.put(PATH, CONTENT), server)
    assert get(server.put("/mirror", OTHER)) == OTHER
    assert starts(server) == [None]


@pytest.mark.parametrize("notes", [None, "", "[]", '{"address": 1}', "\0"])
def test_a_part_without_readable_notes_starts_over(server, get, part, notes):
    part.write_bytes(b"rest of something")
    if notes is not None:
        part.with_name("data.tar.xz.part.json").write_text(notes)
    assert get(server.put(PATH, CONTENT), CONTENT) == CONTENT


def test_a_damaged_part_is_downloaded_afresh(server, get, part):
    address = server.put(PATH, CONTENT)
    interrupt(get, address, server)
    part.write_bytes(bytes(HALF))
    told = Told()
    server.put(PATH, CONTENT)
    assert get(address, CONTENT, progress=told) == CONTENT
    assert starts(server) == ["bytes=150000-", None]
    assert "downloaded afresh" in told.lines[0]


def test_a_wrong_sum_leaves_nothing(server, get, tmp_path):
    address = server.put(PATH, OTHER)
    with pytest.raises(DownloadError) as raised:
        get(address, CONTENT)
    for word in (address, sha256(OTHER), sha256(CONTENT), "--sha256"):
        assert word in str(raised.value)
    assert not list(tmp_path.iterdir())
    assert len(server.asked) == 1


def test_an_md5_is_checked_as_such(server, get):
    right = Sum("md5", hashlib.md5(CONTENT).hexdigest())
    assert get(server.put(PATH, CONTENT), expected=right) == CONTENT


def test_a_wrong_md5_is_called_md5(server, get):
    right = Sum("md5", hashlib.md5(CONTENT).hexdigest())
    with pytest.raises(DownloadError, match=f"a file with md5 .* expected {right.digits}"):
        get(server.put(PATH, OTHER), expected=right)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PAGE, "text/html; charset=utf-8"),
        (PAGE, "application/octet-stream"),
        (CONTENT, "text/html"),
    ],
)
def test_a_web_page_is_refused_and_an_earlier_part_kept(server, get, part, content, kind):
    address = server.put(PATH, CONTENT)
    interrupt(get, address, server)
    server.put(PATH, content, kind=kind, ranges=False)
    with pytest.raises(DownloadError, match="a web page in place of the archive"):
        get(address)
    assert part.read_bytes() == CONTENT[:HALF]
    assert len(server.asked) == 1


def test_something_else_is_refused(server, get, tmp_path):
    with pytest.raises(DownloadError, match=r"no zip or tar archive: it begins with b'\{\"error"):
        get(server.put(PATH, b'{"error": "quota"}'))
    assert not list(tmp_path.iterdir())


def test_a_file_that_is_not_there_is_asked_for_once(server, get):
    address = server.put(PATH, CONTENT).replace("data", "other")
    with pytest.raises(DownloadError, match=r"other\.tar\.xz answers 404 Not Found"):
        get(address)
    assert len(server.asked) == 1


def test_an_overloaded_server_is_asked_again(server, get):
    assert get(server.put(PATH, CONTENT, statuses=[503, 429, 500]), CONTENT) == CONTENT


def test_it_gives_up_when_nothing_new_comes(server, get, tmp_path):
    address = server.put(PATH, CONTENT, statuses=[503] * 99)
    with pytest.raises(DownloadError, match=rf"503 .*; given up after {TRIES} tries"):
        get(address)
    assert len(server.asked) == TRIES
    assert not list(tmp_path.iterdir())


def test_it_goes_on_as_long_as_something_new_comes(server, get):
    content = CONTENT[:6] + os.urandom(12_000_000)
    address = server.put(PATH, content, breaks=[1_500_000] * 7)
    assert get(address, content) == content
    assert len(server.asked) == 8 > TRIES


@pytest.mark.parametrize("stop", [0, 100, len(CONTENT) - 1])
def test_a_partial_file_is_never_taken_for_whole(server, get, part, stop):
    address = server.put(PATH, CONTENT, ranges=False, breaks=[stop] * TRIES)
    with pytest.raises(DownloadError):
        get(address)
    assert not part.with_suffix("").exists()


def test_an_empty_answer_is_no_file(server, get):
    with pytest.raises(DownloadError, match="sends nothing"):
        get(server.put(PATH, b""))


def test_chunks_come_whole(server, get):
    assert get(server.put(PATH, CONTENT, chunked=True, breaks=[HALF])) == CONTENT


def test_without_a_length_a_checksum_is_wanted(server, get):
    address = server.put(PATH, CONTENT, length=False)
    with pytest.raises(DownloadError, match=r"does not say how long .* --sha256"):
        get(address)
    assert get(address, CONTENT) == CONTENT


def test_redirections_are_followed(server, get):
    server.put("/real", CONTENT)
    assert get(server.put(PATH, b"", location="/real"), CONTENT) == CONTENT


@pytest.mark.parametrize("location", ["file:///etc/passwd", "ftp://127.0.0.1:1/data.tar.xz"])
def test_redirections_do_not_leave_the_web(server, get, location, tmp_path):
    with pytest.raises(DownloadError):
        get(server.put(PATH, b"", location=location))
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("address", ["file:///etc/passwd", "data.tar.xz", "ftp://a/b"])
def test_only_web_addresses_are_asked(get, address):
    with pytest.raises(DownloadError, match="http:// or https://"):
        get(address)


def test_a_silent_server_is_named(server, get):
    address = server.put(PATH, CONTENT)
    server.shutdown()
    server.server_close()
    with pytest.raises(DownloadError, match=r"127\.0\.0\.1:\d+ cannot be reached: .*refused"):
        get(address)


def test_a_forbidden_network_is_not_used(server, get, monkeypatch):
    monkeypatch.setenv("IADBE_OFFLINE", "1")
    with pytest.raises(DownloadError, match=r"IADBE_OFFLINE forbids the network.*--archive"):
        get(server.put(PATH, CONTENT))
    assert server.asked == []


def test_a_full_disk_is_noticed_before_a_byte_is_written(server, get, monkeypatch, tmp_path):
    usage = SimpleNamespace(free=500_000 + RESERVE)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage)
    with pytest.raises(DownloadError, match=r"needs 660 kB, and 500 kB can be used.*--to"):
        get(server.put(PATH, CONTENT))
    assert not list(tmp_path.iterdir())


def test_a_disk_that_fills_up_is_no_break_of_the_network(server, get, part, largest_file):
    address = server.put(PATH, CONTENT)
    largest_file(HALF)
    with pytest.raises(DownloadError, match=r"File too large\. 150 kB are kept"):
        get(address)
    assert len(server.asked) == 1
    largest_file(-1)
    assert get(address, CONTENT) == CONTENT
    assert starts(server) == [None, "bytes=150000-"]


@pytest.fixture
def largest_file():
    """Stands for a full disk: files cannot grow beyond so many bytes; -1 for any size."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    yield lambda size: resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    resource.setrlimit(resource.RLIMIT_FSIZE, before)
