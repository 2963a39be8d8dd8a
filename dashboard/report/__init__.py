"""The report of one force, as tagged PDF and DOCX."""
