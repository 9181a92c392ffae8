from iadbe.auditing.reading.latex import read_latex

BOOKTABS = r"""\begin{table}[h!]
    \centering % not & a row \\
    \resizebox{\textwidth}{!}{%
        \begin{tabular}{l*{3}{c}}
        \toprule
         & 01 & 02 & Average \\
        \midrule
        CFA & 21.77 & \textbf{99.13} & 60.45\\
        R\&D & 1 & 2 \\
        \bottomrule
        \end{tabular}
    }
    \caption{Image AUROC for Btech\cite{Some_2021_btech} dataset {nested}.}
    \label{table:Btech Image AUROC}
\end{table}
"""
HLINE = r"""\begin{tabular*}{\textwidth}{@{}|l|c|c|@{}}
\hline
\multirow{2}{*}{Model} & \multicolumn{2}{c|}{pixel AUROC} \\ \cline{2-3}
PaDiM & {\bf 0.9} & 0.8 \\[2pt] \hline
\end{tabular*}
"""


def test_booktabs(written):
    (table,) = read_latex(written({"a.tex": BOOKTABS}) / "a.tex")
    assert table.title == "Btech Image AUROC"
    assert table.caption == "Image AUROC for Btech dataset {nested}."
    assert table.header == ["", "01", "02", "Average"]
    assert [row.line for row in table.rows] == [8, 9]
    assert table.rows[0].cells == ["CFA", "21.77", r"\textbf{99.13}", "60.45"]
    assert table.rows[1].cells == ["R&D", "1", "2"]


def test_hline_spans_and_no_float(written):
    (table,) = read_latex(written({"my_table.tex": HLINE}) / "my_table.tex")
    assert (table.title, table.caption) == ("my table", "")
    assert table.header == ["{Model}", "pixel AUROC", ""]
    assert table.rows[0].cells == ["PaDiM", r"{\bf 0.9}", "0.8"]


def test_two_tables_keep_their_own_captions(written):
    other = BOOKTABS.replace("Btech Image AUROC", "Other").replace("Image AUROC for", "PRO for")
    first, second = read_latex(written({"a.tex": BOOKTABS + other}) / "a.tex")
    assert (first.title, second.title) == ("Btech Image AUROC", "Other")
    assert second.caption.startswith("PRO for")
    assert second.rows[0].line == 8 + BOOKTABS.count("\n")
