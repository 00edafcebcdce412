"""Delivered tables on disk: Parquet, encrypted under the delivery's own key, written aside.

Parquet's own encryption wraps a fresh data key per column under the delivery key; who has the
file and not the key has nothing, and closing a delivery destroys the key. Nothing is ever written
in the clear, not even for a moment.

Source:
    Apache Parquet Modular Encryption (AES-GCM), parquet-format 2.7 and later.
"""

import base64
import os
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pyarrow.parquet.encryption as pe
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from grondslag.errors import IntegrityError, SourceError

_MASTER = "delivery"
_NONCE = 12


class _DeliveryKey(pe.KmsClient):  # type: ignore[misc]  # pyarrow ships no types
    """Wraps Parquet's data keys under one key that never leaves this process."""

    def __init__(self, key: bytes) -> None:
        pe.KmsClient.__init__(self)
        self._cipher = AESGCM(key)

    def wrap_key(self, key_bytes: bytes, master_key_identifier: str) -> bytes:
        nonce = os.urandom(_NONCE)
        sealed = self._cipher.encrypt(nonce, key_bytes, master_key_identifier.encode())
        return base64.b64encode(nonce + sealed)

    def unwrap_key(self, wrapped_key: bytes, master_key_identifier: str) -> bytes:
        raw = base64.b64decode(wrapped_key)
        sealed, nonce = raw[_NONCE:], raw[:_NONCE]
        return self._cipher.decrypt(nonce, sealed, master_key_identifier.encode())


def _factory(key: bytes) -> pe.CryptoFactory:
    return pe.CryptoFactory(lambda _config: _DeliveryKey(key))


def write_table(path: Path, reader: pa.RecordBatchReader, key: bytes) -> int:
    """Write a delivered table encrypted; returns its number of rows.

    Args:
        path: Where; its folder is invisible until the delivery is whole.
        reader: The rows, in batches.
        key: The delivery key, 32 bytes.

    Raises:
        SourceError: The disk is full or a limit is hit, or the rows stop coming; nothing readable
            is left.
    """
    properties = _factory(key).file_encryption_properties(
        pe.KmsConnectionConfig(),
        pe.EncryptionConfiguration(
            footer_key=_MASTER, uniform_encryption=True, data_key_length_bits=256
        ),
    )
    rows = 0
    try:
        with path.open("xb") as stream:
            with pq.ParquetWriter(
                stream, reader.schema, compression="zstd", encryption_properties=properties
            ) as writer:
                for batch in reader:
                    if batch.num_rows:
                        writer.write_batch(batch)
                        rows += batch.num_rows
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        path.unlink(missing_ok=True)
        raise SourceError(
            "delivery.cannot-write", file=path.name, reason=error.strerror or "?"
        ) from error
    except pa.ArrowException as error:  # its own words may hold a value of a row
        path.unlink(missing_ok=True)
        raise SourceError(
            "delivery.query-stopped", dataset=path.stem, reason=type(error).__name__
        ) from None
    return rows


def read_table(path: Path, key: bytes) -> pa.Table:
    """Read a delivered table back.

    Raises:
        IntegrityError: The file is damaged, swapped, or not of this key.
    """
    try:
        properties = _factory(key).file_decryption_properties(pe.KmsConnectionConfig())
        with pq.ParquetFile(path, decryption_properties=properties) as file:
            return file.read()
    except (OSError, InvalidTag, ValueError, pa.ArrowException) as error:
        raise IntegrityError("delivery.damaged", file=path.name) from error


def seal_text(text: str, key: bytes, *, about: str) -> str:
    """A text sealed under a key, bound to what it is about; base64."""
    nonce = os.urandom(_NONCE)
    sealed = AESGCM(key).encrypt(nonce, text.encode("utf-8"), about.encode())
    return base64.b64encode(nonce + sealed).decode()


def open_text(sealed: str, key: bytes, *, about: str) -> str:
    """A sealed text opened again.

    Raises:
        IntegrityError: Not of this key, not about this, or damaged.
    """
    try:
        raw = base64.b64decode(sealed, validate=True)
        plain = AESGCM(key).decrypt(raw[:_NONCE], raw[_NONCE:], about.encode())
    except (InvalidTag, ValueError) as error:
        raise IntegrityError("delivery.damaged", file=about) from error
    return plain.decode("utf-8")
