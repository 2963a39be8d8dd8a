"""What a page offers as a file: resources, parameters, formats, addresses."""
