"""The verbs of `python -m etl`: read the options, call one function, print the result."""
