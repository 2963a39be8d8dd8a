"""Releases: publishing, the ledger, what changed between two of them."""
