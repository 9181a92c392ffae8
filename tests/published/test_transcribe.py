from pathlib import Path

import pandas as pd
import pytest

from iadbe.published import original
from iadbe.published.transcribe import copied

REFERENCE = Path(__file__).parents[3] / "shared" / "reference"
TEX = r"\begin{tabular}{lcc} & 01 & Average \\ RD & \textbf{97.10} & - \\ \end{tabular}"
MD = "## Image Level AUROC on Btech\n| | 01 | Average |\n|-|-|-|\n| CFA | 21.77 | 65.93 |\n"


def test_numbers_become_shares_and_dashes_null(tmp_path):
    (tmp_path / "rawtables").mkdir()
    (tmp_path / "rawtables" / "Btech_Pixel_PRO.tex").write_text(TEX)
    (tmp_path / "published_image_auroc.md").write_text(MD)
    facts = copied(tmp_path)
    assert list(facts["value"][:3]) == [0.2177, 0.6593, 0.971]
    assert facts["value"].isna().tolist() == [False, False, False, True]
    assert list(facts["as_printed"]) == ["21.77", "65.93", "97.10", "-"]
    assert list(facts["metric"]) == ["image_auroc"] * 2 + ["pixel_pro"] * 2
    assert list(facts["model"]) == ["cfa"] * 2 + ["reverse_distillation"] * 2
    assert facts["source"][3] == "paper, Btech Pixel PRO"


@pytest.mark.skipif(not REFERENCE.is_dir(), reason="the original's tables are not here")
def test_the_shipped_facts_are_those_of_the_tables():
    pd.testing.assert_frame_equal(copied(REFERENCE), original(), check_dtype=False)
