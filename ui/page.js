// Copies a quotation with its reference, and says so; names what gradio leaves without a name.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("button.copy");
  if (!button) return;
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
  }
  const label = button.textContent;
  button.textContent = button.dataset.done;
  setTimeout(() => { button.textContent = label; }, 1500);
});
new MutationObserver(() => {
  document.documentElement.lang = "nl";
  const turns = document.querySelectorAll("#conversation .turn");
  const last = turns[turns.length - 1];
  if (last && !last.dataset.seen) {
    last.dataset.seen = "1";
    last.scrollIntoView({ behavior: "smooth", block: "start" });
  }
}).observe(document.documentElement, { childList: true, subtree: true });
