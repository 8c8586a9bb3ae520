"""Running an experiment, and what comes of it."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import bakeoff
import pytest

from conftest import bakeoff_command, rows

try:
    import pandas
except ImportError:
    pandas = None


def test_the_tables_are_those_of_the_report(front_desk: bakeoff.Run) -> None:
    ranking = rows(front_desk.ranking)
    assert [row["rank"] for row in ranking] == list(range(1, 15))
    assert ranking[0]["contestant"] == "characters"
    with open(front_desk.folder / "tables" / "ranking.csv", newline="") as file:
        shown = list(csv.DictReader(file))
    for row, cells in zip(ranking, shown):
        assert f"{row['macro F1']:.4f}" == cells["macro F1"]
        assert f"[{row['low']:.4f}, {row['high']:.4f}]" == cells["95% interval"]
    scores = {
        row["contestant"]: row
        for row in rows(front_desk.scores)
        if row["metric"] == "f1_macro" and row["part"] == "test" and row["label"] is None
    }
    for row in ranking:
        own = scores[row["contestant"]]
        assert round(own["value"], 4) == row["macro F1"]
        assert round(own["low"], 4) == row["low"] and round(own["high"], 4) == row["high"]


def test_scores_have_labels_and_undefined_values(front_desk: bakeoff.Run) -> None:
    majority = [row for row in rows(front_desk.scores) if row["contestant"] == "majority" and row["part"] == "test"]
    by_label = {(row["label"], row["metric"]): row["value"] for row in majority}
    assert by_label["negative", "recall"] == 1
    assert by_label["positive", "precision"] is None
    assert by_label[None, "matthews_corrcoef"] is None
    assert {row["part"] for row in rows(front_desk.scores)} == {"test", "validation"}


def test_predictions_are_those_on_disk(front_desk: bakeoff.Run) -> None:
    test = rows(front_desk.predictions("tfidf-lr"))
    assert len(test) == 180 and list(test[0]) == ["id", "gold", "predicted", "p_negative", "p_neutral", "p_positive"]
    right = sum(row["gold"] == row["predicted"] for row in test)
    accuracy = next(
        row["value"]
        for row in rows(front_desk.scores)
        if (row["contestant"], row["part"], row["metric"]) == ("tfidf-lr", "test", "accuracy")
    )
    assert right / len(test) == accuracy
    assert all(abs(row["p_negative"] + row["p_neutral"] + row["p_positive"] - 1) < 1e-6 for row in test)
    assert len(rows(front_desk.predictions("tfidf-lr", part="validation"))) == 180
    with pytest.raises(bakeoff.BakeoffError, match="no contestant 'tfidf'.*tfidf-lr"):
        front_desk.predictions("tfidf")
    with pytest.raises(bakeoff.BakeoffError, match="not there"):
        front_desk.predictions("tfidf-lr", fold=3)
    with pytest.raises(ValueError, match="part"):
        front_desk.predictions("tfidf-lr", part="train")


def test_pairs_have_intervals_and_tests(front_desk: bakeoff.Run) -> None:
    pairs = rows(front_desk.pairs)
    assert [pair["against"] for pair in pairs] == ["contestant"] * 11 + ["baseline"] * 12
    for pair in pairs:
        assert pair["low"] <= pair["difference"] <= pair["high"]
        assert 0 < pair["p_value"] <= pair["adjusted_p_value"] <= 1
    assert rows(front_desk.thresholds) == [] and rows(front_desk.replicates) == []


def test_tables_are_what_is_installed(front_desk: bakeoff.Run) -> None:
    for table in (front_desk.ranking, front_desk.scores, front_desk.pairs, front_desk.predictions("vader")):
        assert isinstance(table, list if pandas is None else pandas.DataFrame)


def test_the_summary_is_the_reports(front_desk: bakeoff.Run) -> None:
    html = front_desk._repr_html_()
    assert "has the best macro F1, 0.6105" in html and "<table>" in html
    assert "Statistical tests" not in html and html.count("<table>") == 1
    assert front_desk.report_path.name == "report.html" and front_desk.report_path.exists()
    assert repr(front_desk).startswith("<bakeoff.Run front-desk: 14 contestants")


def test_what_was_run_can_be_loaded(front_desk: bakeoff.Run) -> None:
    again = bakeoff.load(front_desk.folder)
    assert rows(again.ranking) == rows(front_desk.ranking)
    with pytest.raises(bakeoff.BakeoffError, match="where the models are"):
        again.model("vader")
    with pytest.raises(bakeoff.BakeoffError, match="expected the folder of a run's report"):
        bakeoff.load(front_desk.folder / "tables")
    bakeoff_command("report", str(front_desk.folder), "--verify")


def test_a_compact_run_says_how_its_tables_come_back(front_desk: bakeoff.Run, tmp_path: Path) -> None:
    run = bakeoff.run(write_experiment(tmp_path), output=tmp_path / "report", models=tmp_path / "models")
    before = rows(run.predictions("bayes"))
    bakeoff_command("report", str(run.folder), "--compact")
    compact = bakeoff.load(run.folder)
    assert rows(compact.predictions("bayes")) == before
    with pytest.raises(bakeoff.BakeoffError, match="bakeoff report"):
        compact.ranking
    bakeoff_command("report", str(run.folder))
    assert rows(bakeoff.load(run.folder).ranking)[0]["rank"] == 1


def test_several_tasks_have_a_column(tmp_path: Path) -> None:
    (tmp_path / "e.yaml").write_text(
        textwrap.dedent(
            """
            name: e
            tasks:
              - {name: mood, dataset: {recipe: front-desk}}
              - {name: spam, dataset: {recipe: front-desk-spam}}
            contestants: [{id: bayes, model: naive-bayes}, {id: prior, model: dummy}]
            thresholds: {tune: [global]}
            """
        )
    )
    run = bakeoff.run(tmp_path / "e.yaml", output=tmp_path / "report", models=tmp_path / "models")
    assert run.tasks == ["mood", "spam"] and run.contestants == ["bayes", "prior"]
    assert [(row["task"], row["rank"]) for row in rows(run.ranking)] == [
        ("mood", 1), ("mood", 2), ("spam", 1), ("spam", 2),
    ]  # fmt: skip
    assert {row["task"] for row in rows(run.scores)} == {"mood", "spam"}
    assert rows(run.predictions("bayes", task="spam"))[0]["gold"] in ("ham", "spam")
    assert {row["rule"] for row in rows(run.thresholds) if row["task"] == "spam"} == {"0.5", "global"}
    with pytest.raises(bakeoff.BakeoffError, match="expected one of mood, spam"):
        run.predictions("bayes")
    labelled = rows(bakeoff.predict(run.model("bayes", task="spam"), ["claim your free prize now"]))
    assert list(labelled[0]) == ["predicted", "p_ham", "p_spam"]
    assert ">Task mood<" in run._repr_html_() and run._repr_html_().count("<table>") == 2


def test_folds_and_seeds_are_replicates(tmp_path: Path) -> None:
    experiment = write_experiment(tmp_path, "split: {folds: 3, seed: 1}\n")
    run = bakeoff.run(experiment, output=tmp_path / "report", models=tmp_path / "models")
    replicates = rows(run.replicates)
    assert {row["fold"] for row in replicates} == {0, 1, 2}
    mean = sum(row["value"] for row in replicates if (row["contestant"], row["metric"]) == ("bayes", "f1_macro")) / 3
    own = next(row for row in rows(run.ranking) if row["contestant"] == "bayes")
    assert round(mean, 4) == own["macro F1"]
    pooled, fold = rows(run.predictions("bayes")), rows(run.predictions("bayes", fold=1))
    assert len(pooled) == 1200 and len(fold) == 400

    seeds = bakeoff.run(write_experiment(tmp_path), output=tmp_path / "s", models=tmp_path / "m", seeds=2)
    numbers = {row["seed"] for row in rows(seeds.replicates)}
    assert len(numbers) == 2
    assert len(rows(seeds.predictions("bayes", seed=max(numbers)))) == 180


def test_only_some_and_what_is_done_stays(tmp_path: Path) -> None:
    experiment = write_experiment(tmp_path)
    first = bakeoff.run(experiment, output=tmp_path / "r", models=tmp_path / "m", only="bayes", threads=1, seed=3)
    assert [row["contestant"] for row in rows(first.ranking)] == ["bayes"]
    both = bakeoff.run(experiment, output=tmp_path / "r", models=tmp_path / "m", only=["bayes", "prior"], seed=3, offline=True)
    assert len(rows(both.ranking)) == 2
    assert first.results["timings"]["contestants"]["bayes"] == both.results["timings"]["contestants"]["bayes"]
    forced = bakeoff.run(experiment, output=tmp_path / "r", models=tmp_path / "m", force=True, seed=3)
    assert forced.results["contestants"] == both.results["contestants"]


def test_errors_are_the_programs(tmp_path: Path) -> None:
    (tmp_path / "e.yaml").write_text("name: e\ndatset: {recipe: front-desk}\n")
    with pytest.raises(bakeoff.BakeoffError, match="did you mean 'dataset'") as raised:
        bakeoff.run(tmp_path / "e.yaml")
    assert raised.value.exit_code == 2
    with pytest.raises(bakeoff.BakeoffError) as raised:
        bakeoff.run(tmp_path / "none.yaml", progress=True)
    assert "none.yaml" in str(raised.value) and "\x1b" not in str(raised.value) and raised.value.exit_code == 2
    with pytest.raises(bakeoff.BakeoffError, match="--threads"):
        bakeoff.run(tmp_path / "e.yaml", threads=0)


def test_progress_is_shown_when_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    experiment = write_experiment(tmp_path)
    bakeoff.run(experiment, output=tmp_path / "r", models=tmp_path / "m")
    assert capsys.readouterr().err == ""
    bakeoff.run(experiment, output=tmp_path / "r", models=tmp_path / "m", force=True, progress=True)
    shown = capsys.readouterr().err
    assert "bayes" in shown and "report: " in shown


SLOW = """
name: slow
dataset: {recipe: front-desk}
split: {folds: 10, seed: 1}
contestants:
  - {id: quick, model: dummy}
  - {id: slow, model: tfidf-logreg, search: {logistic.C: [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50]}}
"""

SCRIPT = """
import signal, sys, bakeoff
# Whoever started the tests may ignore it.
signal.signal(signal.SIGINT, signal.default_int_handler)
try:
    bakeoff.run("slow.yaml", threads=1)
except KeyboardInterrupt:
    print("interrupted")
    sys.exit(7)
"""


@pytest.mark.parametrize("whole_group", [False, True], ids=["as by kill", "as from a terminal"])
def test_an_interrupt_stops_cleanly(tmp_path: Path, whole_group: bool) -> None:
    (tmp_path / "slow.yaml").write_text(SLOW)
    process = subprocess.Popen(
        [sys.executable, "-c", SCRIPT], cwd=tmp_path, stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    records = tmp_path / "reports" / "slow"
    while not list(records.rglob("records/slow.json")):
        assert process.poll() is None, "it ended before it was interrupted"
        time.sleep(0.005)
    (os.killpg if whole_group else os.kill)(process.pid, signal.SIGINT)
    output, _ = process.communicate(timeout=60)
    assert (process.returncode, output) == (7, "interrupted\n")
    # The program has ended with us: the folder is free, and the run goes on where it was.
    done = len(list(records.rglob("records/slow.json")))
    assert 0 < done < 10
    run = bakeoff.run(tmp_path / "slow.yaml", output=records, models=tmp_path / "runs" / "slow")
    assert len(rows(run.ranking)) == 2


def write_experiment(folder: Path, more: str = "") -> Path:
    path = folder / "e.yaml"
    path.write_text(
        "name: e\ndataset: {recipe: front-desk}\n"
        "contestants: [{id: bayes, model: naive-bayes}, {id: prior, model: dummy}]\n" + more
    )
    return path
