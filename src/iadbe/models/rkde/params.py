"""What can be set on RKDE; names and defaults are those of Anomalib 1.x."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, PositiveInt

Detector = Literal[
    "fasterrcnn_resnet50_fpn",
    "fasterrcnn_resnet50_fpn_v2",
    "fasterrcnn_mobilenet_v3_large_fpn",
    "fasterrcnn_mobilenet_v3_large_320_fpn",
]
Scaling = Literal["scale", "norm"]
Stage = Literal["rcnn", "rpn"]

CHECKPOINTS: dict[Detector, str] = {
    "fasterrcnn_resnet50_fpn": "fasterrcnn_resnet50_fpn_coco-258fb6c6.pth",
    "fasterrcnn_resnet50_fpn_v2": "fasterrcnn_resnet50_fpn_v2_coco-dd69338a.pth",
    "fasterrcnn_mobilenet_v3_large_fpn": "fasterrcnn_mobilenet_v3_large_fpn-fb6a3cc7.pth",
    "fasterrcnn_mobilenet_v3_large_320_fpn": "fasterrcnn_mobilenet_v3_large_320_fpn-907ea3f9.pth",
}
"""torchvision's default weights of each detector, trained on COCO."""


class RkdeParams(BaseModel):
    """Parameters of the `rkde` plugin."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    detector: Detector = Field(
        default="fasterrcnn_resnet50_fpn",
        description="torchvision's network that proposes regions and describes them",
    )
    detector_size: int | None = Field(
        default=None,
        ge=32,
        description="Edge in pixels that the detector scales images to; its own if left out",
    )
    roi_stage: Stage = Field(
        default="rcnn",
        description="Regions are detections (rcnn) or the proposals before them (rpn)",
    )
    roi_score_threshold: float = Field(
        default=0.001, ge=0, le=1, description="Regions of lower confidence are dropped"
    )
    min_box_size: float = Field(
        default=25, ge=0, description="Regions with a shorter edge, in pixels, are dropped"
    )
    iou_threshold: float = Field(
        default=0.3, ge=0, le=1, description="Regions that overlap a surer one by more are dropped"
    )
    max_detections_per_image: PositiveInt = Field(
        default=100, description="The surest regions of an image that are kept"
    )
    n_pca_components: PositiveInt = Field(
        default=16, le=1024, description="Principal components of the 1024 features of a region"
    )
    feature_scaling_method: Scaling = Field(
        default="scale",
        description="Components are divided by the greatest length in training (scale) or each by "
        "its own length (norm)",
    )
    max_training_points: PositiveInt = Field(
        default=40_000, description="Regions that the density is estimated from; drawn if more"
    )
    batch_size: PositiveInt = Field(default=4, description="Images in a batch")
    weights: Literal["pretrained", "random"] = Field(
        default="pretrained",
        description="random: stand-ins that prove the code runs; never ranked",
    )
