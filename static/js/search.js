// The search box runs the way of what is typed in it: right to left as soon as it holds one such letter.
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/;

for (const box of document.querySelectorAll('input[type="search"]')) {
  box.addEventListener("input", () => {
    const empty = box.value.trim() === "";
    box.dir = empty ? document.dir : RIGHT_TO_LEFT.test(box.value) ? "rtl" : "ltr";
  });
}
