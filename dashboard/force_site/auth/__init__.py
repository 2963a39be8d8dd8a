"""Sign-in of the force site: identity, cookies, access, redirects, settings."""
