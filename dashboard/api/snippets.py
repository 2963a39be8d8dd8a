"""How to read an address in the tools that people use; every snippet is run or checked by a test.

In: the site's address, a path. Out: titles and texts. Does not know the server."""

from __future__ import annotations

from dataclasses import dataclass

EXAMPLE = "/api/v1/estimates.csv?measure=false_share_of_alerts&by=force,year&from=2023"


@dataclass(frozen=True, slots=True)
class Snippet:
    """`code` is what a person copies."""

    title: str
    code: str
    note: str = ""


def write_snippets(site: str, path: str = EXAMPLE) -> tuple[Snippet, ...]:
    """Python, R, curl, DuckDB and spreadsheets, for one address."""
    address = f"{site}{path}"
    parquet = address.replace(".csv", ".parquet", 1)
    return (
        Snippet(
            "Python",
            f'import pandas as pd\n\nfigures = pd.read_csv("{address}")\n'
            'print(figures[["force_id", "year", "value", "value_low", "value_high", '
            '"value_status"]])',
        ),
        Snippet(
            "R",
            f'figures <- read.csv("{address}", encoding = "UTF-8")\nprint(figures[c("force_id", '
            '"year", "value", "value_low", "value_high", "value_status")])',
        ),
        Snippet(
            "curl",
            f'curl --fail --output figures.csv "{address}"',
            "--fail ends with an error where the answer is a problem and not a file.",
        ),
        Snippet(
            "DuckDB",
            f"SELECT force_id, year, value, value_status FROM read_parquet('{parquet}');",  # noqa: S608
        ),
        Snippet("Google Sheets", f'=IMPORTDATA("{address}")'),
        Snippet(
            "Excel",
            f"{address}&bom=yes",
            "Data, From Web, and paste the address; or open it in a browser and open the saved "
            "file: “bom=yes” tells Excel that it is UTF-8.",
        ),
        Snippet(
            "LibreOffice",
            address,
            "Sheet, External Links, and paste the address; choose UTF-8 and the comma.",
        ),
    )
