"""The store of returns: every version, decision and comment, with a log that shows tampering.
Each access takes a `Scope`."""
