"""Small publications that are made once: a town of three districts, and a city over three years."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from donghaeng.sources.whole_folders import write_folder

from .towns import AT, city, material, published, town


@pytest.fixture(scope="session")
def town_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The index file of the town, with its figures beside it."""
    return town(tmp_path_factory.mktemp("town"))


@pytest.fixture(scope="session")
def city_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The index file of the city, with its figures beside it."""
    return city(tmp_path_factory.mktemp("city"))


@pytest.fixture(scope="session")
def town_files(town_file: Path) -> dict[str, bytes]:
    """The publication of the town, by path."""
    return published(material(town_file))


@pytest.fixture(scope="session")
def city_files(city_file: Path) -> dict[str, bytes]:
    """The publication of the city, by path."""
    return published(material(city_file))


@pytest.fixture
def town_folder(tmp_path: Path, town_files: dict[str, bytes]) -> Path:
    """The publication of the town as a folder of its own for each test."""
    folder = tmp_path / "publication"
    write_folder(folder, town_files, mark="manifest.json")
    return folder


@pytest.fixture
def moment() -> datetime:
    """The time of publication in these tests."""
    return AT
