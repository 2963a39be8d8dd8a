"""The page that is written first: reads the CSV and draws one chart and one table, on every run."""

import os

import pandas as pd
import plotly.express as px
import streamlit as st

rows = pd.read_csv(os.environ["BENCH_CSV"])
st.title("Deployments")
force = st.selectbox("Force", ["all", *sorted(rows["force_id"].unique())])
selection = rows if force == "all" else rows[rows["force_id"] == force]
months = selection.groupby(selection["date"].str[:7])["faces_seen"].sum().reset_index()
st.metric("Faces seen", f"{selection['faces_seen'].sum():,.0f}")
st.plotly_chart(px.bar(months, x="date", y="faces_seen"))
st.dataframe(selection.head(100))
