"""The retrieval measures against ranx on random rankings (its compiler takes a minute, so this is not in the suite).

    python -m benchmarks.ranx_parity --rankings 1000
"""

import argparse
import json
import random

import ranx

from eval.measures.ranking import RANKING_MEASURES, measured

NAMES = dict(zip(RANKING_MEASURES, ("ndcg@10", "mrr@10", "recall@10", "recall@50"), strict=True))


def random_rankings(count: int) -> list[tuple[list[int], int]]:
    """Return rankings as `measured` takes them: units, and the number of required groups."""
    chance, found = random.Random(14), list[tuple[list[int], int]]()
    while len(found) < count:
        groups = chance.randint(1, 15)
        units = [number for number in range(groups) if chance.random() < 0.7] + [-1] * chance.randint(0, 70)  # noqa: PLR2004
        chance.shuffle(units)
        if units:
            found.append((units, groups))
    return found


def main() -> None:
    """Print the largest difference of each measure over all rankings."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rankings", type=int, default=1_000)
    cases = random_rankings(parser.parse_args().rankings)
    keys = [f"q{number:06d}" for number in range(len(cases))]  # ranx gives its scores in the order of the names
    qrels = ranx.Qrels({key: {f"g{group}": 1 for group in range(groups)} for key, (_, groups) in zip(keys, cases, strict=True)})
    run = ranx.Run({key: {f"g{unit}" if unit >= 0 else f"x{place}": float(len(units) - place) for place, unit in enumerate(units)}
                    for key, (units, _) in zip(keys, cases, strict=True)})
    theirs = ranx.evaluate(qrels, run, list(NAMES.values()), return_mean=False)
    ours = [measured(units, groups) for units, groups in cases]
    print(json.dumps({"rankings": len(cases), **{name: max(abs(one[name] - float(theirs[other][place])) for place, one in enumerate(ours))
                                                 for name, other in NAMES.items()}}))


if __name__ == "__main__":
    main()
