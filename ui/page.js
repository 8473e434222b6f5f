// What the cards need in the browser: copying, pictures of pages, judgements, and wishes (a filter taken off, an example,
// a question of the history), which go to the server through a hidden field of the page.
const said = (text) => {
  let live = document.getElementById("live");
  if (!live) {
    live = document.createElement("p");
    live.id = "live";
    live.className = "unseen";
    live.setAttribute("role", "status");
    (document.querySelector("main") || document.body).append(live);
  }
  live.textContent = text;
};

const copy = async (button) => {
  const text = button.dataset.copy;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const field = document.createElement("textarea");
    field.value = text;
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
    button.focus();
  }
  const label = button.dataset.label || (button.dataset.label = button.textContent);
  button.textContent = button.dataset.done;
  said(button.dataset.done);
  setTimeout(() => { button.textContent = label; }, 1500);
};

let granted = { text: "", at: 0 };
const fill = (id, text) => {
  const field = document.querySelector(`#${id} textarea, #${id} input`);
  if (field) {
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  return field;
};
const press = (id, text) => {
  if (!document.querySelector("#wish textarea, #wish input") || (granted.text === text && Date.now() - granted.at < 600)) return;  // a double click is one wish
  granted = { text, at: Date.now() };
  fill("wish", text);
  setTimeout(() => (document.querySelector(`button#${id}`) || document.querySelector(`#${id} button`)).click(), 30);
};
const wish = (text) => press("grant", text);

const turnTo = (figure, page) => {
  const last = Number(figure.dataset.pages);
  figure.dataset.page = Math.min(Math.max(page, 1), last);
  const now = Number(figure.dataset.page);
  const picture = figure.querySelector("img");
  picture.onerror = () => { figure.replaceChildren(Object.assign(document.createElement("p"), { className: "place", textContent: figure.dataset.gone })); };
  picture.src = figure.dataset.source + now;
  figure.querySelectorAll(".spot").forEach((spot) => { spot.hidden = Number(spot.dataset.page) !== now; });
  figure.querySelector("output").textContent = figure.dataset.word.replace("{page}", now).replace("{pages}", last);
  figure.querySelector('[data-step="-1"]').disabled = now <= 1;
  figure.querySelector('[data-step="1"]').disabled = now >= last;
};

// An answer is judged once, also where the conversation is drawn anew.
const JUDGED = "bronvast-judged";
const judged = (key) => {
  const keys = JSON.parse(sessionStorage.getItem(JUDGED) || "[]");
  if (key) sessionStorage.setItem(JUDGED, JSON.stringify([...keys, key].slice(-100)));
  return keys;
};
const showJudged = () => {
  const keys = judged();
  document.querySelectorAll("form.judge:not([data-judged])").forEach((form) => {
    if (!keys.includes(form.dataset.answer)) return;
    form.dataset.judged = "yes";
    form.querySelectorAll("button, fieldset").forEach((part) => { part.hidden = true; });
    form.querySelector("output").textContent = form.dataset.thanks;
  });
};

// A link to a file that cannot be made would be a failed download without a word.
const save = async (link) => {
  const place = link.parentElement.querySelector("output");
  const response = await fetch(link.href).catch(() => null);
  place.textContent = response?.ok ? "" : response?.status === 404 ? link.parentElement.dataset.gone : link.parentElement.dataset.failed;
  if (!response?.ok) return said(place.textContent);
  const name = /filename="([^"]+)"/.exec(response.headers.get("Content-Disposition"))[1];
  const file = Object.assign(document.createElement("a"), { href: URL.createObjectURL(await response.blob()), download: name });
  file.click();
  setTimeout(() => URL.revokeObjectURL(file.href), 60_000);
};

const judge = async (form, verdict) => {
  const answer = { answer: form.dataset.answer, verdict, reasons: [], note: "" };
  if (verdict === "down") {
    answer.reasons = [...form.querySelectorAll("input:checked")].map((box) => box.value);
    answer.note = form.querySelector("textarea").value;
  }
  const kept = await fetch("/page/feedback", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(answer) })
    .then((response) => response.ok, () => false);
  const output = form.querySelector("output");
  output.textContent = kept ? form.dataset.thanks : form.dataset.failed;
  if (kept) {
    judged(form.dataset.answer);
    showJudged();
    output.tabIndex = -1;
    output.focus();  // where the pressed button was, so that the keyboard goes on from here
  }
  said(output.textContent);
};

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='/page/export']");
  if (link) {
    event.preventDefault();
    save(link);
  }
  const button = event.target.closest("button");
  if (!button) return;
  if (button.dataset.copy !== undefined) copy(button);
  else if (button.dataset.wish) {
    opening = JSON.parse(button.dataset.wish).do === "reopen";
    wish(button.dataset.wish);
  }
  else if (button.dataset.press) press(button.dataset.press, button.closest(".turn").querySelector(".asked bdi").textContent);
  else if (button.dataset.step) turnTo(button.closest("figure"), Number(button.closest("figure").dataset.page) + Number(button.dataset.step));
  else if (button.dataset.verdict === "up") judge(button.closest("form"), "up");
  else if (button.dataset.verdict === "down") {
    const asked = button.closest("form").querySelector("fieldset");
    asked.hidden = !asked.hidden;
    button.setAttribute("aria-expanded", String(!asked.hidden));
  }
});
// A step that comes while the button is held down draws it anew, and there would be no click.
document.addEventListener("pointerdown", (event) => {
  const button = event.button === 0 && event.target.closest("button.late");
  if (button) press(button.dataset.press, button.closest(".turn").querySelector(".asked bdi").textContent);
});
document.addEventListener("submit", (event) => {
  if (event.target.matches("form.who")) forgetTab();
  if (!event.target.matches("form.judge")) return;
  event.preventDefault();
  judge(event.target, "down");
});

// A new answer draws the whole conversation anew: what was open stays open.
const opened = new Set();
const placeOf = (details) => {
  const turn = details.closest(".turn[data-key]");
  return turn && `${turn.dataset.key} ${[...turn.querySelectorAll("details")].indexOf(details)}`;
};
document.addEventListener("toggle", (event) => {
  const details = event.target;
  const place = details.matches?.("details") && placeOf(details);
  if (place) opened[details.open ? "add" : "delete"](place);
  const figure = details.matches?.("details.source[open]") && details.querySelector("figure.page");
  if (figure && !figure.querySelector("img").src) turnTo(figure, Number(figure.dataset.page));
}, true);

// The name of the conversation is kept for this tab, so that reading it again, going back or a new start of the server loses nothing.
// It is for the user who had it: who signs out, or signs in as another, finds nothing of it.
const NAME = "bronvast-conversation", DRAFT = "bronvast-question", OWNER = "bronvast-user";
const forgetTab = () => [NAME, DRAFT, OWNER, JUDGED].forEach((name) => sessionStorage.removeItem(name));
let owner = null;
const knowOwner = () => {
  const user = document.querySelector("[data-user]")?.dataset.user;
  if (owner !== null || user === undefined) return owner !== null;
  if (sessionStorage.getItem(OWNER) !== user) forgetTab();
  sessionStorage.setItem(OWNER, user);
  owner = user;
  return true;
};
let reopened = false;
const keepConversation = (conversation) => {
  if (conversation) {
    reopened = true;
    if (conversation.dataset.conversation) sessionStorage.setItem(NAME, conversation.dataset.conversation);
    else sessionStorage.removeItem(NAME);
  } else if (!reopened && document.querySelector("#wish textarea, #wish input") && document.querySelector("#grant")) {
    reopened = true;
    const name = sessionStorage.getItem(NAME);
    if (name && fill("kept", name)) wish(JSON.stringify({ do: "reopen", conversation: name }));
  }
};

// So is a question that was typed and not yet answered.
document.addEventListener("input", (event) => {
  if (owner !== null && event.target.closest?.("#question")) sessionStorage.setItem(DRAFT, event.target.value);
});
let drafted = false;
const keepQuestion = () => {
  const draft = sessionStorage.getItem(DRAFT);
  const box = document.querySelector("#question textarea");
  if (draft && [...document.querySelectorAll("#conversation .asked bdi")].some((asked) => asked.textContent === draft)) sessionStorage.removeItem(DRAFT);
  else if (draft && box && !drafted && !box.value) fill("question", draft);
  if (box) drafted = true;
};

// Gradio says in English that something failed, and loads the page again when a lost server is back; here in the user's words.
const sayFailure = () => {
  const toasts = [...document.querySelectorAll(".toast-body.error")].map((toast) => toast.textContent).join(" ");
  const words = document.querySelector("[data-language]")?.dataset;
  const notice = document.getElementById("offline");
  if (!toasts || !words) notice?.remove();
  else if (!notice) {
    const made = Object.assign(document.createElement("p"), { id: "offline", className: "notice", textContent: /connection/i.test(toasts) ? words.lost : words.failed });
    made.setAttribute("role", "alert");
    document.querySelector(".gradio-container").append(made);
  }
};

// Gradio's controls for files have English names.
const nameUploads = () => {
  const words = document.querySelector("[data-language]")?.dataset;
  if (!words) return;
  const name = (part, label) => { if (part.getAttribute("aria-label") !== label) part.setAttribute("aria-label", label); };
  document.querySelectorAll(".upload-container, [data-testid=file-upload]").forEach((part) => name(part, words.upload));
  document.querySelectorAll(".label-clear-button").forEach((part) => {
    name(part, words.off.replace("{what}", part.closest("tr")?.querySelector(".filename")?.getAttribute("aria-label") || ""));
  });
};

// What is said of a typed filter stands below the list of filters, which stays open over it: leaving the box closes it.
let refused = null;
const showRefusal = () => {
  const now = document.querySelector("#unknown [role=alert]");
  if (now && now !== refused && document.activeElement?.closest("#filters")) document.activeElement.blur();
  refused = now;
};

// Where what had the focus is gone, with its tab or its turn, the keyboard goes on from the last answer.
let opening = false;
const goOn = () => {
  const status = [...document.querySelectorAll("#conversation .status")].pop();
  if (!status?.offsetParent || document.activeElement !== document.body) return;
  opening = false;
  status.tabIndex = -1;
  status.focus({ preventScroll: true });
};

let shownLast = "";
const follow = () => {
  const turns = document.querySelectorAll(":is(#conversation, #waiting) .turn");
  const last = turns[turns.length - 1];
  const said_of = last && last.querySelectorAll(".status, .sentence, .notice, .steps .now");
  const words = last ? `${turns.length} ${[...said_of].map((part) => part.textContent).join(". ")}` : "";
  if (words === shownLast) return;
  const first = !shownLast || shownLast.split(" ")[0] !== words.split(" ")[0];
  shownLast = words;
  if (!last) return;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches || last.matches(".waiting");
  setTimeout(goOn, 200);
  if (first || !last.matches(".waiting")) last.scrollIntoView({ behavior: calm ? "auto" : "smooth", block: "start" });
  said([...said_of].map((part) => part.textContent).join(". "));
};

new MutationObserver(() => {
  const language = document.querySelector("[data-language]")?.dataset.language;
  if (language && document.documentElement.lang !== language) document.documentElement.lang = language;
  if (knowOwner()) keepConversation(document.querySelector("[data-conversation]"));
  if (opened.size) document.querySelectorAll("#conversation details:not([open])").forEach((details) => { if (opened.has(placeOf(details))) details.open = true; });
  if (owner !== null) keepQuestion();
  sayFailure();
  nameUploads();
  showRefusal();
  showJudged();
  follow();
  if (opening) setTimeout(goOn, 200);  // a tab that is left lets go of the focus a moment later
}).observe(document.documentElement, { childList: true, subtree: true });
