// Quickens, never makes possible: every page works without it.
document.documentElement.classList.add("js");

document.addEventListener("click", async (event) => {
  const button = event.target.closest("button[data-copy]");
  if (!button) return;
  await navigator.clipboard.writeText(button.closest(".cited").querySelector("blockquote").textContent.trim());
  const said = [...button.childNodes];
  button.textContent = button.dataset.copied;
  setTimeout(() => { button.replaceChildren(...said); }, 2000);
});

// What is dear and stands far down is fetched when a reader comes near it; without script it is a link.
const near = new IntersectionObserver((seen) => {
  for (const { target, isIntersecting } of seen) {
    if (!isIntersecting) continue;
    near.unobserve(target);
    fetchInto(target);
  }
}, { rootMargin: "300px" });

async function fetchInto(place) {
  try {
    const answer = await fetch(place.dataset.fetch, { credentials: "same-origin" });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fetched = page.getElementById("fetched");
    if (fetched) place.replaceChildren(...fetched.childNodes);
  } catch {
    // the link stays
  }
}

document.querySelectorAll("[data-fetch]").forEach((place) => near.observe(place));
