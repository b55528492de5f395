"""What the Dockerfile, the compose file and their page name is really there."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import get_commands

REPOSITORY = Path(__file__).resolve().parents[2]
PAGE = REPOSITORY / "docs/deployment.md"
COMPOSE = REPOSITORY / "docker-compose.yml"
READERS_OF_SETTINGS = ("_flag", "_list", "_choice", "os.environ.get")


def compose() -> dict[str, Any]:
    """The compose file as YAML reads it, anchors resolved."""
    answer: dict[str, Any] = yaml.safe_load(COMPOSE.read_text(encoding="utf-8"))
    return answer


def settings_read() -> set[str]:
    """Names of the environment that the configuration asks for."""
    return {
        node.args[0].value
        for path in (REPOSITORY / "config").glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in READERS_OF_SETTINGS
        if isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str)
    }


def settings_documented() -> set[str]:
    """Names in the first column of the table of settings."""
    return set(re.findall(r"^\| `([A-Z_]+)`", PAGE.read_text(encoding="utf-8"), re.MULTILINE))


def commands_named(text: str) -> set[str]:
    """Commands of manage.py that a text calls."""
    return set(re.findall(r"manage\.py\W+([a-z_]+)", text))


def test_every_setting_is_documented_and_every_documented_setting_is_read() -> None:
    assert settings_read() == settings_documented()


@pytest.mark.parametrize("service", ["setup", "web", "indexer"])
def test_compose_gives_only_settings_that_are_read(service: str) -> None:
    assert set(compose()["services"][service]["environment"]) - settings_read() == set()


@pytest.mark.parametrize("name", ["docker-compose.yml", "docs/deployment.md", "Makefile", "Dockerfile"])
def test_commands_named_exist(name: str) -> None:
    named = commands_named((REPOSITORY / name).read_text(encoding="utf-8"))
    assert named - set(get_commands()) == set()


@pytest.mark.parametrize("secret", ["DJANGO_SECRET_KEY", "POSTGRES_PASSWORD"])
def test_compose_stops_without_a_secret_and_says_so(secret: str) -> None:
    uses = re.findall(rf"\$\{{{secret}(.*?)\}}", COMPOSE.read_text(encoding="utf-8"))
    assert uses
    assert all(use.startswith(f":?write {secret}=") for use in uses)


def test_migrations_run_once_before_anything_is_served() -> None:
    services = compose()["services"]
    migrating = [name for name, service in services.items() if "migrate" in str(service.get("command"))]
    assert migrating == ["setup"]
    for name in ("web", "indexer"):
        assert services[name]["depends_on"]["setup"] == {"condition": "service_completed_successfully"}
    assert services["setup"]["depends_on"]["db"] == {"condition": "service_healthy"}


def test_all_processes_share_one_data_folder() -> None:
    services = compose()["services"]
    for name in ("setup", "web", "indexer"):
        assert services[name]["volumes"] == ["data:/data"]
        assert services[name]["environment"]["ARSHIF_DATA_DIR"] == "/data"


def test_image_runs_as_an_ordinary_user() -> None:
    dockerfile = (REPOSITORY / "Dockerfile").read_text(encoding="utf-8")
    assert re.findall(r"^USER (.+)$", dockerfile, re.MULTILINE) == ["arshif"]


def test_image_copies_only_what_is_there() -> None:
    dockerfile = (REPOSITORY / "Dockerfile").read_text(encoding="utf-8")
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", dockerfile, re.MULTILINE)
    assert copied
    assert all((REPOSITORY / name).exists() for line in copied for name in line.split())


@pytest.mark.django_db
def test_health_check_is_answered(client: Any) -> None:
    assert "127.0.0.1:8000/healthz" in (REPOSITORY / "Dockerfile").read_text(encoding="utf-8")
    assert client.get("/healthz").status_code == 200
