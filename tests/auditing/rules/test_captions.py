RULE = "caption-contradicts"
TABLE = r"""\begin{table}
\begin{tabular}{lccc}
 & 01 & 02 & Average \\ \hline
CFA & 1.0 & 2.0 & 1.5 \\
RD & 3.0 & 4.0 & 3.5 \\
\end{tabular}
\caption{Image AUROC of %s methods across %s different categories.%s}
\label{table:Btech Image AUROC}
\end{table}
"""


def test_a_true_caption(found):
    said = " AUROC is the area under the receiver operating characteristic curve."
    assert found(RULE, {"a.tex": TABLE % ("two", "2", said)}) == []


def test_wrong_counts(messages):
    said = messages(RULE, {"a.tex": TABLE % ("15", "3", "")})
    assert said == [
        "the caption says '15 methods'; there are 2 rows of models",
        "the caption says '3 different categories'; there are 2 columns of categories",
    ]


def test_two_metrics_in_one_caption(messages):
    said = messages(RULE, {"a.tex": TABLE % ("2", "2", " Per-Region Overlap (PRO) scores.")})
    assert said == ["the caption names auroc first, then pro"]
