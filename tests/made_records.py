"""What a plan asks of the reports of the small town when it wants anonymous records."""

from typing import Any

import pyarrow as pa

from small_project import RECORDS

REASON = "Nodig om de vraag te beantwoorden."


def need(*wanted: tuple[str, str], **anonymous: Any) -> dict[str, Any]:
    """Records of reports in these columns and forms, made anonymous."""
    columns = [{"name": name, "form": form, "reason": REASON} for name, form in wanted]
    return dict(RECORDS) | {"columns": columns, "output": "anonymous", "anonymous": anonymous}


ASKED = need(("buurt", "exact"), ("soort", "exact"), suppression=0.05)


def people(rows: int, *, small: int = 0) -> pa.Table:
    """Rows as a pseudonymous delivery has them: who, which district, which kind.

    Args:
        rows: How many, each of another person, as many in either district.
        small: So many of them are of another kind and live in one district.
    """
    return pa.table(
        {
            "bsn": [f"p{at}" for at in range(rows)],
            "buurt": ["W1" if at < small else f"W{at % 2 + 1}" for at in range(rows)],
            "soort": ["oversteek" if at < small else "te_hard" for at in range(rows)],
        }
    )
