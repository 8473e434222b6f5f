"""What the server counts, in the form of Prometheus: numbers and statuses, never content, names or documents."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class Measures:
    """The counters of one server, in a registry of its own."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self.requests = Counter("bronvast_requests", "HTTP requests", ["area", "status"], registry=self._registry)
        self.questions = Counter("bronvast_questions", "Questions by status of the answer", ["door", "status"],
                                 registry=self._registry)
        self.seconds = Histogram("bronvast_answer_seconds", "Time from question to answer", registry=self._registry,
                                 buckets=(0.05, 0.1, 0.2, 0.3, 0.5, 1, 2, 5, 10, 20))
        self.inside = Gauge("bronvast_questions_inside", "Questions worked on or waiting", registry=self._registry)
        self.busy = Counter("bronvast_refused_busy", "Questions refused because of a limit", registry=self._registry)

    def text(self) -> bytes:
        """Everything counted so far."""
        return generate_latest(self._registry)
