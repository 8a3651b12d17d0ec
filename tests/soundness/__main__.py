"""``python -m tests.soundness --claims 50000``: a table of truth against verdict."""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from contextlib import nullcontext

from tests.soundness.documents import judged as checked
from tests.soundness.documents import pages
from tests.soundness.judging import claims, judged
from tests.soundness.misreading import judged as told
from tests.soundness.misreading import readings
from tests.soundness.solving import judged as solved
from tests.soundness.solving import questions
from tests.soundness.stepwise import judged as stepped
from tests.soundness.stepwise import sequences
from tests.soundness.without_search import without_search


def main() -> None:
    """Judge so many claims and print what became of them; a wrong verdict is an error."""
    parser = argparse.ArgumentParser(prog="python -m tests.soundness", description=__doc__)
    parser.add_argument("--claims", type=int, default=5_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--blind", action="store_true", help="proofs alone, nothing is refuted")
    options = parser.parse_args()
    with without_search() if options.blind else nullcontext():
        _judge(options)


def _judge(options: argparse.Namespace) -> None:
    verdicts: Counter[tuple[bool, str]] = Counter()
    reasons: Counter[str] = Counter()
    slowest = 0.0
    rng = random.Random(options.seed)
    for claim in claims(options.seed, options.claims):
        start = time.perf_counter()
        verdict, why = judged(claim, rng)
        slowest = max(slowest, time.perf_counter() - start)
        verdicts[claim.true, verdict] += 1
        if verdict in ("undecided", "error"):
            reasons[f"{verdict}: {why}"] += 1
    kinds = ("proven", "refuted", "undecided", "error")
    print("claims   " + "".join(f"{kind:>11}" for kind in kinds))
    for true in (True, False):
        cells = "".join(f"{verdicts[true, kind]:>11,}" for kind in kinds)
        print(f"{'true' if true else 'false':<9}{cells}")
    for reason, count in reasons.most_common(20):
        print(f"{count:>7,}  {reason}")
    read = Counter((one.true, told(one)) for one in readings(options.seed, options.claims // 5))
    for (true, kind), count in sorted(read.items(), key=str):
        print(f"{count:>7,}  texts that are {true}: {kind}")
    held = Counter((page.true, checked(page)) for page in pages(options.seed, options.claims))
    for (true, kind), count in sorted(held.items(), key=str):
        print(f"{count:>7,}  documents that are {true}: {kind}")
    steps = Counter(
        (said.true, stepped(said)) for said in sequences(options.seed, options.claims // 10)
    )
    for (true, kind), count in sorted(steps.items()):
        print(f"{count:>7,}  sequences, step by step, that are {true}: {kind}")
    answers = Counter(solved(one) for one in questions(options.seed, options.claims // 5))
    for kind, count in sorted(answers.items()):
        print(f"{count:>7,}  comparisons for solve: {kind}")
    print(f"slowest claim: {slowest:.2f} s, checks included")


if __name__ == "__main__":
    main()
