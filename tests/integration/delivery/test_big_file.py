"""A source of two gigabytes is read in pieces: memory does not grow with the file."""

import resource

import pytest

from delivering_apart import run_apart

_GIGABYTE = 1 << 30
_STORY = "x" * 4_000


@pytest.mark.long
@pytest.mark.timeout(900)
def test_a_file_of_two_gigabytes_is_delivered_in_little_memory(town):
    source = next(town.folder.rglob("meldingen.csv"))
    header, *rows = source.read_text(encoding="utf-8").splitlines()
    at = header.split(",").index("verhaal")
    longer = [",".join([*row.split(",")[:at], _STORY, *row.split(",")[at + 1 :]]) for row in rows]
    block = "\n".join(longer) + "\n"
    with source.open("w", encoding="utf-8") as stream:
        stream.write(header + "\n")
        while stream.tell() < 2 * _GIGABYTE:
            stream.write(block)

    ended = run_apart(town)

    assert (ended.status, ended.complaints) == (0, "")
    assert town.verify().delivery == town.visible[0].name
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < 2 * (1 << 20)  # in kB
