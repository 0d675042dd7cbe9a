"""The commands that bring data in and take it out."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.commands_data import export, import_files

JOBS = "职位,公司,薪资\n护士,海港医院,8k-12k\n"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CIEP_DATABASE_URL", f"sqlite:///{tmp_path / 'ciep.db'}")
    return CliRunner()


def bring(run: CliRunner, text: str, *options: str) -> Result:
    Path("jobs.csv").write_text(text, encoding="utf-8")
    return run.invoke(import_files, ["jobs.csv", *options])


def test_what_was_imported_is_exported(run: CliRunner) -> None:
    assert bring(run, JOBS).exit_code == 0
    result = run.invoke(export, ["out"])
    assert result.exit_code == 0
    assert "jobs: 1" in result.output
    assert "海港医院" in Path("out/jobs.csv").read_text(encoding="utf-8-sig")


def test_a_refused_row_shows_in_the_exit_code_and_in_the_report(run: CliRunner) -> None:
    result = bring(run, JOBS + ",甲公司,1k\n", "--report", "report.xlsx", "--language", "en")
    assert result.exit_code == 1
    assert "line 3 · 职位: The record has no title or name." in result.output
    assert Path("report.xlsx").exists()


@pytest.mark.parametrize("option", ["--report", "--map"])
def test_a_file_that_cannot_be_written_is_named(run: CliRunner, option: str) -> None:
    Path("file").write_text("")
    name = "file/a.xlsx" if option == "--report" else "file/a.yml"
    result = bring(run, JOBS, option, name)
    assert result.exit_code == 1
    assert "cannot be written" in result.output
    assert "The import itself is done." in result.output


def test_a_report_is_a_spreadsheet(run: CliRunner) -> None:
    result = bring(run, JOBS, "--report", "report.csv")
    assert result.exit_code == 2
    assert "report.csv must end in .xlsx." in result.output


@pytest.mark.parametrize(
    ("language", "said"), [("en", "No column is called “城市”"), ("zh", "列“城市”在文件中不存在")]
)
def test_a_column_that_is_not_there_is_named(run: CliRunner, language: str, said: str) -> None:
    assert said in bring(run, JOBS, "--map", "城市=city", "--language", language).output


@pytest.mark.parametrize(
    ("text", "said"), [("kind: jobz\n", "must be one of jobs"), ("- 1\n", "`columns:`")]
)
def test_a_mapping_file_s_mistake_is_told(run: CliRunner, text: str, said: str) -> None:
    Path("m.yml").write_text(text)
    assert said in str(bring(run, JOBS, "--map", "m.yml").exception)


def test_a_folder_is_no_file_to_export_to(run: CliRunner) -> None:
    result = run.invoke(export, [".", "--format", "json"])
    assert "name a file, such as all.json" in str(result.exception)


def test_a_mapping_file_is_written_first_and_followed_then(run: CliRunner) -> None:
    assert bring(run, JOBS, "--map", "jobs.yml", "--dry-run").exit_code == 0
    path = Path("jobs.yml")
    path.write_text(path.read_text().replace("薪资: salary", "薪资: null"))
    result = bring(run, JOBS, "--map", "jobs.yml", "--language", "en")
    assert "not used: 薪资" in result.output
    assert "1 added" in result.output


@pytest.mark.parametrize(
    "options", [["--map", "薪资=pay"], ["--source", "Not Plain"], ["--kind", "cakes"]]
)
def test_a_wrong_option_is_a_mistake_of_use(run: CliRunner, options: list[str]) -> None:
    assert bring(run, JOBS, *options).exit_code == 2
