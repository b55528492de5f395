// How a typed date is understood, in both calendars, while it is typed. Without this script the form says it.
const WAIT = 180;
let asking = null;
let waiting = 0;

const noteOf = (field) => document.getElementById(field.dataset.said ?? `${field.id}-n`);

async function read(field) {
  asking?.abort();
  asking = new AbortController();
  const note = noteOf(field);
  try {
    const asked = `${field.dataset.reads}?typed=${encodeURIComponent(field.value)}`;
    const answer = await fetch(asked, { credentials: "same-origin", signal: asking.signal });
    if (!answer.ok) return;
    const { said = "", wrong = "" } = await answer.json();
    const words = document.createElement("span");
    words.className = wrong ? "says" : "";
    words.textContent = wrong || said;
    note.replaceChildren(words);
    field.toggleAttribute("aria-invalid", Boolean(wrong));
  } catch {
    // the form itself says it when it is sent
  }
}

for (const field of document.querySelectorAll("[data-reads]")) {
  noteOf(field)?.setAttribute("aria-live", "polite");
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(read, WAIT, field);
  });
}
