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

// What had passed stays, and instead of the line that more may come there is one that none will.
const cutOff = (line, notice) => {
  const holder = document.createElement("div");
  holder.innerHTML = line?.html || "";
  holder.querySelector(".writing")?.remove();
  holder.append(Object.assign(document.createElement("p"), { className: "left-out", textContent: notice }));
  return { html: holder.innerHTML, glosses: line?.glosses || {} };
};

const fetchGenerated = async (key) => {
  let line = null, written = false;
  try {
    const response = await fetch(`/page/generated?answer=${encodeURIComponent(key)}`);
    if (!response.ok) throw new Error(String(response.status));
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      const lines = (rest + part.value).split("\n");
      rest = lines.pop();
      if (!lines.length) continue;
      line = JSON.parse(lines[lines.length - 1]);
      written ||= lines.some((one) => JSON.parse(one).writing);
      generated.set(key, line);
      fillGenerated(key);
    }
  } catch {
    // a stream that breaks off is one that ends too early
  }
  const place = document.querySelector(`[data-generated="${key}"]`);
  const ended = line?.writing === false;
  if (!ended) generated.set(key, cutOff(line, place?.dataset.lost || ""));
  fillGenerated(key);
  const news = document.querySelectorAll(`[data-generated="${key}"] :is(h3, .explained, .left-out), [data-gloss="${key}"] .label`);
  if (written || !ended) said([...news].map((part) => part.textContent).join(" "));  // what was kept from before is no news
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
