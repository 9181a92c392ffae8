"""Files of the Hugging Face hub and its cache."""

from __future__ import annotations

import hashlib
import importlib.util
import re
from pathlib import Path

from iadbe.models.weights.network import check_answers
from iadbe.models.weights.unavailable import UnavailableError


def cached(repository: str, filename: str) -> Path | None:
    """A file in the Hugging Face cache, if it is there; asks no hub."""
    if importlib.util.find_spec("huggingface_hub") is None:
        return None
    from huggingface_hub import try_to_load_from_cache

    found = try_to_load_from_cache(repository, filename)
    return Path(found) if isinstance(found, str) else None


def fetch(repository: str, filenames: tuple[str, ...]) -> Path:
    """The first of several files that a repository has, downloaded into the cache.

    Raises:
        UnavailableError: If the hub is out of reach, refuses, has none of the files, or what came
            is broken.
    """
    if importlib.util.find_spec("huggingface_hub") is None:
        raise UnavailableError("huggingface_hub is not installed")
    from huggingface_hub import constants
    from huggingface_hub.errors import LocalEntryNotFoundError, RemoteEntryNotFoundError

    check_answers(constants.ENDPOINT)
    for filename in filenames:
        try:
            return _download(repository, filename)
        except RemoteEntryNotFoundError:
            continue
        except LocalEntryNotFoundError as error:  # the hub's word for "and the network failed"
            raise UnavailableError(f"the hub does not give {repository}/{filename}") from error
    raise UnavailableError(f"{repository} on the hub has no {' or '.join(filenames)}")


def _download(repository: str, filename: str) -> Path:
    from huggingface_hub import hf_hub_download
    from huggingface_hub.errors import EntryNotFoundError, GatedRepoError, RepositoryNotFoundError

    try:
        file = Path(hf_hub_download(repository, filename))
    except EntryNotFoundError:
        raise
    except GatedRepoError as error:
        reason = f"accept the terms of {repository} on the hub, then `hf auth login`"
        raise UnavailableError(reason) from error
    except RepositoryNotFoundError as error:
        raise UnavailableError(f"the hub has no {repository}") from error
    except Exception as error:  # of the hub's client, the one below it, or the one for large files
        first = str(error).partition("\n")[0]
        raise UnavailableError(f"{repository}/{filename} broke off: {first}") from error
    _check(file)
    return file


def _check(file: Path) -> None:
    """The cache names a large file's blob by its sha256; the client itself compares sizes only."""
    blob = file.resolve()
    if not re.fullmatch(r"[0-9a-f]{64}", blob.name):
        return
    with blob.open("rb") as stream:
        found = hashlib.file_digest(stream, "sha256").hexdigest()
    if found != blob.name:
        file.unlink()
        blob.unlink(missing_ok=True)
        raise UnavailableError(f"the hub gives a file with sha256 {found}, not {blob.name}")
