"""The catalogues of translations: collected from the source, kept in dashboard/locale."""
