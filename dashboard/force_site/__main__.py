"""Serves the site of forces: `python -m dashboard.force_site`."""

from dashboard.force_site.server import run

if __name__ == "__main__":
    run()
