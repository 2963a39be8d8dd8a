"""A workbook is written whole, or the failure has its reason."""

from __future__ import annotations

import io
import multiprocessing
import resource
import signal

import pytest
from openpyxl import Workbook, load_workbook

from etl.files import NotWritableError
from etl.formats.workbook_files import write_workbook
from tests.processes import CHILDREN


def make_book(rows_count: int) -> Workbook:
    book = Workbook()
    book.create_sheet()
    for sheet in book.worksheets:
        for number in range(rows_count):
            sheet.append([number, "Alder Street"])
    return book


def test_a_workbook_is_read_back_with_every_row() -> None:
    read = load_workbook(io.BytesIO(write_workbook(make_book(3))))
    assert [list(sheet.values)[-1] for sheet in read.worksheets] == [(2, "Alder Street")] * 2


def _write_on_a_full_disk(rows_count: int, queue: multiprocessing.Queue[str]) -> None:  # type: ignore[type-arg]
    """In a process of its own, whose files may not be longer than a byte."""
    book = make_book(rows_count)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1, 1))
    try:
        write_workbook(book)
    except NotWritableError as error:
        queue.put(str(error))
    else:
        queue.put("no failure")


@pytest.mark.parametrize("rows_count", [3, 100])
def test_a_full_disk_of_temporary_files_is_an_error(rows_count: int) -> None:
    """A small sheet would be saved empty without a word, a large one raise lxml's own error."""
    queue: multiprocessing.Queue[str] = CHILDREN.Queue()  # type: ignore[type-arg]
    child = CHILDREN.Process(target=_write_on_a_full_disk, args=(rows_count, queue))
    child.start()
    assert "Make room" in queue.get(timeout=60)
    child.join(60)
