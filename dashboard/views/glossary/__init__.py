"""The page “Glossary”: what it alone uses."""
