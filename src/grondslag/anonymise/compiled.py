"""Loops compiled at first use, and kept on disk where a folder can be written.

The compiler is loaded at the first call, not at import: most commands never need it. It keeps
what it made beside the module, else in the cache folder of the user. An installation that is
read-only for a user without a home has neither: then each process compiles for itself.
"""

from collections.abc import Callable
from functools import update_wrapper
from typing import Any, Generic, ParamSpec, TypeVar

_Asked = ParamSpec("_Asked")
_Answer = TypeVar("_Answer")


class _Loop(Generic[_Asked, _Answer]):
    """A function that is compiled when it is first called; it may call no other of its kind."""

    def __init__(self, function: Callable[_Asked, _Answer]) -> None:
        self._function = function
        self._compiled: Any = None
        update_wrapper(self, function)

    def __call__(self, *args: _Asked.args, **kwargs: _Asked.kwargs) -> _Answer:
        if self._compiled is None:
            self._compiled = _compile(self._function)
        answer: _Answer = self._compiled(*args, **kwargs)
        return answer


def compiled(function: Callable[_Asked, _Answer]) -> Callable[_Asked, _Answer]:
    """Compile a loop over arrays; it runs beside other threads and raises nothing."""
    return _Loop(function)


def _compile(function: Callable[..., object]) -> Any:
    import numba

    try:
        return numba.njit(cache=True, nogil=True)(function)
    except RuntimeError:  # no folder to keep it in
        return numba.njit(nogil=True)(function)
