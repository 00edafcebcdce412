"""Loops compiled at first use, and kept on disk where a folder can be written.

numba writes beside the module, else in the cache folder of the user. An installation that is
read-only for a user without a home has neither: then each process compiles for itself.
"""

from collections.abc import Callable
from typing import Any, TypeVar

import numba

_Function = TypeVar("_Function", bound=Callable[..., object])


def compiled(function: _Function) -> _Function:
    """Compile a loop over arrays; it runs beside other threads and raises nothing."""
    made: Any
    try:
        made = numba.njit(cache=True, nogil=True)(function)
    except RuntimeError:  # no folder to keep it in
        made = numba.njit(nogil=True)(function)
    loop: _Function = made
    return loop
