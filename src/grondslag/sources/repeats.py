"""Rows that equal an earlier row in every column of the source: one mark, and nothing else of them.

To see that two rows are the same, all their columns must be looked at. That happens here, a row at
a time; what comes out is yes or no. So a register can be judged without its columns being
delivered.
"""

import hashlib
import os
from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

REPEATS = "repeats"
_SEPARATOR = "\x1f"


def split_repeats(
    batches: Iterator[pa.RecordBatch], marks: list[pa.Array]
) -> Iterator[pa.RecordBatch]:
    """The same batches; per batch an array of marks is added to *marks* just before it.

    Memory grows by about 100 bytes per distinct row; a mark is right but for a chance below
    10⁻¹⁸ over a hundred million rows (128-bit keyed hashes).

    Args:
        batches: Rows with every column of the source, as text.
        marks: Gets the marks, in step with the batches.
    """
    key = os.urandom(32)
    seen: set[bytes] = set()
    for batch in batches:
        parts = [pc.fill_null(column.cast(pa.string()), "\x00") for column in batch.columns]
        rows = pc.binary_join_element_wise(*parts, _SEPARATOR).to_pylist()
        found = []
        for row in rows:
            digest = hashlib.blake2b(row.encode("utf-8"), digest_size=16, key=key).digest()
            found.append(digest in seen)
            seen.add(digest)
        marks.append(pa.array(found, pa.bool_()))
        yield batch
