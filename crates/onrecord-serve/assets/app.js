// Pages work without this: it only copies what is there.
"use strict";
for (const button of document.querySelectorAll("button[data-copy]")) {
  if (!navigator.clipboard) break;
  button.hidden = false;
  button.setAttribute("aria-live", "polite");
  const words = button.textContent;
  button.addEventListener("click", async () => {
    const from = document.getElementById(button.dataset.copy);
    await navigator.clipboard.writeText(from.innerText.trim());
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = words; }, 2000);
  });
}
