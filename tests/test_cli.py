from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dateline.cli import main

EXAMPLES = Path(__file__).parent.parent / "examples" / "reports"


def call(*arguments: object, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments], input=stdin)


def rows(result: Result) -> list[dict]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_code_writes_the_contract_as_json_lines() -> None:
    result = call("code", EXAMPLES, "--format", "jsonl")
    assert result.exit_code == 0
    found = rows(result)
    assert {row["record"] for row in found} == {"mention"}
    assert "3 read = 3 ok" in result.stderr
    for row in found:
        text = (EXAMPLES / Path(row["report"]["path"]).name).read_text(encoding="utf-8")
        spans = [row["sentence"], row["trigger"], *row["distancing"]]
        spans += [{"text": a["entity_text"], **a} for a in row["actor"] + row["recipient"] + row["voices"]]
        for span in spans:
            assert text[span["start"] : span["end"]] == span["text"]


@pytest.mark.parametrize("what", ["mentions", "attributions", "labels", "all"])
def test_what_chooses_the_records(what: str) -> None:
    kinds = {row["record"] for row in rows(call("code", EXAMPLES, "--json", "--what", what))}
    expected = {"mentions": {"mention"}, "attributions": {"attribution"}, "labels": {"label"}}
    assert kinds == expected.get(what, {"mention", "attribution", "label"})


def test_the_table_reads_like_a_sentence() -> None:
    result = call("code", EXAMPLES / "north-wire.txt", "--format", "table")
    assert "Norway [NOR GOV] → SANCTION/expel → " in result.stdout
    assert "Norway on Thursday expelled four Belarusian diplomats" in result.stdout


def test_the_lines_the_readme_shows_are_what_is_printed() -> None:
    readme = (EXAMPLES.parent.parent / "README.md").read_text(encoding="utf-8")
    shown = [line.strip() for line in readme.splitlines() if line.startswith("    ") and " → " in line]
    printed = call("code", EXAMPLES / "coast-tribune.txt", "--format", "table").stdout.splitlines()
    assert len(shown) == 3
    assert set(shown) <= {line.strip() for line in printed}


def test_csv_has_a_header_and_mentions_only() -> None:
    result = call("code", EXAMPLES, "--format", "csv")
    assert result.stdout.startswith("id,report_id,source_id,")
    assert call("code", EXAMPLES, "--format", "csv", "--what", "all").exit_code == 2


def test_standard_input_and_the_id_of_the_input() -> None:
    line = json.dumps({"id": 17, "date": "2020-02-02", "body": "Peru expelled two Chilean diplomats."})
    found = rows(call("code", "-", "--json", stdin=line.encode()))
    assert [(r["event"], r["report"]["source_id"]) for r in found] == [("SANCTION", "17")]


def test_a_field_map_names_the_fields() -> None:
    line = json.dumps({"k": "a", "inhalt": "Peru expelled two Chilean diplomats."})
    assert rows(
        call("code", "-", "--json", "--map", "text=inhalt", "--map", "source_id=k", stdin=line.encode())
    )
    assert call("code", "-", "--map", "text", stdin=b"").exit_code == 2


def test_bad_input_gets_a_line_each_and_the_rest_is_coded(tmp_path: Path) -> None:
    good = (EXAMPLES / "north-wire.txt").read_bytes()
    (tmp_path / "a-good.txt").write_bytes(good)
    (tmp_path / "b-empty.txt").write_bytes(b"")
    (tmp_path / "c-binary.txt").write_bytes(bytes(range(256)) * 50)
    (tmp_path / "d-spanish.txt").write_text(
        "El gobierno de Chile anunció el martes que retirará a su embajador en Lima. "
        "La decisión fue criticada por la oposición y por varios diputados del congreso." * 3,
        encoding="utf-8",
    )
    (tmp_path / "e-broken.txt").write_bytes(
        b"Kenyan police arrested two caf\xc3 owners in Nairobi on Monday."
    )
    (tmp_path / "f-nul.txt").write_bytes(b"Kenyan police\x00 arrested\x00 two men.")
    (tmp_path / "g.jsonl").write_text(
        '{"text": "Peru expelled a Chilean envoy."}\n{"text": \n{"text": "Peru thanked Chile."}\n'
    )
    (tmp_path / "h-deep.html").write_text(
        "<html><body>" + "<div>" * 5000 + "Peru expelled a Chilean envoy." + "</div>" * 5000
    )
    (tmp_path / "i-line.txt").write_bytes(b"word " * 10_000_000)
    (tmp_path / "z-good.txt").write_bytes(good + b"\nA correction was added.")
    missing = tmp_path / "missing.txt"
    result = call("code", tmp_path, missing, "--json", "--workers", "1")
    assert result.exit_code == 1
    coded = {Path(row["report"]["path"]).name for row in rows(result)}
    assert {"a-good.txt", "g.jsonl", "z-good.txt"} <= coded
    summary = result.stderr.splitlines()[-1]
    numbers = [int(part.split()[0]) for part in summary.split("=")[1].split(";")[0].split(",")]
    assert int(summary.split()[0]) == sum(numbers)
    for name in ("b-empty", "c-binary", "d-spanish", "g.jsonl:2", "i-line", "missing"):
        assert sum(name in line for line in result.stderr.splitlines()) == 1, name


@pytest.mark.skipif(os.getuid() == 0, reason="root may read every file")
def test_an_unreadable_file_is_one_line(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("x")
    file.chmod(0)
    result = call("code", file)
    assert result.exit_code == 1


def test_the_way_through_the_store(tmp_path: Path) -> None:
    store = tmp_path / "s.sqlite"
    first = rows(call("code", EXAMPLES, "--json", "--store", store))
    assert call("code", EXAMPLES, "--json", "--store", store).exit_code == 0
    target = tmp_path / "out.jsonl"
    assert call("export", "--store", store, target).exit_code == 0
    kept = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    assert sorted(r["id"] for r in kept) == sorted(r["id"] for r in first)
    assert "3 ok" in call("coverage", "--store", store).stdout
    shown = call("show", first[0]["report"]["id"], "--store", store)
    assert shown.exit_code == 0
    why = call("explain", first[0]["id"], "--store", store)
    assert first[0]["trigger"]["text"] in why.stdout
    assert "because trigger:" in why.stdout


def test_parquet_has_the_explicit_schema(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    from dateline.export.parquet import schema

    call("code", EXAMPLES, "--json", "--store", tmp_path / "s.sqlite")
    assert (
        call(
            "export", "--store", tmp_path / "s.sqlite", "--format", "parquet", tmp_path / "m.parquet"
        ).exit_code
        == 0
    )
    table = parquet.read_table(tmp_path / "m.parquet")
    assert table.schema.equals(schema())
    assert table.num_rows > 5
    assert all(isinstance(code, str) for code in table.column("cameo").to_pylist())


def test_show_writes_one_self_contained_page(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    assert call("show", EXAMPLES / "coast-tribune.txt", "--html", page).exit_code == 0
    html = page.read_text(encoding="utf-8")
    assert "so-called" in html
    assert "<script" not in html
    assert "http://" not in html.replace('href="#', "")


def test_the_page_escapes_what_the_report_says(tmp_path: Path) -> None:
    evil = tmp_path / "evil.txt"
    evil.write_text("Peru expelled <script>alert(1)</script> two Chilean diplomats on Monday.")
    page = tmp_path / "page.html"
    assert call("show", evil, "--html", page).exit_code == 0
    assert "<script" not in page.read_text(encoding="utf-8")


def test_explain_says_why_a_sentence_has_no_record() -> None:
    result = call("explain", "did not comment", "--report", EXAMPLES / "harbour-daily.txt")
    assert result.exit_code == 0
    assert "not coded: no trigger" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["evaluate", "nothing", "--data", "x"], 2, "unknown evaluation"),
        (["evaluate", "ecbplus", "--data", "x"], 2, "no ECB_"),
        (["evaluate", "seed", "--data", "/no/such/file"], 2, "dateline: "),
        (["show", "x", "--store", "/no/such/store"], 3, "no such store"),
        (["code", "examples", "--format", "xml"], 2, "unknown format"),
        (["explain", "abc"], 2, "--store FILE or --report FILE"),
        (["show", "/no/such/report.txt"], 2, "rejected"),
    ],
)
def test_errors_are_one_clear_line_with_their_exit_code(arguments: list[str], code: int, said: str) -> None:
    result = call(*arguments)
    assert result.exit_code == code
    assert said in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


def test_help_starts_fast() -> None:
    command = [sys.executable, "-c", "from dateline.cli import main; main(['--help'])"]
    seconds = []
    for _ in range(4):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        seconds.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    assert min(seconds) < 0.4  # processor time: a busy machine does not fail it
