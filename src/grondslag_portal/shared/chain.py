"""The engine's audit chain, kept by the database: in the transaction of what it tells about."""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager

from django.db import transaction

from grondslag.audit import AuditRecord, Entry, SignedHead, Tail
from grondslag_portal.shared.models import ChainEnd, ChainRecord


class DatabaseStore:
    """A chain in a table; keeps to the engine's `AuditStore`.

    A record is added in the transaction that is open, with the row of the chain's end locked: when
    that transaction fails, what happened and its record are both gone.
    """

    def records(self, *, actions: Collection[str] | None = None) -> Iterator[AuditRecord]:
        """The records, oldest first; see `AuditStore`."""
        found = ChainRecord.objects.order_by("number")
        if actions is not None:
            found = found.filter(action__in=sorted(actions))
        for number, line in found.values_list("number", "line").iterator(chunk_size=2_000):
            yield AuditRecord.from_line(bytes(line), number=number)

    def heads(self) -> Iterator[SignedHead]:
        """All heads, oldest first."""
        found = ChainRecord.objects.order_by("number").values_list("head", flat=True)
        for head in found.iterator(chunk_size=2_000):
            yield SignedHead.from_line(bytes(head))

    def tail(self) -> Tail:
        """The newest record and head, without reading the rest."""
        newest = ChainRecord.objects.order_by("-number").first()
        if newest is None:
            return Tail(None, None)
        record = AuditRecord.from_line(bytes(newest.line), number=newest.number)
        return Tail(record, SignedHead.from_line(bytes(newest.head)))

    def torn(self) -> int:
        """None: a database writes a record whole or not at all."""
        return 0

    @contextmanager
    def held(self) -> Iterator[None]:
        """While inside, nobody writes."""
        with transaction.atomic():
            ChainEnd.objects.select_for_update().get_or_create(pk=1)
            yield

    def append_locked(self, build: Callable[[Tail], Entry]) -> Entry:
        """Let *build* make the next entry out of the tail, and keep it; see `AuditStore`."""
        with transaction.atomic():
            end, _ = ChainEnd.objects.select_for_update().get_or_create(pk=1)
            entry = build(self.tail())
            record = entry.record
            ChainRecord.objects.create(
                number=record.number,
                time=record.time,
                actor=record.actor[:200],
                action=record.action,
                object=record.object[:200],
                line=record.to_line(),
                head=entry.head.to_line(),
            )
            end.number = record.number
            end.save(update_fields=["number"])
        return entry
