import invented
import pytest


@pytest.fixture
def view():
    return invented.view()
