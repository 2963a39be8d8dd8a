"""Serves the public site: `python -m dashboard.server`."""

from dashboard.server.app import run

if __name__ == "__main__":
    run()
