"""What does not add up: in one record, across records, and between editions and publications.

In: `Evidence`. Out: `Finding`s. Errors stop a build; warnings and notes are published.
Does not change a value and does not decide what is right."""
