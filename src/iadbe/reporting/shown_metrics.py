"""The metrics that the report has a table of, models against categories."""

from __future__ import annotations

from typing import NamedTuple


class ShownMetric(NamedTuple):
    """A metric: its column in `iadbe.reporting.averages`, its title and a word on its meaning."""

    key: str
    title: str
    level: str
    metric: str
    meaning: str
    higher_is_better: bool = True


SHOWN_METRICS = (
    ShownMetric("image_auroc", "Image AUROC", "image", "auroc", "ranks models; 0.5 is guessing"),
    ShownMetric("image_average_precision", "Image AP", "image", "average_precision",
                "area under precision against recall"),
    ShownMetric("image_f1_max", "Image F1-max", "image", "f1_max",
                "an oracle: its threshold is chosen on the test images"),
    ShownMetric("fpr_at_95_tpr", "FPR at 95 % TPR", "image", "fpr_at_95_tpr",
                "normal images stopped while 95 % of the anomalous ones are found", False),
    ShownMetric("false_alarm_rate", "False alarms", "image", "false_alarm_rate",
                "share of the normal images above the threshold that was set beforehand", False),
    ShownMetric("miss_rate", "Misses", "image", "miss_rate",
                "share of the anomalous images below that threshold", False),
    ShownMetric("pixel_auroc", "Pixel AUROC", "pixel", "auroc", "of anomaly maps against masks"),
    ShownMetric("pixel_average_precision", "Pixel AP", "pixel", "average_precision",
                "of anomaly maps; defective pixels are few, so it is the stricter one"),
    ShownMetric("pixel_f1_max", "Pixel F1-max", "pixel", "f1_max", "an oracle, as that of images"),
    ShownMetric("iou_max", "IoU-max", "pixel", "iou_max",
                "best overlap of map and mask; an oracle, too"),
    ShownMetric("aupro", "AUPRO", "region", "aupro",
                "overlap with each defect, all of one weight, to a false positive rate of 0.3"),
    ShownMetric("aupro_005", "AUPRO at 0.05", "region", "aupro_005",
                "the same to a false positive rate of 0.05"),
    ShownMetric("aupimo", "AUPIMO", "pixel", "aupimo",
                "overlap image by image where hardly any normal pixel is marked"),
    ShownMetric("pro_at_f1_max", "PRO at F1-max", "region", "pro_at_f1_max",
                "overlap at one threshold: what the original IADBE called PRO"),
    ShownMetric("recall_at_1_false_region", "Recall at 1 false region", "region",
                "recall_at_1_false_region", "defects found with one false region an image"),
)  # fmt: skip

BY_KEY = {shown.key: shown for shown in SHOWN_METRICS}
