import pytest

from .story import write


@pytest.fixture
def record(tmp_path):
    """The story's record."""
    path = tmp_path / "story.db"
    write(path)
    return path
