"""The least that a Streamlit page can be: one title. What the framework itself costs."""

import streamlit as st

st.title("Nothing")
