"""What a plan asks of the reports of the small town when it wants anonymous records."""

from typing import Any

from small_project import RECORDS

REASON = "Nodig om de vraag te beantwoorden."


def need(*wanted: tuple[str, str], **anonymous: Any) -> dict[str, Any]:
    """Records of reports in these columns and forms, made anonymous."""
    columns = [{"name": name, "form": form, "reason": REASON} for name, form in wanted]
    return dict(RECORDS) | {"columns": columns, "output": "anonymous", "anonymous": anonymous}


ASKED = need(("buurt", "exact"), ("soort", "exact"), suppression=0.05)
