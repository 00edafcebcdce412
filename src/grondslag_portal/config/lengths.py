"""A body that comes in pieces gets a length, so that every limit on a body holds for it too.

Such a body says no length beforehand (RFC 9112, section 7.1), and Django would take it for empty.
"""

from collections.abc import Callable, Iterable
from io import BytesIO
from typing import Any

Environ = dict[str, Any]
Application = Callable[[Environ, Any], Iterable[bytes]]


def with_lengths(application: Application, *, most: int) -> Application:
    """The same application, that knows how long each body is.

    Args:
        application: As WSGI (PEP 3333) has it.
        most: Bytes that are read of a body in pieces; one more tells that there were more.
    """

    def answer(environ: Environ, start_response: Any) -> Iterable[bytes]:
        in_pieces = "chunked" in environ.get("HTTP_TRANSFER_ENCODING", "").casefold()
        if in_pieces and environ.get("wsgi.input_terminated"):
            content = environ["wsgi.input"].read(most + 1)
            environ["wsgi.input"] = BytesIO(content)
            environ["CONTENT_LENGTH"] = str(len(content))
        return application(environ, start_response)

    return answer
