"""500 people in one hall, behind one address: nobody is asked for anything; then under pressure.

    python -m tests.load.nat [--people 500] [--clients 25]

First the hall enters at once with the limits as they are installed. Then the limit is one that the
hall exceeds, and each solves the proof of work it is asked for, as the page's script does. Prints
how many were asked, how many entered, and what a registration took.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import altcha

from tests.load.entry import Entrant, Refused, drive, open_contest
from tests.stack import running_stack

PHASES: dict[str, dict[str, str]] = {"hall": {}, "pressure": {"ENTRY_ADDRESS_LIMIT": "50"}}


class ProvingEntrant(Entrant):
    """Asked for a proof it finds one and sends the same form again."""

    def call(self, step: str, path: str, body: dict[str, Any], **headers: str) -> dict[str, Any]:
        try:
            return super().call(step, path, body, **headers)
        except Refused as refused:
            refusal = json.loads(refused.args[2])
            if refusal["code"] != "proof_needed":
                raise
        challenge = altcha.Challenge.from_dict(refusal["details"]["challenge"])
        began = time.perf_counter()
        solution = altcha.solve_challenge(challenge)
        assert solution is not None
        self.times["proof"].append((time.perf_counter() - began) * 1000)
        self.connection.close()  # the server has by now; it opens again by itself
        proof = altcha.Payload(challenge, solution).to_base64()
        return super().call("proved", path, body, **headers, X_Entry_Proof=proof)


def measure(phase: str, people: int, clients: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        var_dir = Path(folder) / "var"
        with running_stack(var_dir, demo=False, environment=PHASES[phase]) as stack:
            contest = open_contest(var_dir)
            began = time.perf_counter()
            times = drive(
                stack.base_url,
                contest,
                entries=range(people),
                clients=clients,
                entrant=ProvingEntrant,
            )
            seconds = time.perf_counter() - began
    entered, asked = len(times["submit"]), len(times["proof"])
    print(f"{phase}: {entered} of {people} entered in {seconds:.1f} s, {asked} were asked")
    for step in ("register", "proof", "proved"):
        if times[step]:
            cuts = statistics.quantiles(times[step], n=20)
            print(f"  {step}: p50 {cuts[9]:.1f} ms, p95 {cuts[18]:.1f} ms")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=500)
    parser.add_argument("--clients", type=int, default=25)
    parser.add_argument("--phase", choices=PHASES)
    options = parser.parse_args()
    if options.phase:
        measure(options.phase, options.people, options.clients)
        return
    for phase in PHASES:  # Django is set up once a process, for one installation
        command = [sys.executable, "-m", __spec__.name, *sys.argv[1:], "--phase", phase]
        subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
