"""What the preview knows: the last report and the pages printed so far. Takes addresses, gives answers; any thread may ask."""

from __future__ import annotations

import hashlib
import json
import threading
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from scripts.preview import boards
from scripts.preview.child import Builder, Busy, Gone
from scripts.preview.report import Printed, Report, Trouble

PATIENCE = 3.0
"""Seconds that a page may wait for the builder before its last good form is shown."""
_KEPT_BYTES = 64 << 20


@dataclass(frozen=True)
class Answer:
    """What goes to the browser."""

    status: int
    data: bytes
    generation: int = 0
    findings: tuple[str, ...] = ()
    notice: str = ""
    """Why an older form of the page is shown."""

    @property
    def version(self) -> str:
        """Changes exactly when the page does."""
        return hashlib.blake2b(self.data + bytes(str(self.status), "ascii"), digest_size=8).hexdigest()


class Desk:
    """State and memory of the server."""

    def __init__(self, builder: Builder, session: str) -> None:
        self._builder = builder
        self._session = session
        self._changed = threading.Condition()
        self._kept: OrderedDict[str, Answer] = OrderedDict()
        self._kept_bytes = 0
        self._keeping = threading.Lock()
        self.generation = 0
        self.report = Report()

    @property
    def mark(self) -> str:
        """Names this state among those of all runs: a page of an earlier preview sees that it is old."""
        return f"{self._session}-{self.generation}"

    def take(self, report: Report) -> None:
        """After a build. A stopped one leaves everything but its reason and its problems as it was."""
        if report.stopped:
            troubles = report.troubles or self.report.troubles
            report = replace(self.report, stopped=report.stopped, troubles=troubles)
        self.report = report
        with self._changed:
            self.generation += 1
            self._changed.notify_all()

    def events(self, beat: float = 15.0) -> Iterator[str]:
        """The mark, at once and after every build; an empty text now and then, to find out who still listens."""
        said = ""
        while True:
            with self._changed:
                if said == self.mark:
                    self._changed.wait(beat)
            now = self.mark
            yield now if now != said else ""
            said = now

    def answer(self, url: str) -> Answer:
        """A page or file of the site."""
        generation = self.generation
        kept = self._kept.get(url)
        # Names of assets change with their bytes.
        if kept is not None and (kept.generation == generation or url.startswith("assets/")):
            return kept
        if not generation:
            return Answer(503, boards.waiting(), generation)
        try:
            printed = self._builder.page(url, PATIENCE)
        except (Gone, Busy):
            return replace(kept, notice="预览正忙，这一页是先前的样子。") if kept else Answer(503, boards.waiting())
        answer = self._judged(url, printed, kept, generation)
        if answer.status == 200:
            self._keep(url, answer)
        return answer

    def _judged(self, url: str, printed: Printed, kept: Answer | None, generation: int) -> Answer:
        if printed.state == "good":
            return Answer(200, printed.data, generation, printed.findings)
        if printed.state == "failed":
            if kept is not None:
                return replace(kept, generation=generation, notice=printed.reason)
            return Answer(500, boards.failed(printed.reason), generation, notice=printed.reason)
        if printed.state == "nothing":
            return Answer(503, boards.board(self.report), generation)
        here = self.about(url)
        if here:
            return Answer(404, boards.refused(here), generation)
        if not url.endswith(".html") or url == "404.html":
            return Answer(404, b"", generation)
        return replace(self.answer("404.html"), status=404)

    def about(self, url: str) -> list[Trouble]:
        """Errors in the folder of the page's item."""
        found = [one for one in self.report.troubles if one.level == "error"]
        folder = url.removesuffix(".html")
        return [one for one in found if one.url == url or one.path.removeprefix("pages/").startswith(folder + "/")]

    def board(self) -> Answer:
        """The page of problems and of what is not published."""
        if not self.generation:
            return Answer(503, boards.waiting())
        return Answer(200, boards.board(self.report), self.generation)

    def status(self, url: str | None) -> bytes:
        """For the script of a page (None: the board): its version and what its bar says, as JSON."""
        answer = self.board() if url is None else self.answer(url)
        said = {"mark": self.mark, "version": answer.version, **self._bar(url, answer)}
        return json.dumps(said, ensure_ascii=False).encode("utf-8")

    def _bar(self, url: str | None, answer: Answer) -> dict[str, str]:
        """What is most worth knowing, in one line."""
        errors = [one for one in self.report.troubles if one.level == "error"]
        more = f"{len(errors)} 处要改" if errors else ""
        hidden = next((one for one in self.report.unpublished if one.url == url), None)
        if url is None:
            return {"kind": "", "text": "", "more": ""}
        if self.report.stopped or answer.notice:
            return {"kind": "stopped", "text": self.report.stopped or answer.notice, "more": more or "看详情"}
        if hidden is not None:
            return {"kind": "hidden", "text": f"未发布：{hidden.short}", "more": more or "全部未发布的稿件"}
        if answer.findings:
            return {"kind": "trouble", "text": f"这一页{answer.findings[0]}", "more": more}
        if errors:
            return {"kind": "trouble", "text": f"有 {more}", "more": "看是哪里"}
        return {"kind": "", "text": "", "more": ""}

    def _keep(self, url: str, answer: Answer) -> None:
        with self._keeping:
            old = self._kept.pop(url, None)
            self._kept_bytes += len(answer.data) - (len(old.data) if old else 0)
            self._kept[url] = answer
            while self._kept_bytes > _KEPT_BYTES and len(self._kept) > 1:
                self._kept_bytes -= len(self._kept.popitem(last=False)[1].data)
