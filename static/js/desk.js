// The desk page: shows what marks.js keeps, takes parts of it out and puts them back, saves and loads all of it.
const { MARKS, SEARCHES, KEY, SOUND, kept, keep, without } = readerDesk;
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/;
const part = (id) => document.getElementById(id);
const SEARCH_PAGE = document.querySelector("[data-search-page]")?.dataset.searchPage;

for (const place of document.querySelectorAll("[data-moved]")) {
  const moved = new Set(place.dataset.moved.split(" "));
  keep(MARKS, kept(MARKS).filter((one) => !moved.has(one.uid)));
}

let before = null;   // what an undo puts back: { name, values }

function deskSays(what, undo = null) {
  before = undo;
  part("desk-said").textContent = part("desk-said").dataset[what] ?? "";
  part("desk-undo").hidden = !undo;
}

// What narrows a search; the rest of an address says how it is shown.
const FILTERS = new Set(["outlet", "agency", "author", "section", "year", "from", "to"]);
const headingOf = (name) => part(name === MARKS ? "marked" : "recent");

// Takes out, offers under its heading to undo it, and sets the focus there: what was pressed is gone.
function takeOut(name, values, what) {
  const undo = { name, values: kept(name) };
  if (!keep(name, values)) return deskSays("refused");
  headingOf(name).after(part("desk-status"));
  deskSays(what, undo);
  part("desk-undo").focus();
}

async function articlesOf(uids) {
  const body = new FormData(part("marks-take"));
  body.set("uids", uids.join(" "));
  const response = await fetch(part("marks").dataset.url, { method: "POST", body, credentials: "same-origin" });
  if (!response.ok || response.redirected) throw new Error(String(response.status));
  return new DOMParser().parseFromString(await response.text(), "text/html").querySelectorAll("li[data-uid]");
}

// Rows that are there stay; the archive is asked for the others, so many at once. `turn`: a newer call has begun.
let turn = 0;
async function showMarked() {
  const mine = ++turn;
  const uids = kept(MARKS).map((one) => one.uid);
  const place = part("marks");
  part("marks-count").textContent = uids.length ? uids.length.toLocaleString("en") : "";
  part("marks-tools").hidden = !uids.length;
  part("marks-none").hidden = uids.length > 0;
  const rows = new Map([...place.querySelectorAll("li[data-uid]")].map((row) => [row.dataset.uid, row]));
  const asked = uids.filter((uid) => !rows.has(uid));
  const atOnce = Number(place.dataset.atOnce);
  try {
    for (let first = 0; first < asked.length; first += atOnce) {
      for (const row of await articlesOf(asked.slice(first, first + atOnce))) rows.set(row.dataset.uid, row);
      if (mine !== turn) return;
    }
  } catch {
    if (mine === turn) deskSays("unsaid");
  }
  const list = Object.assign(document.createElement("ul"), { className: "lines kept" });
  list.append(...uids.map((uid) => rows.get(uid)).filter(Boolean));
  place.replaceChildren(list);
}

function showSearches() {
  const searches = kept(SEARCHES);
  part("recent-none").hidden = searches.length > 0;
  part("recent-clear").hidden = !searches.length;
  part("searches-kept").replaceChildren(...searches.map(({ query, asked }) => {
    const row = part("recent-row").content.cloneNode(true);
    const link = row.querySelector("a");
    link.href = SEARCH_PAGE + asked;
    link.textContent = query;
    link.dir = RIGHT_TO_LEFT.test(query) ? "rtl" : "ltr";   // as in the search box
    row.querySelector(".note").hidden = ![...new URLSearchParams(asked).keys()].some((name) => FILTERS.has(name));
    const button = row.querySelector("button");
    button.dataset.forget = asked;
    button.querySelector(".vh").textContent = `: ${query}`;
    return row;
  }));
}

function saveDesk() {
  const desk = { arshif: "desk", marks: kept(MARKS), searches: kept(SEARCHES) };
  const file = new Blob([JSON.stringify(desk, null, 1)], { type: "application/json" });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = `arshif-desk-${new Date().toISOString().slice(0, 10)}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

// What the file has and this desk has not comes after what is there.
function joined(name, values) {
  const here = kept(name);
  const keys = new Set(here.map((one) => one[KEY[name]]));
  const new_ = values.filter(SOUND[name]).filter((one) => !keys.has(one[KEY[name]]) && keys.add(one[KEY[name]]));
  return [...here, ...new_.map((one) => ({ ...one, at: String(one.at ?? "") }))];
}

async function loadDesk(file) {
  try {
    const desk = JSON.parse(await file.text());
    if (desk?.arshif !== "desk" || !Array.isArray(desk.marks) || !Array.isArray(desk.searches)) throw new Error("no desk");
    const taken = keep(MARKS, joined(MARKS, desk.marks)) && keep(SEARCHES, joined(SEARCHES, desk.searches));
    deskSays(taken ? "taken" : "refused");
  } catch {
    deskSays("wrong");
  }
}

function listenOnDesk() {
  part("marks").addEventListener("click", (event) => {
    const row = event.target.closest("[data-remove]")?.closest("li");
    if (row) takeOut(MARKS, without(MARKS, row.dataset.uid), "removed");
  });
  part("searches-kept").addEventListener("click", (event) => {
    const button = event.target.closest("[data-forget]");
    if (button) takeOut(SEARCHES, without(SEARCHES, button.dataset.forget), "removed");
  });
  part("marks-clear").addEventListener("click", () => takeOut(MARKS, [], "cleared"));
  part("recent-clear").addEventListener("click", () => takeOut(SEARCHES, [], "forgotten"));
  part("desk-undo").addEventListener("click", () => {
    const { name, values } = before;
    keep(name, values);
    deskSays("");
    headingOf(name).focus();
  });
  for (const [form, field] of [["marks-take", "uids"], ["marks-move", "marks-uids"]]) {
    part(form)?.addEventListener("submit", (event) => {
      event.target.elements[field].value = kept(MARKS).map((one) => one.uid).join(" ");
    });
  }
  part("desk-save").addEventListener("click", saveDesk);
  part("desk-load").addEventListener("change", (event) => {
    if (event.target.files.length) loadDesk(event.target.files[0]);
    event.target.value = "";
  });
  addEventListener("kept", (event) => (event.detail === MARKS ? showMarked() : showSearches()));
}

if (part("marks")) {
  listenOnDesk();
  showMarked();
  showSearches();
}
