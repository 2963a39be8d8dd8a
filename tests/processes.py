"""Processes that a test starts in order to kill them.

They come from a server that has the modules and has opened nothing: a fork of the test's own
process would take over the threads of its databases, of which only the calling one goes on, and may
end by a fault of memory."""

from __future__ import annotations

import multiprocessing

CHILDREN = multiprocessing.get_context("forkserver")
CHILDREN.set_forkserver_preload(
    ["tests.warehouse.test_build", "tests.releases.test_publish", "tests.returns.test_publishing"]
)
