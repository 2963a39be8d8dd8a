"""The public site as one ASGI application: routes, headers, static files."""
