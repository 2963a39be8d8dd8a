"""Published files as they came: fetched or saved by hand, kept for good under their hash,
opened as kept."""
