// Marks and recent searches stay in this browser. Only the desk page sends any of it, when it shows or writes
// out the articles.
// One name is shared with desk.js; the rest would clash with other scripts of a page.
const readerDesk = (() => {
const MARKS = "arshif.marks";
const SEARCHES = "arshif.searches";
const MOST = { [MARKS]: 1000, [SEARCHES]: 30 };
const MARK_WORDS = document.currentScript.dataset;
const UID = /^[\w-]{1,16}$/;
const SOUND = {
  [MARKS]: (one) => typeof one?.uid === "string" && UID.test(one.uid),
  [SEARCHES]: (one) => typeof one?.query === "string" && typeof one?.asked === "string" && one.asked.startsWith("?"),
};
const KEY = { [MARKS]: "uid", [SEARCHES]: "asked" };

// What is kept under a name, newest first; nothing where the browser keeps nothing, or something else.
function kept(name) {
  try {
    const values = JSON.parse(localStorage.getItem(name) ?? "[]");
    return Array.isArray(values) ? values.filter(SOUND[name]) : [];
  } catch {
    return [];
  }
}

// Whether the browser has taken it.
function keep(name, values) {
  try {
    localStorage.setItem(name, JSON.stringify(values.slice(0, MOST[name])));
  } catch {
    return false;
  }
  dispatchEvent(new CustomEvent("kept", { detail: name }));
  return true;
}

const without = (name, key) => kept(name).filter((one) => one[KEY[name]] !== key);
const isMarked = (uid) => kept(MARKS).some((one) => one.uid === uid);

function toggleMark(button) {
  const uid = button.dataset.uid;
  if (isMarked(uid)) {
    keep(MARKS, without(MARKS, uid));
  } else if (kept(MARKS).length >= MOST[MARKS]) {
    say(button, MARK_WORDS.full);
  } else if (!keep(MARKS, [{ uid, at: new Date().toISOString() }, ...kept(MARKS)])) {
    say(button, MARK_WORDS.refused);
  }
}

function say(button, text) {
  button.textContent = text;
  const title = button.dataset.title;
  button.setAttribute("aria-label", title ? `${text}: ${title}` : text);
}

function showMark(button, marked) {
  button.classList.toggle("on", marked);
  say(button, marked ? MARK_WORDS.marked : MARK_WORDS.mark);
}

function markButton(uid, title, className) {
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className });
  Object.assign(button.dataset, { uid, title });
  button.addEventListener("click", () => toggleMark(button));
  return button;
}

function addMarkButtons() {
  for (const link of document.querySelectorAll(".hit h3 a")) {
    const place = link.closest(".hit").querySelector(".where");
    const uid = new URL(link.href).pathname.split("/").at(-2);
    if (place && !place.querySelector(".mark-it")) place.append(markButton(uid, link.textContent.trim(), "mark-it"));
  }
  for (const place of document.querySelectorAll("[data-mark-here]:empty")) {
    place.append(markButton(place.dataset.markHere, "", "tool mark-it"));
  }
  showMarks();
}

function showMarks() {
  const marks = new Set(kept(MARKS).map((one) => one.uid));
  for (const button of document.querySelectorAll("button.mark-it[data-uid]")) showMark(button, marks.has(button.dataset.uid));
}

// A search with words in it, without the place in its results that is being read.
function rememberSearch() {
  const url = new URL(location.href);
  const query = url.searchParams.get("q")?.trim();
  if (!query) return;
  for (const name of ["page", "start", "unit", "size", "lang", "theme"]) url.searchParams.delete(name);
  const asked = url.search;
  if (kept(SEARCHES)[0]?.asked === asked) return;
  keep(SEARCHES, [{ query, asked, at: new Date().toISOString() }, ...without(SEARCHES, asked)]);
}

const answers = document.querySelector("#answer[data-answered]");
if (answers) {
  rememberSearch();
  new MutationObserver(() => { addMarkButtons(); rememberSearch(); }).observe(answers, { childList: true });
}
addMarkButtons();
addEventListener("kept", showMarks);
// another tab has written
addEventListener("storage", (event) => {
  for (const name of [MARKS, SEARCHES]) {
    if (event.key === null || event.key === name) dispatchEvent(new CustomEvent("kept", { detail: name }));
  }
});

return { MARKS, SEARCHES, KEY, SOUND, kept, keep, without };
})();
