import pytest


@pytest.fixture
def media_folder(settings, tmp_path):
    """A media folder of the test's own, with room to spare."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path
