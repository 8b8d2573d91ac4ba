"""The page's own checks: its unit tests, and its types."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from gis_app.flags import FLAGS, flag_of
from gis_app.law import Answer, Verdict
from gis_app.rights import ROLES

VIEWER = Path(__file__).parents[2] / "api/viewer"

pytestmark = pytest.mark.skipif(
    not (shutil.which("node") and (VIEWER / "node_modules").is_dir()),
    reason="needs node and `npm ci --ignore-scripts` in api/viewer",
)


def run(*command: str) -> str:
    done = subprocess.run(command, cwd=VIEWER, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_pure_parts_do_what_they_promise():
    run("node", "--test", *sorted(map(str, VIEWER.glob("test/*.test.js"))))


def test_the_types_fit():
    run("node", "node_modules/typescript/bin/tsc", "--noEmit")


def test_the_classes_of_findings_are_those_of_the_law():
    said = [(answer.value, verdict.value) for answer in Answer for verdict in Verdict]
    script = f"""import {{ FLAGS, FLAG_COLOR, flagOf }} from './src/flags.js';
      const flags = {json.dumps(said)}.map(([answer, verdict]) => flagOf({{ answer, verdict }}));
      console.log(JSON.stringify([FLAGS, FLAG_COLOR, flags]));"""
    order, colours, flags = json.loads(run("node", "--input-type=module", "-e", script))
    assert flags == [flag_of(answer, verdict) for answer, verdict in said]
    assert order == [*FLAGS, "unassessed"]
    assert {key: colours[key] for key in FLAGS} == {key: f.color for key, f in FLAGS.items()}


def test_the_roles_are_those_of_the_law_of_the_house():
    script = """import { readFileSync } from 'node:fs';
      import { ROLES } from './src/people/roles.js';
      const words = JSON.parse(readFileSync('./src/i18n/zh-CN.json', 'utf8'));
      console.log(JSON.stringify(ROLES.map((role) => [role, words[`role.${role}`]])));"""
    told = json.loads(run("node", "--input-type=module", "-e", script))
    assert told == [[role.value, zh] for role, (zh, _) in ROLES.items()]
