"""hub serve: a preview on this machine that follows every change."""

from __future__ import annotations

import argparse
import socket
import sys
import tempfile

from scripts.host import mkdocs, variables
from scripts.processes import finish, start, stoppable
from scripts.subject import content_folder, given_day
from scripts.words import Refusal, Words, tell

HOST = "127.0.0.1"


def run(arguments: argparse.Namespace, words: Words) -> int:
    """Serves until Ctrl-C, which is the normal end."""
    content = content_folder(arguments.content)
    refuse_taken(arguments.port)
    environment = variables(arguments.edition, content, given_day(arguments.date)) | {"HUB_PREVIEW": "1"}
    # MkDocs builds into a temporary folder and forgets it when it is stopped: this one goes with us.
    with stoppable(), tempfile.TemporaryDirectory(prefix="hub-serve-", ignore_cleanup_errors=True) as temporary:
        environment |= dict.fromkeys(("TMPDIR", "TEMP", "TMP"), temporary)
        command = mkdocs("serve", "-a", f"{HOST}:{arguments.port}")
        tell(words("serve-start", address=f"http://{HOST}:{arguments.port}/"))
        try:
            return finish(start(command, environment))
        except KeyboardInterrupt:
            tell("\n" + words("serve-end"))
            return 0


def refuse_taken(port: int) -> None:
    """Stops before MkDocs fails on a port that another program holds.

    Raises:
        Refusal: the port is taken or is no port.
    """
    if not 1 <= port <= 65535:
        raise Refusal("port-number", code=2, port=port)
    with socket.socket() as probe:
        if sys.platform != "win32":
            # A preview that was just closed leaves the port waiting; the server does not mind.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except PermissionError:
            raise Refusal("port-forbidden", code=3, port=port) from None
        except OSError:
            raise Refusal("port-taken", code=3, port=port, other=port + 1 if port < 65535 else 8000) from None
