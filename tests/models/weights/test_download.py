"""Files from an address: whole and right, or not at all."""

import hashlib

import pytest

from hub_stand_in import PAGE
from iadbe.errors import WeightsError
from iadbe.models.weights import find, resolve, url_file

CONTENT = bytes(range(256)) * 5000
SUM = hashlib.sha256(CONTENT).hexdigest()


def test_a_file_is_fetched_once_and_verified(hub):
    weights = url_file(hub.put("a.tar.gz", CONTENT), sha256=SUM.upper())
    file = resolve(weights)
    assert file.read_bytes() == CONTENT
    assert find(weights) == resolve(weights) == file
    assert hub.fetched() == ["/a.tar.gz"]


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ({"sends": len(CONTENT) // 2}, "broke off after 640000 of 1280000 bytes"),
        ({"sends": 0}, "broke off after 0 of"),
        ({"status": 404}, "answers 404"),
        ({"status": 503}, "answers 503"),
        ({"content": b"other"}, f"sha256 {hashlib.sha256(b'other').hexdigest()}, not {SUM}"),
        ({"content": PAGE}, "web page"),
        ({"content": PAGE, "kind": "text/html"}, "web page"),
        ({"content": b""}, "web page or nothing"),
    ],
)
def test_what_goes_wrong_is_one_line_and_leaves_nothing(hub, bare_machine, how, words):
    weights = url_file(hub.put("a.zip", **{"content": CONTENT, **how}), sha256=SUM)
    with pytest.raises(WeightsError, match=words) as raised:
        resolve(weights)
    message = str(raised.value)
    assert "\n" not in message
    assert "put a.zip" in message
    assert "IADBE_WEIGHTS" in message
    assert find(weights) is None
    assert [path for path in bare_machine.rglob("*") if path.is_file()] == []


def test_a_page_is_refused_also_where_no_sum_is_known(hub):
    with pytest.raises(WeightsError, match="web page"):
        resolve(url_file(hub.put("a.zip", PAGE)))


def test_an_unreachable_host_is_asked_once_in_a_while(bare_machine, monkeypatch):
    from iadbe.models.weights import network

    asked = []
    answers = network._answers
    monkeypatch.setattr(network, "_answers", lambda root: asked.append(root) or answers(root))
    for name in ("a.zip", "b.zip"):
        with pytest.raises(WeightsError, match=r"127\.0\.0\.1:9 does not answer"):
            resolve(url_file(f"http://127.0.0.1:9/{name}"))
    assert asked == ["http://127.0.0.1:9/"]


@pytest.mark.parametrize("address", ["file:///etc/hostname", "ftp://127.0.0.1/a.zip"])
def test_only_http_is_asked(bare_machine, address):
    with pytest.raises(WeightsError, match="is not an http address"):
        resolve(url_file(address))


def test_files_of_one_name_from_two_addresses_are_two(hub):
    one = url_file(hub.put("one/model.bin", b"one"))
    two = url_file(hub.put("two/model.bin", b"two"))
    assert resolve(one).read_bytes() == b"one"
    assert find(two) is None
    assert resolve(two).read_bytes() == b"two"
    assert resolve(one).read_bytes() == b"one"
