"""Charts of the page Forces."""
