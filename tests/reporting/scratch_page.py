"""A page around one template of the report, with its styles and scripts, as a file."""

from __future__ import annotations

from jinja2 import ChoiceLoader, DictLoader, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from plotly.offline import get_plotlyjs

from iadbe.reporting.figures.style import model_styles
from iadbe.reporting.formats import words
from iadbe.reporting.plain_json import figure_json

_PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>Scratch</title>
<style>{% include "report.css" %}{% include "answer.css" %}{% include "compare.css" %}</style>
</head><body><span id="probe"></span><button id="theme">Theme</button>
<main class="wide">BODY</main><script>{{ plotly_js }}</script>
<script>{% include "theme.js" %}{% include "figures.js" %}</script>
<script>{% include "answer.js" %}</script><script>{% include "compare.js" %}</script>
</body></html>"""


def page(body, runs, **context):
    """Render `body`, a piece of a template, as a whole page."""
    environment = Environment(
        loader=ChoiceLoader(
            [DictLoader({"page": _PAGE.replace("BODY", body)}), PackageLoader("iadbe.reporting")]
        ),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.filters |= {"words": words, "figure_json": figure_json}
    return environment.get_template("page").render(
        styles=model_styles(runs),
        supervision=runs.groupby("model")["supervision"].first().fillna("").to_dict(),
        plotly_js=Markup(get_plotlyjs()),
        **context,
    )
