"""Serves the site of forces: `python -m dashboard.force_server`,
the name in use until release 1.1.0."""

from dashboard.force_site.server import run

if __name__ == "__main__":
    run()
