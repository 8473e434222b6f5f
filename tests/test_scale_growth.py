"""What was measured at several sizes becomes a table and a picture; nothing is measured here."""

import json
from xml.etree import ElementTree

from benchmarks.scale_growth import drawing, measured, table


def _report(lines, ms):
    return {"lines": lines, "passages": 4 * lines,
            "memory_mb": 1234.0, "words_mb": 3.0, "disk_mb": {"documents": 10.0, "chroma": 20.0}, "passages_per_s": 200.0,
            "passages_per_cpu_s": 300.0} | {f"{name}_{what}_ms": ms for name in ("read", "plain", "llama_index") for what in ("p50", "p95", "cpu_p50")}


def test_the_latest_of_each_size_is_shown_in_order_of_size(tmp_path):
    kept = [_report(2_000, 80.0), _report(1_000, 50.0), {"lines": 1_000, "read_p50_ms": 100.0}]
    (tmp_path / "growth.jsonl").write_text("\n".join(map(json.dumps, kept)))
    reports = measured(tmp_path / "growth.jsonl")
    assert [one["lines"] for one in reports] == [1_000, 2_000]
    small = table(reports).splitlines()[2]
    assert small.startswith("| 4,000 | 200.0 / 300.0 a second | 10 / 20 / 3 MB | 1.2 GB | 100 / 50 ms, 50 ms |") and small.endswith("| 2.0 / 1.0 |")
    picture = ElementTree.fromstring(drawing(reports))
    assert len(picture.findall("{http://www.w3.org/2000/svg}polyline")) == 3
