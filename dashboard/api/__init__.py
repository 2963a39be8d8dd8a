"""The data API: its parameters, resources, formats, OpenAPI document and routes."""
