// The search box runs the way of what is typed in it: right to left as soon as it holds one such letter.
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/;

function turn(box) {
  const empty = box.value.trim() === "";
  box.dir = empty ? document.dir : RIGHT_TO_LEFT.test(box.value) ? "rtl" : "ltr";
}

for (const box of document.querySelectorAll('input[type="search"]')) {
  box.addEventListener("input", () => turn(box));
}

// Searches are answered within the page: only what changes is fetched, and the address says all of it. Whatever
// goes wrong on the way, the browser goes to the address as it would without this script.
const ask = document.getElementById("ask");
const answer = document.getElementById("answer");
const said = document.getElementById("said");
const SLOW = 700;
const withoutPlace = (href) => href.split("#")[0];
let going = null;
let shown = withoutPlace(location.href);

const isSearch = (url) => url.origin === location.origin && url.pathname === new URL(ask.action).pathname;

async function fetched(url, signal) {
  const response = await fetch(url, { headers: { "X-Fragment": "1" }, credentials: "same-origin", signal });
  if (!response.ok || response.redirected) throw new Error(String(response.status));
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  if (!page.querySelector("#answer[data-answered]")) throw new Error("no answer");
  return page;
}

// Shows what an address finds. `arrive` sets focus and scroll once it stands; `push`: it is a step forward.
async function show(url, { push, arrive }) {
  going?.abort();
  const mine = going = new AbortController();
  const slow = setTimeout(() => { said.textContent = said.dataset.busy; }, SLOW);
  answer.setAttribute("aria-busy", "true");
  try {
    const page = await fetched(url, mine.signal);
    if (push) {
      history.replaceState({ ...history.state, top: scrollY }, "");
      history.pushState({}, "", url);
    }
    shown = withoutPlace(url);
    swap(page);
    arrive();
  } catch {
    if (!mine.signal.aborted) location.assign(url);
  } finally {
    clearTimeout(slow);
    if (going === mine) {
      going = null;
      answer.removeAttribute("aria-busy");
    }
  }
}

function swap(page) {
  const open = opened();
  document.title = page.title;
  replaceLinks(page);
  const asked = page.getElementById("ask");
  for (const old of ask.querySelectorAll('input[type="hidden"]')) old.remove();
  ask.append(...asked.querySelectorAll('input[type="hidden"]'));
  if (document.activeElement !== ask.q) ask.q.value = asked.q.value;
  turn(ask.q);
  answer.replaceChildren(...page.getElementById("answer").childNodes);
  for (const id of open) reopen(id);
  keepLanguageAndTheme();
  said.textContent = (document.getElementById("count") ?? answer.querySelector("h2"))?.innerText ?? "";
}

// What the page says of itself to other programs: its address, and its feed.
function replaceLinks(page) {
  for (const kind of ['link[rel="canonical"]', 'link[type="application/atom+xml"]']) {
    const [old, now] = [document, page].map((whole) => whole.querySelector(kind));
    if (old && now) old.href = now.getAttribute("href");
  }
}

// What the reader unfolded stays unfolded: filters on a phone, the table of a chart, the rest of a facet.
const nameOf = (folded) => folded.closest("[aria-labelledby]")?.getAttribute("aria-labelledby");

function opened() {
  const names = [...answer.querySelectorAll("details[open]:not(.menu)")].map(nameOf);
  return answer.querySelector("#facets")?.checked ? [...names, "facets"] : names;
}

function reopen(name) {
  if (name === "facets") {
    const box = answer.querySelector("#facets");
    if (box) box.checked = true;
    return;
  }
  for (const folded of answer.querySelectorAll("details:not(.menu)")) if (nameOf(folded) === name) folded.open = true;
}

// The links to the other language and theme, outside of what is swapped, lead to this search.
function keepLanguageAndTheme() {
  for (const link of document.querySelectorAll('header a[href^="?"], footer a[href^="?"]')) {
    const name = link.hasAttribute("hreflang") ? "lang" : "theme";
    const url = new URL(location.href);
    url.searchParams.set(name, new URLSearchParams(link.getAttribute("href")).get(name));
    link.setAttribute("href", url.search);
  }
}

// Focus stays on what was used where it is there again (a filter, a step of the ladder); else it goes to the
// count, from where the hits are read on.
function finder(link) {
  const group = link.closest("[data-keeps]")?.dataset.keeps;
  const label = labelOf(link);
  return () => {
    const twin = group && [...answer.querySelectorAll(`[data-keeps="${group}"] a`)].find((a) => labelOf(a) === label);
    return twin || document.getElementById("count") || answer.querySelector("h2") || ask.q;
  };
}

const labelOf = (link) => link.dataset.label ?? link.querySelector("bdi, span")?.textContent ?? link.textContent;

function focusOn(place, options) {
  if (!place.matches("a, input, button")) place.tabIndex = -1;
  place.focus(options);
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("#answer a[href]");
  if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const url = new URL(link.getAttribute("href"), location.href);   // in a drawing, .href is no string
  if (!isSearch(url) || link.hasAttribute("download") || link.hasAttribute("target")) return;
  event.preventDefault();
  const find = finder(link);
  show(url.href, { push: withoutPlace(url.href) !== shown, arrive: () => focusOn(find()) });
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || !(form === ask || answer.contains(form)) || form.method !== "get") return;
  const url = new URL(form.action);
  if (!isSearch(url)) return;
  event.preventDefault();
  const given = [...new FormData(form, event.submitter)].filter(([, value]) => value !== "");
  url.search = new URLSearchParams(given);
  show(url.href, { push: url.href !== shown, arrive: () => focusOn(finder(form)()) });
});

addEventListener("popstate", (event) => {
  if (!isSearch(location) || withoutPlace(location.href) === shown) return;
  const top = event.state?.top;
  show(location.href, {
    push: false,
    arrive: () => {
      focusOn(finder(answer)(), { preventScroll: true });
      if (top !== undefined) scrollTo(0, top);
    },
  });
});
