"""The pages of the force site, one module a page."""
