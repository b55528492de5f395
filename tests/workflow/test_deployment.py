"""What the Dockerfile, the compose file and their page name is really there."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
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


def engine_of(service: str) -> str:
    """The engine that a service runs where the environment names none."""
    setting = compose()["services"][service]["environment"]["ARSHIF_ENGINE"]
    found = re.fullmatch(r"\$\{ARSHIF_ENGINE:-(\w+)\}", setting)
    assert found
    return found[1]


def test_compose_runs_tantivy_in_every_service() -> None:
    assert {engine_of(name) for name in ("setup", "web", "indexer")} == {"tantivy"}


def environment(folder: Path, engine: str) -> dict[str, str]:
    """What a process on an archive of its own is given."""
    own = {"ARSHIF_DATA_DIR": str(folder), "ARSHIF_ENGINE": engine, "DJANGO_SECRET_KEY": "of the tests"}
    return {**os.environ, **own, "DATABASE_URL": ""}


def run(folder: Path, engine: str, *arguments: str) -> str:
    """What a command of manage.py says."""
    call = [sys.executable, "manage.py", *arguments]
    done = subprocess.run(
        call, env=environment(folder, engine), cwd=REPOSITORY, capture_output=True, text=True, check=True
    )
    return done.stdout


@pytest.mark.slow
def test_archive_that_ran_on_whoosh_finds_its_index_built_by_the_commands_of_compose(tmp_path: Path) -> None:
    articles = tmp_path / "articles.jsonl"
    articles.write_text('{"body": "ارتفع سعر النفط"}\n{"body": "انخفض سعر الغاز"}\n', encoding="utf-8")
    run(tmp_path, "whoosh", "migrate", "--verbosity", "0")
    run(tmp_path, "whoosh", "ingest", str(articles))
    assert json.loads(run(tmp_path, "whoosh", "search", "سعر", "--format", "json"))["total"] == 2
    services = compose()["services"]
    for name in ("setup", "indexer"):
        assert services[name]["command"][:2] == ["python", "manage.py"]
    engine = engine_of("indexer")
    run(tmp_path, engine, *services["setup"]["command"][2:])
    indexer = subprocess.Popen(
        [sys.executable, *services["indexer"]["command"][1:]],
        env=environment(tmp_path, engine),
        cwd=REPOSITORY,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert indexer.stdout is not None
        said = [indexer.stdout.readline(), indexer.stdout.readline()]
    finally:
        indexer.kill()
        indexer.communicate()
    assert said[0].startswith("Building the index")
    assert "2 in the index" in said[1]
    assert json.loads(run(tmp_path, engine, "search", "سعر", "--format", "json"))["total"] == 2
    assert "index: as it should be" in run(tmp_path, engine, "check_archive")


@pytest.mark.parametrize("engine", ["whoosh", "tantivy"])
def test_page_says_the_setting_and_the_command_of_each_direction(engine: str) -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert f"ARSHIF_ENGINE={engine}" in page
    assert "manage.py index --rebuild" in page
