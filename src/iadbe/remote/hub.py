"""A dataset repository of the Hugging Face hub, at one revision."""

from __future__ import annotations

import json
import logging
import re
from pathlib import Path
from typing import Any, NamedTuple

from filelock import FileLock

from iadbe.errors import ConfigError, DataError
from iadbe.models.weights.network import check_answers
from iadbe.models.weights.unavailable import UnavailableError
from iadbe.remote.address import cache_folder

_LOG = logging.getLogger(__name__)
_ADDRESS = re.compile(
    r"^hf://(?:datasets/)?(?P<name>(?!datasets/)\w[\w.-]*/\w[\w.-]*)(?:@(?P<revision>[\w.%-]+))?(?P<below>/.*)?$"
)
_COMMIT = re.compile(r"^[0-9a-f]{40}$")


class _Repository(NamedTuple):
    name: str
    revision: str | None
    below: str

    @property
    def pinned(self) -> bool:
        return self.revision is not None and _COMMIT.match(self.revision) is not None


def snapshot(address: str, token: str | None = None) -> Path:
    """The local folder of `hf://datasets/<owner>/<name>[@<revision>][/<folder>]`.

    A commit that is whole in the Hugging Face cache needs no network. A branch, a tag or no
    revision is resolved once; the commit is recorded in the cache folder and used from then on.

    Args:
        address: The address.
        token: For a private repository, if not logged in.

    Raises:
        ConfigError: If the address is malformed, or huggingface_hub is not installed.
        DataError: If the repository, revision or folder is not there or not in reach.
    """
    repository = _parsed(address)
    commit = repository.revision if repository.pinned else _recorded(repository, address, token)
    folder = _snapshot(repository.name, str(commit), address, token)
    place = folder / repository.below
    if not place.exists():
        raise DataError(f"{address}: the repository has no '{repository.below}'. Correct it.")
    return place


def _parsed(address: str) -> _Repository:
    match = _ADDRESS.match(address)
    if match is None:
        raise ConfigError(
            f"{address}: write hf://datasets/<owner>/<name>@<revision>, and /<folder> if need be."
        )
    return _Repository(match["name"], match["revision"], (match["below"] or "").strip("/"))


def _recorded(repository: _Repository, address: str, token: str | None) -> str:
    """The commit of a branch, a tag or the newest: asked once, then the same in every run."""
    file = cache_folder() / "hub_revisions.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    key = f"{repository.name}@{repository.revision or 'main'}"
    with FileLock(f"{file}.lock"):
        known: dict[str, str] = json.loads(file.read_text("utf-8")) if file.is_file() else {}
        if key not in known:
            known[key] = _commit(repository, address, token)
            part = file.with_suffix(".part")
            part.write_text(json.dumps(known, indent=1), "utf-8")
            part.replace(file)
    _LOG.warning(
        "%s is not pinned: it is %s on this machine (%s). Write @%s in the catalog for it to be "
        "the same on all.",
        address,
        known[key],
        file,
        known[key],
    )
    return known[key]


def _commit(repository: _Repository, address: str, token: str | None) -> str:
    info = _asked(
        address,
        lambda hub: hub.HfApi(token=token).dataset_info(
            repository.name, revision=repository.revision
        ),
    )
    return str(info.sha)


def _snapshot(name: str, commit: str, address: str, token: str | None) -> Path:
    hub = _hub(address)
    facts: dict[str, Any] = {"repo_type": "dataset", "revision": commit}
    try:
        return Path(hub.snapshot_download(name, local_files_only=True, **facts))
    except (OSError, ValueError):  # not here, or not all of it
        return Path(_asked(address, lambda hub: hub.snapshot_download(name, token=token, **facts)))


def _hub(address: str) -> Any:
    try:
        import huggingface_hub
        import huggingface_hub.constants  # not attributes until they are imported
        import huggingface_hub.errors
    except ImportError as error:
        message = f"{address}: needs huggingface_hub. Run `pip install huggingface_hub`."
        raise ConfigError(message) from error
    return huggingface_hub


def _asked(address: str, question: Any) -> Any:
    """Ask the hub, with its many errors in a line."""
    hub = _hub(address)
    client_errors: tuple[Any, ...] = (OSError, *hub.errors.HfHubHTTPError.__bases__)
    try:
        check_answers(hub.constants.ENDPOINT)
        return question(hub)
    except UnavailableError as error:
        raise DataError(
            f"{address}: not in the Hugging Face cache of this machine, and {error}. Fetch it "
            "where there is a network and copy the cache (HF_HOME), or give a local folder."
        ) from error
    except hub.errors.GatedRepoError as error:
        message = f"{address}: accept its terms on the hub, then `hf auth login`."
        raise DataError(message) from error
    except hub.errors.RevisionNotFoundError as error:
        raise DataError(f"{address}: no such revision. Correct what follows the @.") from error
    except hub.errors.RepositoryNotFoundError as error:
        message = f"{address}: no such dataset on the hub. Correct it, or `hf auth login`."
        raise DataError(message) from error
    except client_errors as error:
        first = str(error).partition("\n")[0]
        raise DataError(f"{address}: broke off ({first}). Try again.") from error
