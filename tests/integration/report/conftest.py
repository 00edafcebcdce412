"""Every example taken the whole road once, however many tests look at its report."""

import shutil

import pytest

from example_reports import example_names, run_example


@pytest.fixture(scope="package")
def run(tmp_path_factory):
    """Runs an example once, however many tests look at it."""
    made = {}

    def once(name):
        if name not in made:
            made[name] = run_example(name, tmp_path_factory.mktemp(name.replace("-", "_")))
        return made[name]

    yield once
    for example in made.values():
        shutil.rmtree(example.project.parents[1])


@pytest.fixture(params=example_names())
def example(request, run):
    """Each example with its report."""
    return run(request.param)
