"""The other side, for tests of the fetcher."""

from collections.abc import Iterator

import pytest

from tests.harness.far_away import FarAway, far_away


@pytest.fixture
def other() -> Iterator[FarAway]:
    with far_away() as server:
        yield server
