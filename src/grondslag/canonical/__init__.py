"""Documents as text: read strictly, written whole, hashed the same everywhere.

    reading    strict YAML 1.2 with line numbers: no duplicate keys, anchors, tags, look-alikes
    signs      signs that hide, turn the direction of reading, or look like another letter
    schema     a JSON Schema held against a document, faults with file and line
    bytes      canonical bytes (RFC 8785) and their SHA-256
    writing    write aside, flush, rename: a file is whole or absent

May import errors. Knows no document of ours.
"""

from grondslag.canonical.bytes import canonical_bytes, sha256_hex, sha256_of_file
from grondslag.canonical.reading import Document, Path, read_document, read_text
from grondslag.canonical.schema import check_schema
from grondslag.canonical.writing import to_yaml, write_bytes, write_json, write_text

__all__ = [
    "Document",
    "Path",
    "canonical_bytes",
    "check_schema",
    "read_document",
    "read_text",
    "sha256_hex",
    "sha256_of_file",
    "to_yaml",
    "write_bytes",
    "write_json",
    "write_text",
]
