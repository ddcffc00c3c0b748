"""What files yield that are treated alike: kept by earlier runs, or sent by other processes."""

from newslint.engine.cache import MOST_PENDING, Cache, Shelf
from newslint.engine.checks import Checks
from newslint.engine.context import file_context, known_context
from newslint.engine.examine import Examiner
from newslint.engine.mapped import Mapped
from newslint.engine.pack import PackError, Packing, Sheet, read_sheet, write_sheet
from newslint.engine.sign import lasting
from newslint.engine.store import Row
from newslint.syntax.yaml import Reader


class Lane:
    """Knows what files yield that are treated alike.

    Args:
        examiner: Who examines them.
        checks: The rules that it runs.
        reader: Reads them.
        cache: What is known from earlier runs; None for nothing.
        is_examined: They are reported on.
    """

    def __init__(
        self,
        examiner: Examiner,
        checks: Checks,
        reader: Reader,
        cache: Cache | None,
        *,
        is_examined: bool,
    ) -> None:
        self._cache = cache
        if cache is None:
            self._shelves = [Shelf()]
        else:
            contexts = [file_context(checks, examiner.collection, reader)]
            if not is_examined:
                contexts.insert(0, known_context(examiner.collection, reader))
            self._shelves = [cache.shelf(context) for context in contexts]
        self._shelf = self._shelves[0]  # what is new goes there
        self._packing = Packing(examiner, self._description, is_examined=is_examined)

    def recall(self, name: str) -> Row | None:
        """Return what is known of a file."""
        return next((row for shelf in self._shelves if (row := shelf.recall(name))), None)

    def keep(self, name: str, sign: bytes, content: bytes, body: bytes) -> None:
        """Keep what a file yields for the next run.

        Args:
            name: The file.
            sign: What tells without reading that it is the same.
            content: What names its content.
            body: What it yields, packed.
        """
        if self._cache is not None:
            self._shelf.keep(name, Row(lasting(sign, self._cache.now), content, body))
            if self._shelf.size > MOST_PENDING:
                self._cache.flush()

    def unpacked(self, name: str, body: bytes) -> Mapped | None:
        """Return what a file yields, given its packed form; None where that is no good."""
        try:
            return self._packing.unpacked(name, body)
        except PackError:
            return None

    def united(self, found: Mapped) -> Mapped:
        """Return the same, with descriptions of entries that are known as they are known."""
        return self._packing.united(found)

    def learnt(self, found: Mapped | None) -> bytes | None:
        """Return what a file yields, packed, and take note of its descriptions.

        Args:
            found: What it yields; None where it could not be read.

        Returns:
            None where it cannot be packed.
        """
        body, descriptions = self._packed(found)
        self._shelf.learn(descriptions)
        return body

    def sent(self, sign: bytes, content: bytes, found: Mapped | None) -> bytes:
        """Return what another process is to know of a file.

        Args:
            sign: What tells without reading that it is the same.
            content: What names its content.
            found: What it yields; None where it could not be read.
        """
        body, descriptions = self._packed(found)
        return write_sheet(Sheet(sign, content, body, descriptions))

    def received(self, data: bytes) -> Sheet:
        """Return what another process has sent, its descriptions taken note of."""
        sheet = read_sheet(data)
        self._shelf.learn(sheet.descriptions)
        return sheet

    def _packed(self, found: Mapped | None) -> tuple[bytes | None, dict[bytes, bytes]]:
        """Return what a file yields, packed, and the packed descriptions that are new."""
        try:
            body = None if found is None else self._packing.packed(found)
        except PackError:
            body = None
        fresh, self._packing.fresh = self._packing.fresh, {}
        return body, fresh

    def _description(self, key: bytes) -> bytes | None:
        """Return the packed description of a digest."""
        found = (shelf.description(key) for shelf in self._shelves)
        return next((each for each in found if each is not None), None)
