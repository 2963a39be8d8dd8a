"""The few styles that the theme cannot give: cards, tables, notes; and the door through which HTML goes to the page.

In: HTML whose texts are already escaped. Out: the page. Colours follow the text colour, so one sheet serves both grounds.
"""

from __future__ import annotations

import html

import streamlit as st

_SHEET = """
<style>
.block-container, [data-testid="stMainBlockContainer"] { max-width: 84rem; padding-top: 2.5rem; }
[data-testid="stHtml"] a { color: inherit; text-decoration: underline; text-underline-offset: 0.15em; }
[data-testid="stHtml"] a:hover { text-decoration-thickness: 0.15em; }
.lfr-note { border-left: 0.3rem solid #F46A25; padding: 0.6rem 0.9rem; margin: 0;
  background: color-mix(in srgb, currentColor 6%, transparent); }
.lfr-note p { margin: 0 0 0.3rem 0; } .lfr-note p:last-child { margin-bottom: 0; }
[data-testid="stHtml"] ul.lfr-cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 14.5rem), 1fr));
  gap: 0.9rem; list-style: none; margin: 0; padding: 0; }
[data-testid="stHtml"] ul.lfr-cards.lfr-pair { grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr)); margin-top: 0.9rem; }
[data-testid="stHtml"] ul.lfr-cards > li { margin: 0; padding: 0.9rem 1rem; border: 1px solid color-mix(in srgb, currentColor 28%, transparent);
  border-top: 0.25rem solid #28A197; min-width: 0; }
.lfr-cards h3 { font-size: 1rem; font-weight: 600; margin: 0; padding: 0; line-height: 1.3; }
.lfr-cards .lfr-figure { font-size: 1.85rem; font-weight: 600; line-height: 1.15; margin: 0.25rem 0 0.4rem 0;
  font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
.lfr-cards .lfr-figure small { display: block; font-size: 1rem; font-weight: 600; margin-top: 0.15rem; }
.lfr-cards p { margin: 0 0 0.3rem 0; font-size: 0.95rem; line-height: 1.4; }
.lfr-cards p.lfr-from { font-size: 0.875rem; margin-bottom: 0; }
.lfr-scroll { overflow-x: auto; max-width: 100%; border: 1px solid color-mix(in srgb, currentColor 28%, transparent); }
.lfr-scroll:focus-visible { outline: 3px solid #F46A25; outline-offset: 2px; }
.lfr-scroll.lfr-high { max-height: 26rem; overflow-y: auto; }
.lfr-table { border-collapse: collapse; width: 100%; font-size: 0.875rem; line-height: 1.35; margin: 0; }
.lfr-table caption { caption-side: top; text-align: left; padding: 0.6rem 0.7rem; font-weight: 600;
  color: inherit; font-size: 0.95rem; }
.lfr-table th, .lfr-table td { padding: 0.45rem; text-align: left; vertical-align: top; border: 0;
  border-top: 1px solid color-mix(in srgb, currentColor 18%, transparent); color: inherit; }
.lfr-table thead th { font-weight: 600; background: color-mix(in srgb, currentColor 7%, transparent);
  vertical-align: bottom; }
.lfr-table tbody th { font-weight: 600; }
.lfr-table .lfr-number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.lfr-table .lfr-number .lfr-quiet { white-space: normal; }
.lfr-table .lfr-short { min-width: 6rem; }
.lfr-table .lfr-wide { min-width: 8.5rem; }
.lfr-table .lfr-quiet { display: block; font-weight: 400; font-size: 0.85rem; }
.lfr-table tr.lfr-uncounted td, .lfr-table tr.lfr-uncounted th { font-style: italic; }
.lfr-small { font-size: 0.9rem; line-height: 1.5; margin: 0; }
.lfr-small ul, ul.lfr-small { margin: 0; padding-left: 1.2rem; }
.lfr-small li, .lfr-sources li { margin: 0 0 0.25rem 0; font-size: 0.9rem; }
.lfr-sources { padding-left: 1.5rem; margin: 0; } .lfr-sources > li { margin-bottom: 0.9rem; }
.lfr-sources p { margin: 0; font-size: 0.9rem; line-height: 1.45; }
.lfr-chart-title { font-size: 1.15rem; font-weight: 600; line-height: 1.3; margin: 0; padding: 0; }
@media print { .lfr-scroll, .lfr-scroll.lfr-high { overflow: visible; max-height: none; } [data-testid="stHeader"] { display: none; } }
</style>
"""


def show_style() -> None:
    """Once a page."""
    st.html(_SHEET)


def show_html(body: str) -> None:
    """HTML to the page; every text in it has gone through `text`."""
    st.html(body)


def text(said: object) -> str:
    """Printed or worded text, safe inside HTML and inside an attribute."""
    return html.escape(str(said), quote=True)


def link(address: str | None, said: str) -> str:
    """A link where the address is one of the web; otherwise the words alone."""
    if address and address.startswith(("https://", "http://")):
        return f'<a href="{text(address)}" rel="noopener noreferrer">{text(said)}</a>'
    return text(said)
