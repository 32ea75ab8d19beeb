"""Tests reach this machine and no other."""

import socket

import pytest


def test_a_connection_outside_is_refused() -> None:
    with socket.socket() as client, pytest.raises(RuntimeError, match="reach the network"):
        client.connect(("192.0.2.1", 80))


def test_a_connection_to_this_machine_works() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket() as client:
        client.connect(server.getsockname())
