// Keys of the queue, by their place on the keyboard; each does what a button or link of the page does. Suggestions
// are put in within the page. Without this script every button works as a plain form.
const FIELD = "input:not([type=radio]):not([type=checkbox]), textarea, select";

const inField = (target) => target instanceof Element && target.matches(FIELD);
const isOwnButton = (target) => target instanceof Element && target.closest("a, button, summary, [type=checkbox]");

function press(code) {
  const bound = document.querySelector(`[data-code="${code}"]`);
  if (!bound) return false;
  if ("unfold" in bound.dataset) unfold(bound);
  else bound.click();
  return true;
}

function unfold(folded) {
  folded.open = true;
  folded.querySelector("input[type=text]").focus();
}

function toDoubt() {
  const field = document.querySelector(".field.weak :is(input[type=text], textarea)") ?? document.getElementById("f-title");
  field?.focus();
  field?.select();
}

function help() {
  const all = document.querySelector("[data-help]");
  if (!all) return;
  all.open = !all.open;
  if (all.open) all.scrollIntoView({ block: "nearest" });
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  if (inField(event.target)) {
    if (event.key === "Escape") event.target.blur();
    if (event.key === "Enter" && event.target.matches(".fields textarea")) {
      event.preventDefault();
      press("Enter");
    }
    return;
  }
  if (event.key === "?" || event.key === "؟") return help();
  if (event.repeat || event.shiftKey) return;
  const code = event.code.replace("Numpad", "Digit").replace("DigitEnter", "Enter");
  if (code === "Enter" && isOwnButton(event.target)) return;
  if (press(code)) event.preventDefault();
});

// A form is sent once: a second Enter while the next article is on its way must not accept it unseen.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if ("sent" in form.dataset) return event.preventDefault();
  form.dataset.sent = "";
  return undefined;
});
addEventListener("pageshow", () => document.querySelectorAll("[data-sent]").forEach((form) => delete form.dataset.sent));

document.addEventListener("click", (event) => {
  const offer = event.target.closest("button.offer");
  if (offer) {
    event.preventDefault();
    take(offer);
  } else if (event.target.closest("[data-to-doubt]")) {
    event.preventDefault();
    toDoubt();
  }
});

function take(offer) {
  const field = document.getElementById(offer.dataset.field);
  field.value = offer.dataset.value;
  const made = document.getElementById(`new-${field.name}`);
  if (made) made.checked = "new" in offer.dataset;
  field.closest(".field").querySelectorAll(".offer").forEach((each) => each.removeAttribute("aria-pressed"));
  offer.setAttribute("aria-pressed", "true");
  field.dispatchEvent(new Event("input"));
}
