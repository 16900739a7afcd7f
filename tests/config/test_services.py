"""What tests get where Redis and Chromium are installed, and what is said where they are not."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Page
from redis import Redis

from config.run.processes import wait_until
from tests.stack import ROOT, running_stack


@pytest.mark.needs_redis
def test_the_worker_waits_at_redis_where_one_is_named(warm_var_dir: Path, redis_url: str) -> None:
    def a_worker_waits() -> bool:
        return any(client["cmd"] == "brpop" for client in redis.client_list())

    redis = Redis.from_url(redis_url)
    with running_stack(warm_var_dir, demo=False, environment={"REDIS_URL": redis_url}):
        assert wait_until(a_worker_waits, seconds=40)


@pytest.mark.needs_chromium
def test_a_page_speaks_vietnamese(page: Page) -> None:
    page.set_content("<p id=place></p>")
    page.evaluate("document.getElementById('place').textContent = navigator.language")
    assert page.inner_text("#place") == "vi-VN"


def run_without_programs(tmp_path: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    """This file's browser test on a machine that has no browser."""
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", __file__, "-k", "speaks"],
        cwd=ROOT,
        env=os.environ | {"PATH": str(tmp_path)} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_what_was_left_out_is_said_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("REQUIRE_SERVICES", raising=False)
    answer = run_without_programs(tmp_path)
    assert answer.returncode == 0
    assert answer.stdout.splitlines()[-2:] == [
        "Bỏ qua 1 kiểm thử cần chromium (1 tests left out).",
        "Để chạy đủ (to run them): sudo apt-get install -y chromium",
    ]


def test_a_test_that_would_be_left_out_fails_where_all_is_required(tmp_path: Path) -> None:
    answer = run_without_programs(tmp_path, REQUIRE_SERVICES="1")
    assert answer.returncode == 1
    assert "chromium is required: apt-get install -y chromium" in answer.stdout
