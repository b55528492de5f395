// Quickens, never makes possible: every page works without it.
document.documentElement.classList.add("js");

document.addEventListener("click", async (event) => {
  const button = event.target.closest("button[data-copy]");
  if (!button) return;
  const open = button.closest(".cite").querySelector("details[open] blockquote");
  if (!open) return;
  await navigator.clipboard.writeText(open.textContent.trim());
  const said = button.textContent;
  button.textContent = button.dataset.copied;
  setTimeout(() => { button.textContent = said; }, 2000);
});
