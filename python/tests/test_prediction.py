"""Labelling texts with a model that stays in memory."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import threading
import time
from pathlib import Path

import bakeoff
import pytest

from conftest import rows

TEXTS = ["we have been charged twice and nobody answers", "what a lovely room", "when is breakfast?"]


def by_command(model: Path, texts: list[str]) -> list[dict]:
    lines = "".join(json.dumps({"text": text}) + "\n" for text in texts)
    command = [bakeoff.program(), "predict", "--model", str(model), "--input", "-", "--input-format", "jsonl"]
    done = subprocess.run([*command, "--format", "jsonl"], input=lines, check=True, capture_output=True, text=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_it_says_what_the_program_says(front_desk: bakeoff.Run) -> None:
    model = front_desk.model("tfidf-lr")
    answers = rows(bakeoff.predict(model, TEXTS))
    assert [row["predicted"] for row in answers] == [answer["predicted"][0] for answer in by_command(model, TEXTS)]
    for row, answer in zip(answers, by_command(model, TEXTS)):
        assert {f"p_{label}": value for label, value in answer["probabilities"].items()} == {
            column: value for column, value in row.items() if column != "predicted"
        }
    assert rows(bakeoff.predict(model, TEXTS[0])) == answers[:1]
    assert rows(bakeoff.predict(model, [])) == []


@pytest.mark.parametrize("text", ["two\nlines", "tab\tand \"quotes\"", "", " ", "naïve ☕ 日本語 \U0001f600", "nul \x00"])
def test_any_text_is_one_text(front_desk: bakeoff.Run, text: str) -> None:
    model = front_desk.model("tfidf-lr")
    together = rows(bakeoff.predict(model, [TEXTS[0], text, TEXTS[1]]))
    assert [together[0], together[2]] == rows(bakeoff.predict(model, TEXTS[:2]))
    assert together[1] == rows(bakeoff.predict(model, [text]))[0]


def test_one_process_answers_many_calls(front_desk: bakeoff.Run) -> None:
    with bakeoff.Predictor(front_desk.model("tfidf-lr")) as predictor:
        first = rows(predictor.predict(TEXTS))
        process = predictor._process
        for _ in range(50):
            assert rows(predictor.predict(TEXTS)) == first
        assert predictor._process is process and process is not None
    assert process.poll() == 0


def test_more_texts_than_pipes_hold(front_desk: bakeoff.Run) -> None:
    texts = [f"{TEXTS[place % 3]} {place} " + "and so on " * (place % 50) for place in range(20_000)]
    answers = rows(bakeoff.predict(front_desk.model("tfidf-lr"), texts))
    assert len(answers) == len(texts)
    some = [0, 1, 4095, 8191, 8192, 19_999]
    assert [answers[place] for place in some] == rows(
        bakeoff.predict(front_desk.model("tfidf-lr"), [texts[place] for place in some])
    )


def test_threads_may_share_it(front_desk: bakeoff.Run) -> None:
    model = front_desk.model("tfidf-lr")
    expected = {text: rows(bakeoff.predict(model, text)) for text in TEXTS}
    wrong: list[str] = []

    def work(text: str) -> None:
        for _ in range(30):
            if rows(bakeoff.predict(model, text)) != expected[text]:
                wrong.append(text)

    threads = [threading.Thread(target=work, args=(text,)) for text in TEXTS]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_errors_are_the_programs_and_the_next_call_starts_anew(front_desk: bakeoff.Run, tmp_path: Path) -> None:
    with pytest.raises(bakeoff.BakeoffError, match="nothing-here") as raised:
        bakeoff.predict(tmp_path / "nothing-here", TEXTS)
    assert raised.value.exit_code == 2
    with bakeoff.Predictor(front_desk.model("tfidf-lr")) as predictor:
        before = rows(predictor.predict(TEXTS))
        # Half of a surrogate pair is no text.
        with pytest.raises(bakeoff.BakeoffError, match="stdin"):
            predictor.predict([TEXTS[0], "half \ud83d", TEXTS[1]])
        assert rows(predictor.predict(TEXTS)) == before
        with pytest.raises(TypeError, match="text 1: found int, expected str"):
            predictor.predict(["a", 1])  # type: ignore[list-item]
        assert predictor._process is not None
        os.kill(predictor._process.pid, signal.SIGKILL)
        predictor._process.wait()
        assert rows(predictor.predict(TEXTS)) == before


def test_a_changed_model_is_loaded_again(front_desk: bakeoff.Run, tmp_path: Path) -> None:
    model = tmp_path / "model"
    shutil.copytree(front_desk.model("majority"), model)
    assert rows(bakeoff.predict(model, "lovely"))[0]["p_negative"] == 1
    shutil.rmtree(model)
    shutil.copytree(front_desk.model("tfidf-lr"), model)
    assert rows(bakeoff.predict(model, "lovely"))[0]["p_negative"] < 1


def test_nothing_is_left_running(front_desk: bakeoff.Run) -> None:
    script = (
        "import bakeoff, os, sys\n"
        "bakeoff.predict(sys.argv[1], ['a'])\n"
        "from bakeoff import _prediction\n"
        "print(_prediction._kept[1]._process.pid, flush=True)\n"
        "if sys.argv[2] == 'kill': os.kill(os.getpid(), 9)\n"
    )
    import sys

    for way in ("end", "kill"):
        done = subprocess.run(
            [sys.executable, "-c", script, str(front_desk.model("vader")), way], capture_output=True, text=True
        )
        pid = int(done.stdout)
        for _ in range(200):
            if not Path(f"/proc/{pid}/exe").exists():
                break
            time.sleep(0.02)
        assert not Path(f"/proc/{pid}/exe").exists(), way
