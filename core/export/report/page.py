"""The page around the sections: head, style, title."""

from importlib.resources import files

from core.export.report.content import ReportContent
from core.export.report.html import Element, element, joined
from core.export.report.sections import headline, sections

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
"""Keeps a browser from loading or running anything, whatever the page holds."""


def page(content: ReportContent) -> str:
    """The whole file."""
    run, data = content.run.path.resolve().name, content.run.info.data.name
    style = files("core.export.report").joinpath("style.css").read_text(encoding="utf-8")
    head = element(
        "head",
        Element('<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'),
        Element(f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'),
        Element('<meta name="color-scheme" content="light dark">'),
        element("title", f"Model report: {run}"),
        Element(f"<style>\n{style}</style>"),
    )
    title = element(
        "header",
        element("p", "Model report", class_="kind"),
        element("h1", run),
        element("p", f"{content.run.config.backbone} trained on {data}, {content.written[:10]}", class_="remark"),
        headline(content),
    )
    footer = element(
        "footer", element("p", "Written by metric-explorer. A pair is accepted where distance <= threshold.")
    )
    body = element("body", element("main", title, sections(content)), footer)
    return "<!DOCTYPE html>\n" + element("html", joined(head, body), lang="en") + "\n"
