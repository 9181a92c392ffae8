"""The model card: what a reader must know of a model before trusting or shipping it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, Field

if TYPE_CHECKING:
    from iadbe.models.protocol import AnomalyModel


class Expected(BaseModel):
    """A published result: what a faithful run should come near to."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    metric: str = Field(default="image_auroc", description="as the leaderboard names it")
    value: float = Field(ge=0, le=1, description="share, not percent")
    dataset: str = Field(default="mvtec_ad", description="the mean over its categories")
    setting: str | None = Field(default=None, description="backbone, size, … if not the entry's")
    source: str = Field(description="paper with table, or the file it was read in")


class Card(BaseModel):
    """What `iadbe models show NAME` and the report say beside what the plugin itself says.

    A plugin may carry one as its attribute `card`; the key `card:` of an entry in
    `parameters_models.yml` overrides it field by field. It never touches a result.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str | None = Field(default=None, description="the method's full name")
    paper: str | None = Field(default=None, description="authors, title, venue")
    url: str | None = Field(default=None, description="of the paper or the project")
    year: int | None = Field(default=None, ge=1900, le=2100)
    code_licence: str | None = Field(default=None, description="SPDX identifier where there is one")
    weights_licence: str | None = Field(default=None, description="of the pretrained weights")
    variant_of: str | None = Field(default=None, description="the entry it is compared with")
    backbone: str | None = Field(default=None, description="network and its training data")
    deterministic: bool = Field(default=True, description="same seed, same scores")
    expected: tuple[Expected, ...] = Field(default=(), description="published results")
    traps: tuple[str, ...] = Field(default=(), description="what is known to go wrong")

    def overridden_by(self, other: Card) -> Card:
        """This card with every field that `other` sets."""
        update = {name: getattr(other, name) for name in other.model_fields_set}
        return self.model_copy(update=update)


def card_of(plugin: type[AnomalyModel], entry_card: Card | None = None) -> Card:
    """What is known of a model: the plugin's own card, overridden by that of its entry.

    Args:
        plugin: The plugin's class; its attribute `card` may be missing.
        entry_card: The entry's `card`, if it has one (`iadbe.benchmark.spec.ModelEntry`).
    """
    own: Card = getattr(plugin, "card", None) or Card()
    return own.overridden_by(entry_card) if entry_card else own
