"""Charts that several pages share; the only place that imports Plotly."""
