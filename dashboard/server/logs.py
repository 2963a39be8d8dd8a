"""The log of a site as lines of JSON, without the address of a reader.

In: the setting LFR_LOG_FORMAT. Out: formatters of the loggers, ours and the framework's. The
server's own lines about connections begin with a client's address; it is taken out in either
format."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime

from etl.settings import read_setting

_NAMED = '%s - "'
_LOGGERS = ("uvicorn", "uvicorn.error", "uvicorn.access")


class JsonLines(logging.Formatter):
    """One JSON object a line: `time`, `level`, `logger`, `message`, `exception` if there is one,
    and the fields of a request."""

    def format(self, record: logging.LogRecord) -> str:
        """The line of one record."""
        moment = datetime.fromtimestamp(record.created, UTC)
        line: dict[str, object] = {
            "time": moment.isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, "fields", {}),
        }
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def hide_client(record: logging.LogRecord) -> bool:
    """Takes the client's address out of a line about a connection; the line stays."""
    if isinstance(record.msg, str) and record.msg.startswith(_NAMED) and record.args:
        record.msg = record.msg.removeprefix("%s - ")
        record.args = tuple(record.args)[1:]
    return True


def set_up_logs() -> None:
    """Call it when the server has made its loggers, before it listens."""
    for name in _LOGGERS:
        logging.getLogger(name).addFilter(hide_client)
    if read_setting("LFR_LOG_FORMAT") != "json":
        return
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    logging.getLogger("lfr.requests").setLevel(logging.INFO)
    for logger in list(logging.root.manager.loggerDict.values()):
        if isinstance(logger, logging.Logger):
            logger.handlers[:] = []
            logger.propagate = logger.name != "uvicorn.access"
