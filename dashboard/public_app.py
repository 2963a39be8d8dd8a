"""The public site's script: one run draws one page for one reader.

Run by `python -m dashboard.server`; `streamlit run dashboard/public_app.py` shows the same pages without the server's
routes and headers.
"""

from __future__ import annotations

import sys
from pathlib import Path

import streamlit as st

# A script run by `streamlit run` has only its own folder on the path: a script's own folder is on the path, not the folder it was started from.
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from dashboard.parts.style import show_style
from dashboard.views.overview import TITLE, show_overview

st.set_page_config(
    page_title=TITLE, layout="wide", initial_sidebar_state="collapsed", menu_items={"About": None}
)
show_style()
show_overview()
