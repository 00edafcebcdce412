"""An anonymous table of a delivered one, laid beside all that left of the same people before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import pyarrow as pa

from grondslag.anonymise import Hierarchy
from grondslag.approval import Installation
from grondslag.delivery.anonymous_records import generalised_rows, groups_of, most_rows
from grondslag.delivery.composition import Left, Noted, check_beside, note_of, of_the_same
from grondslag.delivery.ledger import read_ledger
from grondslag.delivery.model import TablePlan
from grondslag.delivery.opening import OpenedDelivery
from grondslag.delivery.planning import plan_query
from grondslag.delivery.roles import ColumnRoles


@dataclass(frozen=True, slots=True)
class Beside:
    """What left before about the people of a delivered table.

    Args:
        opened: The delivery.
        table: How its rows were read.
        roles: Of its columns.
        earlier: What left before.
    """

    opened: OpenedDelivery
    table: TablePlan
    roles: ColumnRoles
    earlier: Sequence[Noted] = field(repr=False)

    @classmethod
    def of(cls, opened: OpenedDelivery, roles: ColumnRoles, installation: Installation) -> "Beside":
        """Find it in the ledger.

        Raises:
            DisclosureRefusedError: Something left about rows of which some are the same, or with
                levels that were made in another way.
            IntegrityError: A part of the ledger is gone or was changed.
        """
        day = date.fromisoformat(str(opened.manifest["made"])[:10])
        minimum = opened.judged.minimum_group
        query = plan_query(opened.plan, opened.contracts, day=day, minimum=minimum)
        table = next(one for one in query.tables if one.name == roles.dataset)
        earlier = of_the_same(table, opened.contracts, read_ledger(installation))
        return cls(opened, table, roles, earlier)

    @property
    def nodes(self) -> list[dict[str, int]]:
        """The levels at which the same people left before."""
        return [noted.node(self.roles.quasi) for noted in self.earlier]

    def check(
        self,
        released: pa.Table,
        node: Mapping[str, int],
        hierarchies: Sequence[Hierarchy],
        content: pa.Table,
    ) -> Noted:
        """Refuse a table that could show somebody beside what left before.

        Args:
            released: The anonymous rows.
            node: The level of each column.
            hierarchies: With which it was made.
            content: The rows it was made of, with who they are about.

        Returns:
            What must be noted when it leaves.

        Raises:
            DisclosureRefusedError: Levels cross, or a group differs by fewer than the minimum.
        """
        people = generalised_rows(content, hierarchies, node, released)
        left = Left(
            hierarchies,
            node,
            groups_of(people, hierarchies, node),
            most_rows(content, self.roles.person),
        )
        now = note_of(
            left,
            self.table,
            self.opened.contracts,
            project=self.opened.plan.id,
            delivery=self.opened.id,
        )
        check_beside(now, self.earlier, self.table)
        return now
