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

// on the document, for forms of the admin load scripts before they stand
document.addEventListener("focusin", ({ target }) => {
  if (target.matches("[data-reads]")) noteOf(target)?.setAttribute("aria-live", "polite");
});
document.addEventListener("input", ({ target }) => {
  if (!target.matches("[data-reads]")) return;
  clearTimeout(waiting);
  waiting = setTimeout(read, WAIT, target);
});
