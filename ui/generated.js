// Fills the places for generated text, which stand in an answer that is shown already. What came is kept by answer, because
// the conversation is drawn anew with each question. The HTML is the server's, with everything that a model wrote escaped.
const generated = new Map();

const fillGenerated = (key) => {
  const { html, glosses } = generated.get(key);
  document.querySelectorAll(`[data-generated="${key}"]`).forEach((place) => {
    if (place.innerHTML !== html) place.innerHTML = html;
    place.hidden = !html;
  });
  document.querySelectorAll(`[data-gloss="${key}"]`).forEach((place) => {
    const gloss = glosses[place.dataset.n] || "";
    place.hidden = !gloss;
    if (gloss && place.innerHTML !== gloss) place.innerHTML = gloss;
  });
};

const fetchGenerated = async (key) => {
  const nothing = { html: "", glosses: {} };
  try {
    const response = await fetch(`/page/generated?answer=${encodeURIComponent(key)}`);
    if (!response.ok) throw new Error(String(response.status));
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      const lines = (rest + part.value).split("\n");
      rest = lines.pop();
      if (!lines.length) continue;
      generated.set(key, JSON.parse(lines[lines.length - 1]));
      fillGenerated(key);
    }
  } catch {
    if (!generated.get(key)?.html) generated.set(key, nothing);
  }
  if (generated.get(key) === null) generated.set(key, nothing);
  fillGenerated(key);
};

new MutationObserver(() => {
  document.querySelectorAll("[data-generated]").forEach((place) => {
    const key = place.dataset.generated;
    if (!generated.has(key)) {
      generated.set(key, null);
      fetchGenerated(key);
    } else if (generated.get(key) && !place.dataset.filled) {
      fillGenerated(key);
    }
    if (generated.get(key)) place.dataset.filled = "yes";
  });
}).observe(document.documentElement, { childList: true, subtree: true });
