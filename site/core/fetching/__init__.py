"""The one door to the outside: every address that somebody can type is fetched here.

`fetch` asks for one address and gives back its bytes. It speaks http and https only, to public
addresses only, and decides that after the name has been resolved, on the very address it connects
to, again at each redirect. Nothing else in the project may import an HTTP client.
"""

from core.fetching.client import Fetched, FetchStatus, fetch
from core.fetching.errors import FetchError, FetchProblem
from core.fetching.gate import PUBLIC, Gate
from core.fetching.web_address import WebAddress, read_address

__all__ = [
    "PUBLIC",
    "FetchError",
    "FetchProblem",
    "FetchStatus",
    "Fetched",
    "Gate",
    "WebAddress",
    "fetch",
    "read_address",
]
