"""One registration of a model plugin."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class PluginEntry:
    """What package metadata, or a provider, says of one plugin.

    Attributes:
        name: Of the plugin.
        package: Name of the distribution that registers it.
        version: Of that distribution.
        target: `module:Class`.
        given: The class, if a provider gave it rather than its address.
    """

    name: str
    package: str
    version: str
    target: str
    given: type | None = field(default=None, repr=False)

    @property
    def origin(self) -> str:
        """Package and version, as messages name them."""
        return f"{self.package} {self.version}"
