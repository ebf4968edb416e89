"""The harness itself: one migrated database, put back after each test, and no outside world."""

import socket

import pytest
from wagtail.models import Page

from core.models import User
from tests.factories.core import make_user
from tests.harness.guard import OutsideWorldError


def test_a_name_of_another_machine_is_not_looked_up():
    with pytest.raises(OutsideWorldError):
        socket.getaddrinfo("eksempel.dk", 443)


def test_another_machine_is_not_reached():
    with socket.socket() as connection, pytest.raises(OutsideWorldError):
        connection.connect(("192.0.2.1", 80))


@pytest.mark.parametrize("_round", [1, 2])
def test_what_a_transactional_test_writes_is_gone_afterwards(transactional_db, _round):
    make_user("bo@eksempelby.example")

    assert User.objects.count() == 1


def test_rows_of_the_migrations_are_there_after_a_transactional_test(db):
    assert Page.get_first_root_node().depth == 1
    assert User.objects.count() == 0
