"""How hard the property tests look: 50 examples at every save, 10,000 in `make test-long`.

No test cuts the power, so nothing waits for the disk: a killed process leaves its files to the
others whether they were flushed or not.
"""

import os

# Each worker has one core: more threads of the linear algebra only wait for each other.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from hypothesis import settings

settings.register_profile("quick", max_examples=50, deadline=None)
settings.register_profile("long", max_examples=10_000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))

os.fsync = os.fstat  # still fails on what is no open file
